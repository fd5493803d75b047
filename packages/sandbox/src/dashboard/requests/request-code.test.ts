import { execFile } from "node:child_process";
import { promisify } from "node:util";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Shop, startShop } from "../../../test/start-shop.js";
import { sdkCalls } from "../../api/generated/sdk-calls.js";
import type { LoggedRequest } from "../../index.js";
import { asCurl } from "./as-curl.js";
import { asSdkCode } from "./as-sdk-code.js";

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ accounts: ["acct_shop"], log: () => {} });
});
beforeEach(() => shop.sandbox.reset());
afterAll(() => shop.close());

/** The sandbox's own account, as every new one is called. */
const ownAccount = async () => (await shop.stripe.accounts.retrieveCurrent()).id;

const last = (): LoggedRequest => {
  const request = shop.sandbox.requests().at(-1);
  if (!request) throw new Error("Nothing was asked.");
  return request;
};

/** What a request asked, without what is different each time. */
const asked = ({ method, path, params, status, account }: LoggedRequest) => ({
  method,
  path,
  params,
  status,
  account,
});

const run = async (code: string): Promise<void> => {
  const call = new Function("stripe", `return (async () => { ${code} })();`) as (
    stripe: Stripe,
  ) => Promise<void>;
  await call(shop.stripe).catch(() => undefined);
};

const shell = promisify(execFile);
const runCurl = (command: string) =>
  shell("sh", ["-c", `${command} --silent`], {
    env: {
      ...process.env,
      STRIPE_SECRET_KEY: shop.sandbox.secretKey,
      STRIPE_PUBLISHABLE_KEY: shop.sandbox.publishableKey,
    },
  });

const requests: Record<string, (stripe: Stripe) => Promise<unknown>> = {
  "a customer": (stripe) =>
    stripe.customers.create({
      email: "ada+1@example.com",
      name: "Ada “d'Arc” & Söhne $1 `x`",
      metadata: { "a b": "1", n: "2" },
      invoice_settings: { footer: "Two\nlines" },
    }),
  "nested lists": (stripe) =>
    stripe.checkout.sessions.create({
      mode: "payment",
      success_url: "http://localhost/thanks?a=1&b={CHECKOUT_SESSION_ID}",
      line_items: [
        { quantity: 2, price_data: { currency: "usd", unit_amount: 700, product_data: { name: "Mug" } } },
        { quantity: 1, price_data: { currency: "usd", unit_amount: 900, product_data: { name: "Cup" } } },
      ],
      phone_number_collection: { enabled: true },
      expand: ["line_items"],
    }),
  "a list with a filter": (stripe) => stripe.invoices.list({ limit: 3, created: { gte: 5 }, status: "open" }),
  "a search": (stripe) => stripe.customers.search({ query: "email:'ada@example.com'" }),
  "a refusal": (stripe) => stripe.prices.create({ currency: "usd", colour: "red" } as never),
  "an unknown id": (stripe) => stripe.subscriptions.update("sub_none", { cancel_at_period_end: true }),
  "a cleared value": (stripe) => stripe.customers.update("cus_none", { name: "", metadata: "" }),
  "no parameters": (stripe) => stripe.customers.create(),
  "a deletion": (stripe) => stripe.customers.del("cus_none"),
  "a deletion with parameters": (stripe) =>
    stripe.subscriptions.cancel("sub_none", { prorate: true, invoice_now: true }),
  "a part of something": (stripe) => stripe.customers.listTaxIds("cus_none", { limit: 1 }),
  "another account": (stripe) => stripe.customers.list({ limit: 1 }, { stripeAccount: "acct_shop" }),
  "another account without parameters": (stripe) =>
    stripe.balance.retrieve({}, { stripeAccount: "acct_shop" }),
  "the second version of the API": (stripe) =>
    stripe.v2.billing.meterEvents.create({
      event_name: "tokens",
      payload: { stripe_customer_id: "cus_1", value: "3" },
    }),
};

describe("a request that was copied is made again as it was", () => {
  it.each(Object.entries(requests))("with the SDK: %s", async (_, make) => {
    const own = await ownAccount();
    await make(shop.stripe).catch(() => undefined);
    const before = last();
    const code = asSdkCode(before, own) ?? "";
    await run(code);
    expect(last().id).not.toBe(before.id);
    expect(asked(last())).toEqual(asked(before));
  });

  it.each(Object.entries(requests))("with curl: %s", async (_, make) => {
    const own = await ownAccount();
    await make(shop.stripe).catch(() => undefined);
    const before = last();
    await runCurl(asCurl(before, shop.sandbox.url, own));
    expect(last().id).not.toBe(before.id);
    expect(asked(last())).toEqual(asked(before));
    expect(last().version).toBe(before.version);
  });
});

describe("what is copied", () => {
  it("is what people would write", async () => {
    const own = await ownAccount();
    await shop.stripe.customers.create({ email: "ada@example.com", metadata: { team: "7" }, balance: -500 });
    expect(asSdkCode(last(), own)).toBe(
      'await stripe.customers.create({\n  email: "ada@example.com",\n  metadata: { team: "7" },\n  balance: -500,\n});',
    );
    await shop.stripe.subscriptions
      .update("sub_none", { cancel_at_period_end: true, metadata: { paid: "true" } })
      .catch(() => undefined);
    expect(asSdkCode(last(), own)).toBe(
      'await stripe.subscriptions.update("sub_none", {\n  cancel_at_period_end: true,\n  metadata: { paid: "true" },\n});',
    );
    await shop.stripe.customers.list({ limit: 3 });
    expect(asSdkCode(last(), own)).toBe("await stripe.customers.list({ limit: 3 });");
    expect(asCurl(last(), "http://localhost:12111", own)).toBe(
      [
        "curl http://localhost:12111/v1/customers",
        '-u "$STRIPE_SECRET_KEY:"',
        `-H 'Stripe-Version: ${last().version}'`,
        "-G",
        "-d limit=3",
      ].join(" \\\n  "),
    );
  });

  it("has no secret in it", async () => {
    const own = await ownAccount();
    const card = { number: "4111111111111111", cvc: "987", exp_month: 12, exp_year: 2040 };
    await shop.stripe.paymentMethods.create({ type: "card", card }).catch(() => undefined);
    const [code, curl] = [asSdkCode(last(), own) ?? "", asCurl(last(), shop.sandbox.url, own)];
    for (const text of [code, curl]) {
      expect(text).not.toMatch(/4111|987|sk_test/);
      expect(text).toContain("[blanked]");
    }
  });

  it("is curl alone for what the SDK does not have, with the key that was used", async () => {
    const own = await ownAccount();
    await shop.stripe.rawRequest("GET", "/v1/nothing").catch(() => undefined);
    expect(asSdkCode(last(), own)).toBeNull();
    const publishable = { ...last(), key: "publishable" as const };
    expect(asCurl(publishable, "http://localhost", own)).toContain('-u "$STRIPE_PUBLISHABLE_KEY:"');
  });
});

it("every call is a method of the SDK", () => {
  const stripe = new Stripe("sk_test_x");
  const missing = Object.values(sdkCalls).filter((call) => {
    const found = call.split(".").reduce<unknown>((at, part) => Reflect.get(Object(at), part), stripe);
    return typeof found !== "function";
  });
  expect(missing).toEqual([]);
});
