import type { BillingProvider, Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { describeEachStore } from "./each-store.js";
import { withParts } from "./with-parts.js";
import { openWorld, type World } from "./world.js";

type Billing = World["billing"];

const body = { planId: "starter", interval: "month" };
/** Both apps have a user of this id. */
const user = "1";

describeEachStore("two apps in one account", (createStore) => {
  let world: World;
  /** The app without a name. */
  let plain: Billing;
  let plainStore: Store;
  /** The app "shop". */
  let shop: Billing;
  let shopStore: Store;
  /** What the shop asked the provider to read. */
  const reads: string[] = [];

  beforeAll(async () => {
    plainStore = createStore();
    world = await openWorld({ store: plainStore, rateLimits: false, jobs: "manual" });
    plain = world.billing;
    shopStore = memory();
    const { secretKey, webhookSecret, url: apiBase } = world.sandbox;
    const provider = stripe({ secretKey, webhookSecret, apiBase, requestsPerSecond: 1_000 });
    shop = world.instance({ app: "shop", store: shopStore, provider: noting(provider, reads) });
  });
  afterAll(async () => {
    await shop.close();
    await world.close();
  });
  beforeEach(() => world.tick(3600));

  const products = async () => (await world.dashboard.products.list({ limit: 100 })).data;
  const prices = async () => (await world.dashboard.prices.list({ limit: 100 })).data;
  const buy = async (billing: Billing) => {
    const { body: opened } = await world.call("POST", "/checkout", { as: user, body, billing });
    await world.pay(opened.id);
    return opened.id as string;
  };
  const customerIn = async (store: Store) => (await store.findCustomer(user, "stripe"))?.providerCustomerId;
  const planIn = async (billing: Billing) =>
    (await world.call("GET", "/access", { as: user, billing })).body.planId;
  const eventsOf = (customer: string | undefined) =>
    world.sandbox.events().filter(({ data: { object } }) => {
      return "customer" in object && object.customer === customer;
    });

  test("a push leaves the other app's products, prices and portals as they are", async () => {
    const before = { products: await products(), prices: await prices() };
    const created = await shop.pushPlans();
    expect(new Set(created.map(({ action }) => action))).toEqual(new Set(["created"]));
    expect(await products()).toEqual(expect.arrayContaining(before.products));
    expect(await prices()).toEqual(expect.arrayContaining(before.prices));
    const again = [...(await plain.pushPlans()), ...(await shop.pushPlans())];
    expect(new Set(again.map(({ action }) => action))).toEqual(new Set(["unchanged"]));
    const keys = (await prices()).map(({ lookup_key }) => lookup_key);
    expect(keys).toEqual(
      expect.arrayContaining(["tollgate:plan:starter:month:usd", "tollgate-shop:plan:starter:month:usd"]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("users of the same id are two customers with a subscription each", async () => {
    for (const billing of [plain, shop]) {
      const id = await buy(billing);
      await world.call("GET", `/checkout/${id}`, { as: user, billing });
      expect(await planIn(billing)).toBe("starter");
    }
    const [one, other] = [await customerIn(plainStore), await customerIn(shopStore)];
    expect(one).toBeDefined();
    expect(other).toBeDefined();
    expect(one).not.toBe(other);
    expect(await plainStore.listSubscriptions(user)).toMatchObject([{ providerCustomerId: one }]);
    expect(await shopStore.listSubscriptions(user)).toMatchObject([{ providerCustomerId: other }]);
    const customer = await world.dashboard.customers.retrieve(other ?? "");
    expect(customer).toMatchObject({ metadata: { tollgate_customer: user, tollgate_app: "shop" } });
    expect(await world.dashboard.customers.retrieve(one ?? "")).not.toHaveProperty("metadata.tollgate_app");
  });

  test("what the other app's customer does is ignored, with the reason, and the provider is not asked", async () => {
    const events = eventsOf(await customerIn(plainStore));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["customer.subscription.created", "checkout.session.completed", "invoice.paid"]),
    );
    reads.length = 0;
    for (const event of events) expect((await world.deliver(event, { billing: shop })).status).toBe(200);
    expect(reads).toEqual([]);
    const { events: kept } = await shop.events.list();
    expect(kept.length).toBeGreaterThanOrEqual(3);
    for (const { state, reason } of kept) {
      expect({ state, reason }).toEqual({
        state: "ignored",
        reason: "belongs to another app of the account",
      });
    }
    expect(await shopStore.listSubscriptions(user)).toHaveLength(1);
  });

  test("so is what the app without a name hears about a named one, even where the event carries no object", async () => {
    const events = eventsOf(await customerIn(shopStore));
    for (const event of events) await world.deliver(event, { billing: plain });
    const [subscription] = await shopStore.listSubscriptions(user);
    const thin = {
      id: "evt_thin",
      object: "v2.core.event",
      type: "v1.customer.subscription.updated",
      created: world.sandbox.now().toISOString(),
      related_object: { id: subscription?.id, type: "subscription", url: "/v1/subscriptions" },
    };
    await world.deliver(thin as unknown as StripeEvent, { billing: plain });
    const { events: kept } = await plain.events.list({ limit: 100 });
    const foreign = kept.filter((one) => one.id === thin.id || events.some(({ id }) => id === one.id));
    expect(foreign.length).toBeGreaterThanOrEqual(4);
    for (const { state } of foreign) expect(state).toBe("ignored");
  });

  test("comparing sees nothing of the other app's, and counts what it left alone", async () => {
    for (const [billing, store] of [
      [plain, plainStore],
      [shop, shopStore],
    ] as const) {
      const report = await billing.reconcile({ repair: true, takeOver: true });
      expect(report).toMatchObject({ found: 0, skipped: { otherApp: 1, otherDatabase: 0 } });
      expect(await store.listSubscriptions(user)).toHaveLength(1);
    }
  });

  test("a portal shows the app's own customer and offers its own plans", async () => {
    const configurations = (await world.dashboard.billingPortal.configurations.list({ limit: 100 })).data;
    const offered = (prefix: string) =>
      configurations.flatMap(({ metadata, features }) =>
        metadata?.tollgate_portal?.startsWith(prefix)
          ? (features.subscription_update.products ?? []).map(({ product }) => product)
          : [],
      );
    expect(offered("shop/").length).toBeGreaterThan(0);
    for (const product of offered("shop/")) expect(product).toMatch(/^tollgate-shop_plan_/);
    for (const product of offered("main")) expect(product).toMatch(/^tollgate_plan_/);
    for (const billing of [plain, shop]) {
      expect((await world.call("POST", "/portal", { as: user, body: {}, billing })).status).toBe(200);
    }
  });

  test("a subscription made by hand to one app's price is no plan of the other's", async () => {
    const customer = (await customerIn(shopStore)) ?? "";
    const { data } = await world.dashboard.prices.list({ lookup_keys: ["tollgate:plan:care:month:usd"] });
    const items = [{ price: data[0]?.id ?? "" }];
    const made = await world.dashboard.subscriptions.create({ customer, items, trial_period_days: 30 });
    for (const event of eventsOf(customer)) await world.deliver(event, { billing: shop });
    expect(await shopStore.findSubscription(made.id, "stripe")).toBeNull();
    await world.dashboard.subscriptions.cancel(made.id);
  });
});

/** The provider, which notes what is read from it. */
function noting(provider: BillingProvider, reads: string[]): BillingProvider {
  const noted = withParts(provider, {
    subscriptions: {
      read(subscription) {
        reads.push(subscription.id);
        return provider.subscriptions.read(subscription);
      },
    },
    customers: {
      read(id) {
        reads.push(id);
        return provider.customers.read(id);
      },
    },
  });
  return { ...noted, forApp: (app) => noting(provider.forApp(app), reads) };
}
