import fc from "fast-check";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { createApi } from "../src/api/http/create-api.js";
import { platformAccount } from "../src/engine/accounts/platform-account.js";
import { createRequestLog } from "../src/requests/create-request-log.js";
import { apiVersion } from "../src/rooms/api-version.js";
import { createRoom } from "../src/rooms/create-room.js";
import { type Pool, type RandomRequest, randomRequests } from "./random-request.js";

const key = "sk_test_fuzz";
const time = Date.UTC(2026, 5, 1);

const open = () => {
  const room = createRoom({
    apiVersion,
    account: platformAccount,
    connected: false,
    baseUrl: () => "http://sandbox.test",
    secretKey: key,
    publishableKey: "pk_test_fuzz",
    seed: "fuzz",
    clock: () => new Date(time),
    startAt: null,
    log: () => {},
    settings: { portalSaved: true, rawCardData: true },
    onPosted: () => {},
    onLetters: () => {},
    onChange: () => {},
    inAccount: () => undefined,
    deliveries: () => [],
    requests: () => [],
    advance: () => undefined,
    play: () => Promise.reject(new Error("Nothing is played here.")),
  });
  const api = createApi(room, {
    answers: new Map(),
    rateLimit: () => {},
    expiredKeys: [],
    isForeign: () => false,
    openEntry: createRequestLog(() => {}).opener("app"),
    noteVersion: () => {},
  });
  return { room, api };
};

type Opened = ReturnType<typeof open>;

/** A bit of everything, so that requests find something to work on. */
const furnish = async ({ api }: Opened): Promise<void> => {
  const send: typeof fetch = async (input, init) => api.fetch(new Request(input, init));
  const stripe = new Stripe(key, {
    host: "sandbox.test",
    protocol: "http",
    httpClient: Stripe.createFetchHttpClient(send),
    maxNetworkRetries: 0,
  });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: time / 1000 });
  for (const test_clock of [undefined, clock.id]) {
    const customer = await stripe.customers.create({
      email: "ada@example.com",
      address: { country: "DE" },
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
      ...(test_clock ? { test_clock } : {}),
    });
    const price = await stripe.prices.create({
      currency: "usd",
      unit_amount: 1000,
      recurring: { interval: "month" },
      product_data: { name: "Pro" },
    });
    const once = await stripe.prices.create({
      currency: "usd",
      unit_amount: 500,
      product_data: { name: "Book" },
    });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 7,
    });
    await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      success_url: "https://app.test/ok",
    });
    const base = { amount: 500, currency: "usd", customer: customer.id } as const;
    await stripe.paymentIntents.create({ ...base, payment_method: "pm_card_visa", confirm: true });
    await stripe.paymentIntents.create(base);
    await stripe.setupIntents.create({ customer: customer.id });
    await stripe.billingPortal.sessions.create({ customer: customer.id });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: "usd" });
    await stripe.invoices.create({ customer: customer.id });
  }
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: "once" });
  await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
  await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
  await stripe.webhookEndpoints.create({ url: "https://app.test/hook", enabled_events: ["*"] });
};

const encode = (value: unknown, name: string): string[] => {
  if (typeof value !== "object" || value === null) return [`${name}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([part, item]) =>
    encode(item, name === "" ? part : `${name}[${part}]`),
  );
};

const toRequest = ({ route, path, body, json }: RandomRequest): Request => {
  const form = typeof body === "object" ? encode(body, "").join("&") : String(body);
  const inBody = route.method === "POST";
  return new Request(
    `http://sandbox.test${path}${inBody || form === "" ? "" : `?${form.replaceAll("#", "")}`}`,
    {
      method: route.method,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": json ? "application/json" : "application/x-www-form-urlencoded",
      },
      ...(inBody ? { body: json ? JSON.stringify(body) : form } : {}),
    },
  );
};

type Failure = { error?: { message?: string } };

/** What is wrong with how a request was answered, if anything. */
const faultOf = async ({ api, room }: Opened, random: RandomRequest, before: string) => {
  const request = toRequest(random);
  const name = `${random.route.method} ${random.route.path}`;
  const response = await api.fetch(request);
  const text = await response.text();
  const message = response.ok ? "" : (JSON.parse(text) as Failure).error?.message;
  // What the previous change made due happens as soon as time passes; a refusal must not be blamed for it.
  if (response.ok) room.mutate(() => undefined);
  const after = JSON.stringify(room.world);
  const told = `${JSON.stringify(random.body)} → ${response.status} ${message}`;
  if (response.status >= 500) return { after, fault: `${name} broke: ${told}` };
  const refused = response.status >= 400 && response.status !== 402;
  return {
    after,
    fault: refused && after !== before ? `${name} was refused but changed the world: ${told}` : "",
  };
};

/** What a search looks up by its value, instead of looking at every row. */
const lookedUp = {
  customers: ["email", "name", "phone"],
  prices: ["active", "currency", "lookup_key", "product", "type"],
  products: ["active", "name"],
  subscriptions: ["status"],
} as const;

const textOf = (row: object, field: string): string =>
  String((row as Record<string, unknown>)[field] ?? "").toLowerCase();

/** Searches that don't find exactly the rows that have the value. */
const misfound = async ({ api, room }: Opened): Promise<string[]> => {
  const faults: string[] = [];
  const headers = { authorization: `Bearer ${key}` };
  for (const [kind, fields] of Object.entries(lookedUp)) {
    const rows = Object.values(room.world[kind as keyof typeof lookedUp]);
    const there = rows.filter(({ id }) => !Object.hasOwn(room.world.deletedCustomers, id));
    for (const field of fields) {
      const values = new Set(
        rows.map((row) => textOf(row, field)).filter((text) => /^[\w@. +-]+$/.test(text)),
      );
      for (const value of values) {
        const query = encodeURIComponent(`${field}:"${value}"`);
        const url = `http://sandbox.test/v1/${kind}/search?limit=100&query=${query}`;
        const { data } = (await (await api.fetch(new Request(url, { headers }))).json()) as Found;
        const having = there.filter((row) => textOf(row, field) === value).map(({ id }) => id);
        const found = data.map(({ id }) => id).reverse();
        if (found.join() !== having.join())
          faults.push(`${kind} ${field} ${value}: ${found.join()}, not ${having.join()}`);
      }
    }
  }
  return faults;
};

type Found = { data: { id: string }[] };

describe("whatever is asked", () => {
  it("is answered without a 5xx, a refused request leaves the world as it was, and searches keep up", async () => {
    const opened = open();
    await furnish(opened);
    // As a folder keeps it: tables are more than their rows.
    const kept = JSON.stringify(opened.room.state());
    const base = JSON.stringify(JSON.parse(kept).world);
    const ids = [...new Set(base.match(/"id":"[^"]+"/g) ?? [])].map((pair) => pair.slice(6, -1));
    const pool: Pool = { ids, now: time / 1000 };
    // More of them, or others: FUZZ_RUNS=1000 FUZZ_SEED=7.
    const runs = Number(process.env.FUZZ_RUNS ?? 50);
    const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);
    const histories = fc.sample(randomRequests(pool, 25), { numRuns: runs, seed });
    const faults = new Set<string>();
    for (const history of histories) {
      opened.room.reset(JSON.parse(kept));
      // From now on they follow what changes.
      for (const fault of await misfound(opened)) faults.add(fault);
      let before = base;
      for (const random of history) {
        const { after, fault } = await faultOf(opened, random, before);
        if (fault) faults.add(fault);
        before = after;
      }
      for (const fault of await misfound(opened)) faults.add(fault);
    }
    expect([...faults]).toEqual([]);
  }, 60_000);
});
