import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { subscribe } from "./subscriber.js";
import { customersOf, withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

type Billing = World["billing"];

const body = { planId: "starter", interval: "month" };

describeEachStore("two databases of one app in one account", (createStore) => {
  let world: World;
  let first: Store;
  let second: Store;
  let other: Billing;
  let user: string;

  beforeAll(async () => {
    first = createStore();
    world = await openWorld({ store: first, rateLimits: false });
    second = memory();
    other = world.instance({ store: second, jobs: "manual" });
  });
  afterAll(async () => {
    await other.close();
    await world.close();
  });
  beforeEach(() => {
    user = newUser();
    world.tick(3600);
  });

  const everything = async () => ({
    products: (await world.dashboard.products.list({ limit: 100 })).data,
    prices: (await world.dashboard.prices.list({ limit: 100 })).data,
    portals: (await world.dashboard.billingPortal.configurations.list({ limit: 100 })).data,
  });
  const idOf = async (store: Store) => (await store.readInstallation()).id;

  test("a push under the same name is refused before anything changes, in words that say both ways out", async () => {
    const before = await everything();
    const refusal = await other.pushPlans().catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "catalog_of_another_database",
      status: 409,
      details: { app: "default", owner: await idOf(first), database: await idOf(second) },
    });
    const { message } = refusal as Error;
    expect(message).toContain("billing.pushPlans({ takeOver: true })");
    expect(message).toContain("billing.reconcile({ repair: true, takeOver: true })");
    expect(message).toContain("createBilling({ app:");
    expect(await everything()).toEqual(before);
  });

  test("a catalog that another database pushed is not sold", async () => {
    const answer = await world.call("POST", "/checkout", { as: user, body, billing: other });
    expect(answer).toMatchObject({ status: 409, body: { error: { code: "catalog_of_another_database" } } });
    expect(await world.checkouts(user)).toEqual([]);
  });

  test("users of the same id are two customers, even on the same day", async () => {
    await world.call("POST", "/checkout", { as: user, body });
    await world.call("POST", "/checkout", { as: user, body, billing: other });
    expect(world.events(user, "customer.created")).toHaveLength(2);
  });

  test("users of the same id are asked for under two keys: neither database is told what the other was", async () => {
    const keys: string[] = [];
    const { provider } = world;
    const spied = withParts(provider, {
      customers: {
        make(input) {
          keys.push(input.idempotencyKey);
          return customersOf(provider).make(input);
        },
      },
    });
    for (const store of [first, second]) {
      const billing = world.instance({ store, provider: spied, jobs: "manual" });
      await world.call("POST", "/checkout", { as: user, body, billing });
    }
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  });

  test("what the other database's customers do is ignored, with the way to take it in", async () => {
    const { activated } = await subscribe(world, user);
    await world.deliver(activated, { billing: other });
    const kept = await second.findEvent(activated.id, "stripe");
    expect(kept).toMatchObject({ state: "ignored" });
    expect(kept?.reason).toContain("billing.reconcile({ repair: true, takeOver: true })");
    const report = await other.reconcile({ repair: true });
    expect(report).toMatchObject({ found: 0, repaired: 0 });
    expect(report.skipped.otherDatabase).toBeGreaterThanOrEqual(1);
    expect(await second.listSubscriptions(user)).toEqual([]);
    const warnings = world.logged.filter(({ message }) => message.includes("belong to another database"));
    expect(warnings).toMatchObject([{ level: "warn", fields: report.skipped }]);
  });
});

describeEachStore("a database that was lost", (createStore) => {
  let world: World;
  let lost: Store;
  let fresh: Store;
  let billing: Billing;
  let user: string;

  beforeAll(async () => {
    lost = memory();
    world = await openWorld({ store: lost, rateLimits: false });
    fresh = createStore();
    billing = world.instance({ store: fresh, jobs: "manual" });
    user = newUser();
  });
  afterAll(async () => {
    await billing.close();
    await world.close();
  });

  test("is recovered from the account: access is back, and the new one's name is on everything", async () => {
    const { subscriptionId, activated } = await subscribe(world, user);
    await world.deliver(activated);
    world.tick(3600);
    // An interrupted comparison of before must not hide what it left alone.
    await billing.reconcile({ repair: true });
    await expect(billing.pushPlans()).rejects.toMatchObject({ code: "catalog_of_another_database" });
    const pushed = await billing.pushPlans({ takeOver: true });
    expect(new Set(pushed.map(({ action }) => action))).toEqual(new Set(["updated", "unchanged"]));
    const report = await billing.reconcile({ repair: true, takeOver: true });
    expect(report).toMatchObject({ repaired: 1, skipped: { otherApp: 0, otherDatabase: 0 } });
    const access = await world.call("GET", "/access", { as: user, billing });
    expect(access.body).toMatchObject({ planId: "starter", hasBillingAccount: true });

    const { id: database } = await fresh.readInstallation();
    const link = await fresh.findCustomer(user, "stripe");
    const named = { metadata: { tollgate_database: database } };
    expect(await world.dashboard.customers.retrieve(link?.providerCustomerId ?? "")).toMatchObject(named);
    expect(await world.dashboard.subscriptions.retrieve(subscriptionId)).toMatchObject(named);
    for (const product of (await world.dashboard.products.list({ limit: 100 })).data) {
      expect(product).toMatchObject(named);
    }
    expect(await billing.reconcile({ repair: true })).toMatchObject({ found: 0 });
    expect(new Set((await billing.pushPlans()).map(({ action }) => action))).toEqual(new Set(["unchanged"]));
  });

  test("has no say any more, should it come back", async () => {
    await expect(world.billing.pushPlans()).rejects.toMatchObject({ code: "catalog_of_another_database" });
    const late = world.instance({ store: lost, jobs: "manual" });
    const answer = await world.call("POST", "/checkout", { as: newUser(), body, billing: late });
    expect(answer).toMatchObject({ status: 409, body: { error: { code: "catalog_of_another_database" } } });
  });
});

describeEachStore("what an older version left", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, rateLimits: false });
    user = newUser();
    const { subscriptionId } = await subscribe(world, user);
    await removeNames(world, user, subscriptionId);
  });
  afterAll(() => world.close());

  test("is the default app's, and gets its database's name from the first push", async () => {
    const changes = await world.billing.pushPlans();
    const updated = changes.filter(({ action }) => action === "updated");
    expect(updated.map(({ kind, detail }) => [kind, detail])).toEqual(
      Array.from({ length: updated.length }, () => ["product", "metadata changed"]),
    );
    expect(updated.length).toBeGreaterThan(0);
    const { id } = await store.readInstallation();
    for (const product of (await world.dashboard.products.list({ limit: 100 })).data) {
      expect(product.metadata.tollgate_database).toBe(id);
    }
  });

  test("is not taken by another database once the catalog has a name, nor by another app", async () => {
    const [second, third] = [memory(), memory()];
    const others = [
      world.instance({ store: second, jobs: "manual" }),
      world.instance({ store: third, app: "shop", jobs: "manual" }),
    ];
    world.tick(3600);
    const [database, app] = await Promise.all(others.map((one) => one.reconcile({ repair: true })));
    expect(database).toMatchObject({ repaired: 0, skipped: { otherApp: 0, otherDatabase: 1 } });
    expect(app).toMatchObject({ repaired: 0, skipped: { otherApp: 1, otherDatabase: 0 } });
    expect(await second.listSubscriptions(user)).toEqual([]);
    expect(await third.listSubscriptions(user)).toEqual([]);
    for (const one of others) await one.close();
  });

  test("is taken in by the one that the catalog belongs to, and has its name from then on", async () => {
    // As after a restore of a dump from before the purchase: the link is not there.
    const restored = memory();
    const billing = world.instance({ store: restored, jobs: "manual" });
    await billing.pushPlans({ takeOver: true });
    const { id } = await restored.readInstallation();
    await billing.reconcile({ repair: true });
    const link = await restored.findCustomer(user, "stripe");
    const customer = await world.dashboard.customers.retrieve(link?.providerCustomerId ?? "");
    expect(customer).toMatchObject({ metadata: { tollgate_customer: user, tollgate_database: id } });
    expect(await restored.listSubscriptions(user)).toHaveLength(1);
    await billing.close();
  });
});

describeOnPostgres("the app of a database", (createStore) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ store: createStore(), jobs: "manual" });
  });
  afterAll(() => world.close());

  test("is the one that pushed first: another is refused at its first use, with the way out", async () => {
    const shop = world.instance({ store: createStore(), app: "shop" });
    const refusal = { code: "invalid_options", details: { app: "shop", databaseOf: "default" } };
    await expect(shop.pushPlans()).rejects.toMatchObject(refusal);
    await expect(shop.reconcile()).rejects.toThrow(
      'Set createBilling({ app: "default" }), or give "shop" a database of its own.',
    );
    const health = await shop.health();
    expect(health).toMatchObject({ status: "down", store: null });
    expect(health.problems[0]).toContain('This database belongs to the app "default"');
  });

  test("two instances of one database push at once, and the catalog is theirs", async () => {
    const other = world.instance({ store: createStore() });
    const both = await Promise.all([world.billing.pushPlans(), other.pushPlans()]);
    for (const changes of both) {
      expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["unchanged"]));
    }
  });
});

test("a database whose push was refused may still take another name", async () => {
  const world = await openWorld({ store: memory(), jobs: "manual" });
  const store = memory();
  await expect(world.instance({ store }).pushPlans()).rejects.toMatchObject({
    code: "catalog_of_another_database",
  });
  const named = world.instance({ store, app: "mine" });
  const changes = await named.pushPlans();
  expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["created"]));
  expect(await store.readInstallation()).toMatchObject({ app: "mine" });
  await named.close();
  await world.close();
});

test("a name that can't go into every id is refused in exact words", async () => {
  const world = await openWorld({ store: memory(), jobs: "manual" });
  for (const app of ["", "Shop", "shop_eu", "-shop", "shop-", "a".repeat(33), "shöp", 7]) {
    expect(() => world.instance({ app: app as string })).toThrow("`app` must be 1 to 32 of a–z, 0–9 and -");
  }
  expect(() => world.instance({ app: "a" })).not.toThrow();
  await world.close();
});

/** Removes what versions from before apps had names did not write. */
async function removeNames(world: World, user: string, subscriptionId: string): Promise<void> {
  const metadata = { tollgate_database: "" };
  for (const { id } of (await world.dashboard.products.list({ limit: 100 })).data) {
    await world.dashboard.products.update(id, { metadata });
  }
  const created = world.events(user, "customer.created").at(-1);
  const customer = (created?.data.object as { readonly id: string } | undefined)?.id ?? "";
  await world.dashboard.customers.update(customer, { metadata });
  await world.dashboard.subscriptions.update(subscriptionId, { metadata });
}
