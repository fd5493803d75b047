import type { Store } from "@tollgate/core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { getRoutes, postRoutes } from "./attack-routes.js";
import { newUser, openWorld, type World } from "./world.js";

let world: World;
let store: Store;
let user: string;
let before: number;

beforeAll(async () => {
  store = memory();
  world = await openWorld({ store });
  await store.migrate();
});
afterAll(() => world.close());
beforeEach(() => {
  user = newUser();
  before = world.sandbox.events().length;
});
afterEach(async () => {
  // Whatever was refused has created nothing, neither here nor at the provider.
  expect(await store.findCustomer(user, "stripe")).toBeNull();
  expect(world.sandbox.events()).toHaveLength(before);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const invalid = { status: 400, body: { error: { code: "invalid_body" } } };

/** What only the server may decide, in the spellings of this kit and of providers. */
const forbidden: readonly (readonly [key: string, value: unknown])[] = [
  ["price", "price_1"],
  ["priceId", "price_1"],
  ["prices", { month: { usd: 1 } }],
  ["amount", 1],
  ["unitAmount", 1],
  ["unit_amount", 1],
  ["amount_total", 0],
  ["total", 0],
  ["line_items", [{ price: "price_1", quantity: 1 }]],
  ["lineItems", [{ price_data: { unit_amount: 1 } }]],
  ["trial", true],
  ["trialDays", 365],
  ["trial_period_days", 365],
  ["trial_end", 4_102_444_800],
  ["subscription_data", { trial_period_days: 365 }],
  ["discount", 100],
  ["discounts", [{ coupon: "free" }]],
  ["coupon", "free"],
  ["promotionCode", "FREE"],
  ["allow_promotion_codes", true],
  ["customer", "cus_1"],
  ["customerId", "org_2"],
  ["customer_id", "org_2"],
  ["providerCustomerId", "cus_1"],
  ["customer_email", "eve@evil.example"],
  ["client_reference_id", "org_2"],
  ["userId", "org_2"],
  ["email", "eve@evil.example"],
  ["role", "manager"],
  ["metadata", { tollgate_customer: "org_2" }],
  ["payment_intent_data", { metadata: {} }],
  ["mode", "setup"],
  ["success_url", "https://evil.example"],
  ["successUrl", "/"],
  ["automatic_tax", { enabled: false }],
  ["application_fee_amount", 1],
  ["payment_method_types", ["card"]],
  ["configuration", "bpc_1"],
  ["flow_data", { type: "subscription_cancel" }],
  ["subscription", "sub_1"],
  ["subscriptionId", "sub_1"],
  ["idempotencyKey", "1"],
  ["provider", "paddle"],
  ["group", "support"],
  ["groups", ["support"]],
  ["", 1],
  [" planId", "pro"],
  ["planid", "pro"],
  ["constructor", { prototype: { polluted: true } }],
  ["prototype", { polluted: true }],
  ["toString", "x"],
  ["hasOwnProperty", "x"],
];

/** What some routes take and no others: which of the customer's own subscriptions is meant, and a code, which is checked. */
const taken: Readonly<Record<string, readonly string[]>> = {
  group: ["/subscription/cancel", "/subscription/resume", "/subscription/pause"],
  promotionCode: ["/checkout"],
};

test.each(forbidden)("a browser that sends %j decides nothing", async (key, value) => {
  for (const { path, body } of postRoutes) {
    if (Object.hasOwn(taken, key) && taken[key]?.includes(path)) continue;
    const answer = await world.call("POST", path, { as: user, body: { ...body, [key]: value } });
    expect(answer, path).toMatchObject(invalid);
    expect(answer.body.error.details?.key ?? "", path).toContain(key);
  }
});

test.each([
  ["a price below an allowed key", { planId: { price: 1 }, interval: "month" }],
  ["a list of plans", { planId: ["starter", "pro"], interval: "month" }],
  ["a quantity as an object", { planId: "team", interval: "month", quantity: { gte: 1 } }],
  ["a quantity that is no number", { planId: "team", interval: "month", quantity: "2; drop table" }],
  ["a quantity beyond whole numbers", { planId: "team", interval: "month", quantity: 1e308 }],
  ["a currency as an object", { planId: "starter", interval: "month", currency: { $ne: "usd" } }],
  ["a currency in capitals", { planId: "starter", interval: "month", currency: "USD" }],
  ["a null for a plan", { planId: null, interval: "month" }],
  ["a plan of a megabyte's kin", { planId: "p".repeat(60_000), interval: "month" }],
  ["a plan and a product", { planId: "starter", interval: "month", productId: "credits" }],
  ["a list around it all", [{ planId: "starter", interval: "month" }]],
  ["a text", '"starter"'],
  ["a number", "1"],
  ["null", "null"],
])("refuses %s", async (_name, body) => {
  expect(await world.call("POST", "/checkout", { as: user, body })).toMatchObject(invalid);
});

test.each([
  ["__proto__", '"__proto__":{"polluted":true}'],
  ["__proto__ written with an escape", '"\\u005f_proto__":{"polluted":true}'],
  ["__proto__ with an allowed key", '"__proto__":{"planId":"pro","price":1}'],
  ["a constructor's prototype", '"constructor":{"prototype":{"polluted":true}}'],
])("%s in JSON pollutes nothing", async (_name, pair) => {
  for (const { path, body } of postRoutes) {
    const known = JSON.stringify(body).slice(1, -1);
    const text = `{${[known, pair].filter(Boolean).join(",")}}`;
    expect(await world.call("POST", path, { as: user, body: text }), path).toMatchObject(invalid);
  }
});

test.each([
  "utm_source=newsletter&utm_medium=mail&gclid=1&fbclid=2&ref=x",
  "__proto__=1",
  "__proto__[polluted]=1",
  "__proto__.polluted=1",
  "__proto__.currency=eur",
  "constructor[prototype][polluted]=1",
  "constructor=1",
  "customerId=org_2",
  "price=1",
  "currency[]=eur",
  "currency=usd&currency[$ne]=eur",
])("?%s, as links carry it, decides nothing and pollutes nothing", async (query) => {
  const plain = await world.call("GET", "/plans");
  expect(plain.status).toBe(200);
  expect(await world.call("GET", `/plans?${query}`)).toMatchObject({ status: 200, body: plain.body });
});

test.each(getRoutes)("%s answers the same with what a link adds", async (path) => {
  const plain = await world.call("GET", path, { as: user });
  const linked = await world.call("GET", `${path}?utm_source=x&__proto__=1`, { as: user });
  expect([linked.status, linked.body.error?.code]).toEqual([plain.status, plain.body.error?.code]);
});

test.each(["currency=usd%00", "currency=__proto__", "currency=", "currency=USD", "currency=usd&currency=xx"])(
  "?%s is an error, and pollutes nothing",
  async (query) => {
    expect(await world.call("GET", `/plans?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_query" } },
    });
  },
);

test("a key that comes twice counts once, as the schema sees it", async () => {
  const body = '{"planId":"starter","interval":"month","planId":"unheard-of"}';
  expect(await world.call("POST", "/checkout", { as: user, body })).toMatchObject({
    status: 400,
    body: { error: { code: "unknown_plan" } },
  });
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"])(
  "%s is no plan, product or currency that exists",
  async (name) => {
    for (const body of [{ planId: name, interval: "month" }, { productId: name }]) {
      const { status, body: refusal } = await world.call("POST", "/checkout", { as: user, body });
      expect(status).toBe(400);
      expect(refusal.error.code).toMatch(/^unknown_(plan|product)$/);
    }
  },
);

test("nesting of any depth is refused, not followed", async () => {
  const deep = `{"planId":${"[".repeat(30_000)}${"]".repeat(30_000)},"interval":"month"}`;
  expect(await world.call("POST", "/checkout", { as: user, body: deep })).toMatchObject(invalid);
  const open = "[".repeat(60_000);
  expect(await world.call("POST", "/checkout", { as: user, body: open })).toMatchObject({
    status: 400,
    body: { error: { code: "invalid_json" } },
  });
});

test("a refusal doesn't repeat what was sent at length", async () => {
  const body = { planId: "starter", interval: "month", ["k".repeat(10_000)]: "v".repeat(10_000) };
  const answer = await world.call("POST", "/checkout", { as: user, body });
  expect(answer).toMatchObject(invalid);
  expect(JSON.stringify(answer.body).length).toBeLessThan(1_000);
});
