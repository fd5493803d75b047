import type { BillingProvider, Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { type StoringProxy, startStoringProxy } from "./storing-proxy.js";
import { priceOf, starterPrice } from "./subscriber.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };

/** The provider as it is reached through the proxy; it does not remember earlier prices. */
function through(proxy: StoringProxy, world: World): BillingProvider {
  const { secretKey, webhookSecret } = world.sandbox;
  return stripe({ secretKey, webhookSecret, apiBase: proxy.url });
}

describeEachStore("a refusal that the provider repeats for a day", (createStore) => {
  let world: World;
  let store: Store;
  let proxy: StoringProxy;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, rateLimits: false });
    proxy = await startStoringProxy(world.sandbox.url);
  });
  afterAll(async () => {
    await proxy.close();
    await world.close();
  });
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const click = (body: unknown = starter, billing = world.billing) =>
    world.call("POST", "/checkout", { as: user, body, billing });
  const flaky = () => world.instance({ store, provider: through(proxy, world), jobs: "manual" });
  const sessions = async () => {
    const link = await store.findCustomer(user, "stripe");
    if (link === null) return [];
    return (await world.dashboard.checkout.sessions.list({ customer: link.providerCustomerId })).data;
  };

  test("a price that was inactive for a moment can be bought as soon as it is active again", async () => {
    const price = await priceOf(world, "starter");
    const billing = flaky();
    // So that the price's id is remembered: nothing else finds an inactive one.
    user = newUser();
    expect((await click(starter, billing)).status).toBe(200);
    user = newUser();
    await world.dashboard.prices.update(price, { active: false });
    expect((await click(starter, billing)).status).toBeGreaterThanOrEqual(400);
    await world.dashboard.prices.update(price, { active: true });
    expect((await click(starter, billing)).status).toBe(200);
    expect(await sessions()).toHaveLength(1);
  });

  test("a currency conflict that is gone does not come back", async () => {
    expect((await click({ productId: "credits" })).status).toBe(200);
    const link = await store.findCustomer(user, "stripe");
    const customer = link?.providerCustomerId ?? "";
    const item = await world.dashboard.invoiceItems.create({ customer, amount: 500, currency: "eur" });
    expect((await click()).status).toBeGreaterThanOrEqual(400);
    await world.dashboard.invoiceItems.del(item.id);
    const open = await click();
    expect(open.status).toBe(200);
    await world.pay(open.body.id);
  });

  test.each([
    ["did nothing", false],
    ["made one all the same", true],
  ])(
    "a failure of the provider while a customer is created, that %s, keeps nobody from buying",
    async (_, executed) => {
      proxy.failNext({ path: "/v1/customers", how: "stored", executed });
      const first = await click(starter, flaky());
      expect([200, 503]).toContain(first.status);
      expect((await click(starter, flaky())).status).toBe(200);
      expect(await sessions()).toHaveLength(1);
    },
  );

  test.each([
    ["did nothing", false],
    ["opened one all the same", true],
  ])(
    "a failure of the provider while a checkout opens, that %s, keeps nobody from buying",
    async (_, executed) => {
      proxy.failNext({ path: "/v1/checkout/sessions", how: "stored", executed });
      await click(starter, flaky());
      expect((await click(starter, flaky())).status).toBe(200);
      expect(await sessions()).toHaveLength(executed ? 2 : 1);
    },
  );

  test.each(["/v1/customers", "/v1/checkout/sessions"])(
    "an answer of %s that got lost keeps its key: what was made is found again",
    async (path) => {
      proxy.failNext({ path, how: "cut", executed: true });
      await click(starter, flaky());
      expect((await click(starter, flaky())).status).toBe(200);
      expect(world.events(user, "customer.created")).toHaveLength(1);
      expect(await sessions()).toHaveLength(1);
    },
  );

  test("a key that was used with other parameters, as by another release, stands in nobody's way", async () => {
    await click({ productId: "credits" });
    const keys: string[] = [];
    const { checkout } = world.provider;
    const spied = withParts(world.provider, {
      checkout: {
        async open(input, catalog) {
          keys.push(input.idempotencyKey);
          const successUrl = keys.length === 1 ? "https://app.example.com/elsewhere" : input.successUrl;
          const opened = await checkout.open({ ...input, successUrl }, catalog);
          if (keys.length === 1) throw new Error("The process died.");
          return opened;
        },
      },
    });
    const billing = world.instance({ store, provider: spied });
    expect((await click(starter, billing)).status).toBe(500);
    expect((await click(starter, billing)).status).toBe(200);
    expect(keys).toEqual([keys[0], keys[0], `${keys[0]}:1`]);
  });

  test("a failure of the provider while a price is created does not keep a push from getting through", async () => {
    const plain = buildCatalog();
    const { starter: plan } = plain.plans;
    const dearer = { ...plan, prices: { month: { usd: 950, eur: 850 } } };
    const plans = { ...plain, plans: { ...plain.plans, starter: dearer } } as unknown as typeof plain;
    proxy.failNext({ path: "/v1/prices", how: "stored", executed: false });
    const billing = world.instance({ store, plans, provider: through(proxy, world), jobs: "manual" });
    await billing.pushPlans().catch(() => null);
    await billing.pushPlans();
    const { unit_amount } = await world.dashboard.prices.retrieve(await starterPrice(world));
    expect(unit_amount).toBe(950);
    await world.billing.pushPlans();
  });

  test("the money of a second subscription comes back though the first attempt to refund it failed", async () => {
    const price = await starterPrice(world);
    await click();
    const customer = (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
    const card = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    const { id: subscriptionId } = await world.dashboard.subscriptions.create({
      customer,
      items: [{ price }],
      default_payment_method: card.id,
    });
    proxy.failNext({ path: "/v1/refunds", how: "stored", executed: false });
    const provider = through(proxy, world);
    const subscription = { id: subscriptionId, providerCustomerId: customer };
    const cancel = (idempotencyKey: string) =>
      provider.manage.cancel({ subscription, at: "now", refund: true, idempotencyKey });
    await expect(cancel(user)).rejects.toMatchObject({ code: "answer_repeated" });
    expect(await cancel(`${user}:1`)).toEqual({ refunded: { amount: 900, currency: "usd" } });
    expect(await cancel(`${user}:1`)).toEqual({ refunded: { amount: 900, currency: "usd" } });
    expect((await world.dashboard.refunds.list()).data.filter((one) => one.amount === 900)).toHaveLength(1);
  });
});

describeOnPostgres("a refusal that the provider repeats, with two instances", (createStore) => {
  let world: World;
  let proxy: StoringProxy;
  let instances: readonly World["billing"][];

  beforeAll(async () => {
    world = await openWorld({ store: createStore(), rateLimits: false });
    proxy = await startStoringProxy(world.sandbox.url);
    instances = [1, 2].map(() => world.instance({ store: createStore(), provider: through(proxy, world) }));
  });
  afterAll(async () => {
    await proxy.close();
    await Promise.all(instances.map((one) => one.close()));
    await world.close();
  });

  test.each(["/v1/customers", "/v1/checkout/sessions"])(
    "double clicks on both after a failure of %s make one customer and one checkout",
    async (path) => {
      for (let round = 0; round < 4; round += 1) {
        const user = newUser();
        world.tick(60);
        proxy.failNext({ path, how: "stored", executed: false });
        const clicks = Array.from({ length: 8 }, (_, n) =>
          world.call("POST", "/checkout", {
            as: user,
            body: starter,
            billing: instances[n % 2] ?? world.billing,
          }),
        );
        const answers = await Promise.all(clicks);
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
        expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
        expect(world.events(user, "customer.created")).toHaveLength(1);
      }
    },
  );
});
