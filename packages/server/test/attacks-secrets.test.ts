import { readFile } from "node:fs/promises";
import type { Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { createSandbox, type StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createBilling } from "../src/index.js";
import { stripe } from "../src/providers/stripe/index.js";
import { postgres } from "../src/stores/postgres/postgres.js";
import { everyRoute } from "./attack-routes.js";
import { dumpDatabase } from "./dump-database.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { quickPglite } from "./quick-pglite.js";
import { type Answer, appUrl } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

const day = 24 * 60 * 60;
const card = "4242424242424242";

/** What must not be found anywhere. The client secrets of intents and checkouts have `_secret_` in them. */
const secrets = /\b(?:sk|rk)_(?:test|live)|whsec_|_secret_|client_secret|"cvc"|hunter2/i;

describe("after a whole journey on a real Postgres", () => {
  let database: FreshDatabase;
  let world: World;
  let user: string;
  let store: Store;
  const answers: Answer[] = [];
  const delivered = new Map<string, StripeEvent>();
  const called: unknown[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    const note = (data: unknown) => void called.push(data);
    store = postgres(database.pool);
    world = await openWorld({
      store,
      on: {
        "subscription.activated": note,
        "payment.succeeded": () => {
          throw new Error(`The mail server (smtp://app:hunter2@mail) refused ${world.sandbox.secretKey}.`);
        },
      },
    });
    user = newUser();
    await live();
  });
  afterAll(async () => {
    await world.close();
    await database.drop();
  });

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await world.call(method, path, body === undefined ? { as: user } : { as: user, body });
    answers.push(answer);
    return answer;
  };
  /** Each once, and noted, because the provider forgets its events after a month, and the journey is longer. */
  const deliverAll = async () => {
    const link = await store.findCustomer(user, "stripe");
    for (const event of world.sandbox.events()) {
      const { id, customer } = event.data.object as { id?: unknown; customer?: unknown };
      if (![id, customer].includes(link?.providerCustomerId) || delivered.has(event.id)) continue;
      delivered.set(event.id, event);
      answers.push(await world.deliver(event));
    }
  };

  /** Checkout, payment, return, renewal, refund, portal, and all that goes wrong on the way. */
  async function live(): Promise<void> {
    const opened = await call("POST", "/checkout", { planId: "starter", interval: "month" });
    await world.pay(opened.body.id, card);
    await call("GET", `/checkout/${opened.body.id}`);
    await deliverAll();
    world.tick(32 * day);
    await deliverAll();
    const product = await call("POST", "/checkout", { productId: "credits", quantity: 2 });
    await world.pay(product.body.id, card);
    await call("GET", `/checkout/${product.body.id}`);
    const charges = await world.dashboard.charges.list({ limit: 1 });
    await world.dashboard.refunds.create({ charge: charges.data[0]?.id ?? "" });
    await deliverAll();
    await call("POST", "/portal", {});
    await call("GET", "/access");
    await call("POST", "/checkout", { planId: "pro", interval: "month", number: card });
    await call("GET", `/checkout/${card}`);
    const [event] = delivered.values();
    if (event) answers.push(await world.deliver(event, { secret: "whsec_stranger" }));
    answers.push(
      await world.call("POST", "/webhook/stripe", { body: { card, key: world.sandbox.secretKey } }),
    );
    // What the callback threw is kept, for whoever looks into it.
    await vi.waitFor(
      async () => expect(await dumpDatabase(database.pool)).toContain("The mail server"),
      10_000,
    );
  }

  test("the journey was one: it renewed, was refunded and called back", () => {
    const types = [...delivered.values()].map(({ type }) => type);
    expect(types.filter((type) => type === "invoice.paid").length).toBeGreaterThanOrEqual(2);
    expect(types.filter((type) => type === "charge.refunded")).toHaveLength(1);
    expect(called).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test("no table holds a secret, a card number or anything else about a card", async () => {
    const dump = await dumpDatabase(database.pool);
    expect(dump).toContain(user);
    expect(dump).toContain("tollgate.subscriptions ");
    expect(dump.split("\n").filter((line) => secrets.test(line))).toEqual([]);
    for (const needle of [world.sandbox.secretKey, world.sandbox.webhookSecret, "4242", "Ada Lovelace"]) {
      expect(dump).not.toContain(needle);
    }
  });

  test("no line of the log does", () => {
    expect(world.logged.length).toBeGreaterThan(0);
    const log = world.logged.map((line) => JSON.stringify(line));
    expect(log.filter((line) => secrets.test(line) || line.includes(card))).toEqual([]);
  });

  test("no answer does", () => {
    const told = answers.map(({ body, headers }) => JSON.stringify([body, [...headers]]));
    expect(told.filter((text) => secrets.test(text) || text.includes(card))).toEqual([]);
    // Nor the provider's ids of customers, subscriptions, prices and payments.
    expect(told.filter((text) => /\b(?:cus|sub|price|pm|pi|ch|in)_[a-z0-9]/i.test(text))).toEqual([]);
  });

  test("no callback does", () => {
    expect(JSON.stringify(called)).not.toMatch(secrets);
  });
});

describe("production", () => {
  const options = (keys: { secretKey: string; webhookSecret: string | string[] }, url = appUrl) => ({
    plans: buildCatalog(),
    provider: stripe(keys),
    store: quickPglite(),
    appUrl: url,
    identify: () => null,
    environment: "production" as const,
    logger: { error: () => {}, warn: () => {}, info: () => {} },
  });
  const good = "whsec_Qm9yZGVhdXhfbm90X2Ffd29yZF8x";
  const live = { secretKey: "sk_live_1", webhookSecret: good };

  test.each([
    ["a test key", options({ ...live, secretKey: "sk_test_1" }), /test key/],
    ["a restricted test key", options({ ...live, secretKey: "rk_test_1" }), /test key/],
    ["an app without TLS", options(live, "http://app.example.com"), /https:/],
    ["a local app without TLS", options(live, "http://localhost:3000"), /https:/],
    [
      "another origin without TLS",
      { ...options(live), allowedOrigins: ["http://www.example.com"] },
      /https:/,
    ],
    ["a key of an unknown kind", options({ ...live, secretKey: "live_1" }), /unknown kind/],
    ["a key that was never filled in", options({ ...live, secretKey: "sk_live_..." }), /unknown kind/],
    ["a secret key that says undefined", options({ ...live, secretKey: "undefined" }), /unknown kind/],
  ])("refuses %s at once", (_name, wrong, message) => {
    expect(() => createBilling(wrong)).toThrowError(message);
  });

  test.each([
    ["whsec_tollgate", /published/],
    ["whsec_tollgate_sandbox\n", /published/],
    ["undefined", /not one of Stripe's/],
    ["null", /not one of Stripe's/],
    ["x", /not one of Stripe's/],
    ["changeme", /not one of Stripe's/],
    ["your-key-here", /not one of Stripe's/],
    ["whsec_", /not one of Stripe's/],
    ["whsec_short", /not one of Stripe's/],
    ["whsec_your_webhook_secret_here", /placeholder/],
    ["whsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", /placeholder/],
  ])("refuses %j as a webhook secret at once, alone or among others", (webhookSecret, message) => {
    for (const secret of [webhookSecret, [good, webhookSecret]]) {
      const create = () => createBilling(options({ ...live, webhookSecret: secret }));
      expect(create).toThrowError(message);
      expect(create).toThrowError(expect.objectContaining({ code: "invalid_options" }));
    }
    const development = { ...options({ ...live, webhookSecret }), environment: "development" as const };
    expect(() => createBilling(development)).not.toThrow();
  });

  test("knows every webhook secret that is published, in the sandbox and in the demo", async () => {
    const demo = await readFile(new URL("../../../.ci/demo.mjs", import.meta.url), "utf8");
    const published = [createSandbox().webhookSecret, ...(demo.match(/whsec_\w+/g) ?? [])];
    expect(published.length).toBeGreaterThan(1);
    for (const webhookSecret of published)
      expect(() => createBilling(options({ ...live, webhookSecret }))).toThrowError(/published/);
  });

  test("accepts what Stripe gives out", () => {
    for (const webhookSecret of [good, `whsec_${"0123456789abcdef".repeat(4)}`, [good, good]])
      for (const secretKey of ["sk_live_51Habc", "rk_live_51Habc", " sk_live_51Habc\n"])
        expect(() => createBilling(options({ secretKey, webhookSecret }))).not.toThrow();
  });

  test.each([
    ["webhook secret", { ...live, webhookSecret: "" }],
    ["webhook secret that is more than blanks", { ...live, webhookSecret: [" ", "\t"] }],
    ["secret key", { ...live, secretKey: "" }],
  ])("answers nothing without a %s, not even an unsigned event", async (_name, keys) => {
    const billing = createBilling(options(keys));
    for (const { method, path } of everyRoute) {
      const response = await billing.handler(new Request(`${appUrl}/api/billing${path}`, { method }));
      expect(response.status).toBe(500);
      expect(await response.json()).toMatchObject({ error: { code: "invalid_options" } });
    }
  });

  test("a live key is never sent anywhere but to the provider", () => {
    expect(() => stripe({ ...live, apiBase: "https://evil.example" })).toThrowError(/live key/);
  });

  test("a publishable key is not a secret key", () => {
    expect(() => stripe({ ...live, secretKey: "pk_live_1" })).toThrowError(/publishable/);
  });
});
