import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Catalog, definePlans } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { describeEachStore } from "./each-store.js";
import { forward } from "./flaky-proxy.js";
import { priceOf } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

/** The example's catalog with other prices. */
function reprice(change: {
  readonly starter?: number;
  readonly seat?: number;
  readonly credits?: number;
}): ExampleCatalog {
  const { features, plans, products } = buildCatalog();
  const { starter = 900, seat = 1500, credits = 1000 } = change;
  const team = { ...plans.team, prices: { month: { perSeat: { usd: seat, eur: 1400 }, minimum: 2 } } };
  const changed: Catalog = definePlans({
    features,
    plans: { ...plans, starter: { ...plans.starter, prices: { month: { usd: starter, eur: 800 } } }, team },
    products: { credits: { ...products.credits, price: { usd: credits, eur: 900 } } },
  });
  return changed as ExampleCatalog;
}

describeEachStore("what is shown is what is charged", (createStore) => {
  let world: World;
  let user: string;

  beforeAll(async () => {
    world = await openWorld({ store: createStore(), rateLimits: false });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.logged.length = 0;
  });

  const sessions = async () => (await world.dashboard.checkout.sessions.list({ limit: 100 })).data;
  const instance = (plans: ExampleCatalog) => world.instance({ plans, jobs: "manual" });

  test.each([
    ["a plan", { starter: 500 }, { planId: "starter", interval: "month" }, "plan:starter", 900, 500],
    ["seats", { seat: 1200 }, { planId: "team", interval: "month", quantity: 3 }, "plan:team", 1500, 1200],
    ["a product", { credits: 700 }, { productId: "credits", quantity: 2 }, "product:credits", 1000, 700],
  ])("%s that was not pushed yet is not sold at the old price", async (_, change, body, name, old, now) => {
    const billing = instance(reprice(change));
    const before = (await sessions()).length;
    const answer = await world.call("POST", "/checkout", { as: user, body, billing });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "price_not_pushed" } } });
    expect(await sessions()).toHaveLength(before);
    const errors = world.logged.filter(({ level }) => level === "error");
    expect(errors).toHaveLength(1);
    const told = JSON.stringify(errors);
    expect(told).toContain(name);
    expect(told).toContain(`amount is ${old} at Stripe and ${now} in the catalog`);
  });

  test("another currency of the same plan, which agrees, is sold meanwhile", async () => {
    const billing = instance(reprice({ starter: 500 }));
    const body = { planId: "starter", interval: "month", currency: "eur" };
    const answer = await world.call("POST", "/checkout", { as: user, body, billing });
    expect(answer.status).toBe(200);
    const session = await world.dashboard.checkout.sessions.retrieve(answer.body.id);
    expect(session).toMatchObject({ amount_total: 800, currency: "eur" });
  });

  test("a price made by hand under our key that charges every three months is not sold", async () => {
    const byHand = await world.dashboard.prices.create({
      product: "tollgate_plan_care",
      currency: "usd",
      unit_amount: 500,
      lookup_key: "tollgate:plan:care:month:usd",
      transfer_lookup_key: true,
      recurring: { interval: "month", interval_count: 3 },
    });
    const body = { planId: "care", interval: "month" };
    const answer = await world.call("POST", "/checkout", {
      as: user,
      body,
      billing: instance(buildCatalog()),
    });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "price_not_pushed" } } });
    expect(answer.body.error.message).toContain("interval is 3 months at Stripe and month in the catalog");
    await world.billing.pushPlans();
    expect(await world.dashboard.prices.retrieve(byHand.id)).toMatchObject({ active: false });
    const again = await world.call("POST", "/checkout", {
      as: user,
      body,
      billing: instance(buildCatalog()),
    });
    expect(again.status).toBe(200);
  });

  test("a price replaced since it was looked up is not sold, nor is its successor until the catalog shows it", async () => {
    const [older, newer] = [instance(buildCatalog()), instance(reprice({ starter: 1900 }))];
    const body = { planId: "starter", interval: "month" };
    // Remembers the price.
    expect((await world.call("POST", "/checkout", { as: newUser(), body, billing: older })).status).toBe(200);
    const old = await priceOf(world, "starter");
    await newer.pushPlans();
    expect(await priceOf(world, "starter")).not.toBe(old);
    const refused = await world.call("POST", "/checkout", { as: user, body, billing: older });
    expect(refused).toMatchObject({ status: 500, body: { error: { code: "price_not_pushed" } } });
    const sold = await world.call("POST", "/checkout", { as: user, body, billing: newer });
    const session = await world.dashboard.checkout.sessions.retrieve(sold.body.id);
    expect(session.amount_total).toBe(1900);
    await world.billing.pushPlans();
  });

  test("a price that was replaced by an equal one since it was looked up is sold at once", async () => {
    const billing = instance(buildCatalog());
    const body = { planId: "starter", interval: "month" };
    expect((await world.call("POST", "/checkout", { as: newUser(), body, billing })).status).toBe(200);
    await instance(reprice({ starter: 1900 })).pushPlans();
    await instance(buildCatalog()).pushPlans();
    const answer = await world.call("POST", "/checkout", { as: user, body, billing });
    expect(answer.status).toBe(200);
    const session = await world.dashboard.checkout.sessions.retrieve(answer.body.id);
    expect(session.amount_total).toBe(900);
  });

  test("a checkout whose total comes out differently is closed, and nobody is sent to it", async () => {
    const proxy = await startTaxingProxy(world.sandbox.url);
    const { secretKey, webhookSecret } = world.sandbox;
    const provider = stripe({ secretKey, webhookSecret, apiBase: proxy.url });
    const billing = world.instance({ provider, jobs: "manual" });
    const body = { planId: "starter", interval: "month" };
    const answer = await world.call("POST", "/checkout", { as: user, body, billing });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "price_not_pushed" } } });
    expect(answer.body.error.message).toContain("the total is 1071 usd and should be 900 usd");
    expect((await sessions())[0]).toMatchObject({ status: "expired" });
    await proxy.close();
  });
});

/** The account's provider, as if it added 19% to every total by itself. */
async function startTaxingProxy(target: string) {
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await forward(target, request);
    const opens = request.method === "POST" && request.url === "/v1/checkout/sessions";
    const taxed = opens
      ? body.toString().replace(/("amount_total": ?)900/, (_, name) => `${name}1071`)
      : body;
    response.writeHead(status, Object.fromEntries(headers)).end(taxed);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
