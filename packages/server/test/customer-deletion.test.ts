import { BillingError, type DeletedCallbackData, type Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SqlDriver } from "../src/stores/driver/sql-driver.js";
import { exportedTables, withheldTables } from "../src/stores/records/read-export.js";
import { describeEachStore } from "./each-store.js";
import { createMortal } from "./fail-at.js";
import { planOf, starterPrice, subscribe } from "./subscriber.js";
import { customersOf, withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

/** A month of the starter plan. */
const paid = 900;

describeEachStore("a customer who is deleted", (createStore) => {
  let world: World;
  let store: Store;
  let driver: SqlDriver;
  let user: string;
  const told: DeletedCallbackData[] = [];

  beforeAll(async () => {
    store = createStore((given) => {
      driver = given;
      return given;
    });
    world = await openWorld({
      ...{ store, jobs: "manual", rateLimits: false },
      on: { "customer.deleted": (data) => void told.push(data) },
    });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const toldOf = (...ids: string[]) => told.filter(({ customerId }) => ids.includes(customerId));
  const remove = (billing = world.billing) =>
    billing.customers.delete({ customerId: user, settlement: "refund" });
  const accountOf = async (customerId: string) => (await store.listAccounts(customerId))[0];
  const workOff = async (billing = world.billing) => {
    for (;;) {
      const { callbacks, jobs } = await billing.runJobs();
      if (callbacks + jobs === 0) return;
    }
  };
  /** Everything that the provider has told of somebody, in an order that nobody expects. */
  const deliverAll = async (of: string) => {
    for (const event of world.events(of).toReversed()) await world.deliver(event);
    await workOff();
  };
  const refundedTo = async (customer: string) => {
    const { data } = await world.dashboard.charges.list({ customer, limit: 10 });
    return data.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0);
  };
  const runningOf = async (customer: string) => {
    const { data } = await world.dashboard.subscriptions.list({ customer, status: "all" });
    return data.filter(({ status }) => status !== "canceled").length;
  };
  const begin = async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    const providerCustomerId = (await accountOf(user))?.providerCustomerId ?? "";
    return { subscriptionId, providerCustomerId };
  };
  /** Every row of every table of ours in which a text stands. */
  const rowsWith = async (text: string) => {
    const tables = await driver.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'tollgate' AND table_type = 'BASE TABLE' ORDER BY 1`,
      [],
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await driver.query(
        `SELECT 1 AS one FROM ${name} AS one WHERE position($1 in row_to_json(one)::text) > 0`,
        [text],
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  };

  test("scenarios 87, 88, 90: what runs ends and is paid back, the provider forgets them, and late webhooks revive nobody", async () => {
    const { subscriptionId, providerCustomerId } = await begin();
    expect(await planOf(world, user)).toBe("starter");
    const deleted = await remove();
    expect(deleted).toMatchObject({
      outcome: "done",
      ended: [{ provider: "stripe", subscriptionId, refunded: { amount: paid } }],
      providers: [{ provider: "stripe", providerCustomerId, outcome: "deleted" }],
      kept: { subscriptions: 1, purchases: 0 },
    });
    const { reference } = deleted;
    const after = async () => {
      expect(await world.dashboard.customers.retrieve(providerCustomerId)).toMatchObject({ deleted: true });
      expect(await runningOf(providerCustomerId)).toBe(0);
      expect(await refundedTo(providerCustomerId)).toBe(paid);
      expect(await store.listSubscriptions(user)).toEqual([]);
      expect(await store.listSubscriptions(reference)).toMatchObject([
        { id: subscriptionId, status: "ended" },
      ]);
      expect(await planOf(world, user)).toBe("free");
      expect(await rowsWith(`${user}@example.com`)).toEqual([]);
      // The last word to the app is forgotten with the other callbacks of its time.
      expect(await rowsWith(user)).toEqual(["tollgate.callbacks"]);
      expect(toldOf(user)).toMatchObject([
        { customerId: user, by: "app", reference, ended: [{ subscriptionId }] },
      ]);
    };
    await workOff();
    await after();
    await deliverAll(user);
    await after();
    expect(await remove()).toEqual(deleted);
    await workOff();
    await after();
    // Nobody signs in as what is left of them.
    expect(await world.call("GET", "/access", { as: reference })).toMatchObject({ status: 400 });
  });

  test("scenario 90: what is stored of a customer comes as one document, theirs alone and without secrets", async () => {
    const opened = await world.call("POST", "/checkout", { as: user, body: { productId: "credits" } });
    const { subscriptionId, providerCustomerId } = await begin();
    await world.billing.usage.record({
      ...{ customerId: user, feature: "messages", quantity: 3, idempotencyKey: "once" },
    });
    await workOff();
    const mine = user;
    user = newUser();
    await begin();
    const exported = await world.billing.customers.export({ customerId: mine });
    const document = await exported.json();
    expect(document).toMatchObject({
      customerId: mine,
      accounts: [{ providerCustomerId, contact: { email: { value: `${mine}@example.com` } } }],
      subscriptions: [{ id: subscriptionId, customerId: mine }],
      usage: [{ feature: "messages", used: 3 }],
    });
    const text = await new Response(exported.stream()).text();
    expect(text).not.toContain(`${user}`);
    expect(text).not.toContain(opened.body.url);
    expect(text).not.toMatch(/sk_test|whsec|_secret_/);
    // Whatever table has something of theirs is exported, or says why not.
    const known = [...exportedTables, ...Object.keys(withheldTables)];
    const tables = await rowsWith(mine);
    expect(tables.length).toBeGreaterThan(4);
    expect(tables.filter((name) => !known.includes(name.replace("tollgate.", "")))).toEqual([]);
    const named = await driver.query<{ name: string }>(
      `SELECT DISTINCT table_name::text AS name FROM information_schema.columns
       WHERE table_schema = 'tollgate' AND (column_name LIKE '%customer%' OR column_name = 'record')`,
      [],
    );
    // Which plans are moved, and what plans granted, of nobody.
    const missing = named.map(({ name }) => name).filter((name) => !known.includes(name));
    expect(missing).toEqual(["price_migrations", "pushed_plans"]);
  });

  test("whoever was never here has nothing to delete, and is told so twice", async () => {
    const nothing = { outcome: "done", ended: [], providers: [], checkouts: 0 };
    const deleted = await remove();
    expect(deleted).toMatchObject(nothing);
    expect(await remove()).toEqual(deleted);
  });

  test("a checkout that is open is closed; one that was paid a moment ago is ended and paid back", async () => {
    const opened = await world.call("POST", "/checkout", { as: user, body: { productId: "credits" } });
    await world.buy(user);
    const { providerCustomerId = "" } = (await accountOf(user)) ?? {};
    expect(await remove()).toMatchObject({ checkouts: 2, ended: [{ refunded: { amount: paid } }] });
    await expect(world.pay(opened.body.id)).rejects.toThrow();
    expect(await runningOf(providerCustomerId)).toBe(0);
    await deliverAll(user);
    expect(await planOf(world, user)).toBe("free");
    expect(await store.listSubscriptions(user)).toEqual([]);
  });

  test("what another app of the account bills is left, and what is sold to them later is ended and told", async () => {
    const { providerCustomerId } = await begin();
    const product = await world.dashboard.products.create({ name: "Of another app" });
    const foreign = await world.dashboard.prices.create({
      ...{ product: product.id, currency: "usd", unit_amount: 500, recurring: { interval: "month" } },
    });
    const card = await world.dashboard.paymentMethods.attach("pm_card_visa", {
      customer: providerCustomerId,
    });
    const sell = (price: string) =>
      world.dashboard.subscriptions.create({
        customer: providerCustomerId,
        items: [{ price }],
        default_payment_method: card.id,
      });
    const other = await sell(foreign.id);
    const deleted = await remove();
    expect(deleted).toMatchObject({
      providers: [{ outcome: "kept" }],
      ended: [{ refunded: { amount: paid } }],
    });
    await workOff();
    const { id } = await sell(await starterPrice(world));
    await deliverAll(user);
    const { reference } = deleted;
    expect(await world.dashboard.subscriptions.retrieve(id)).toMatchObject({ status: "canceled" });
    expect(await world.dashboard.subscriptions.retrieve(other.id)).toMatchObject({ status: "active" });
    expect(toldOf(reference)).toMatchObject([
      { customerId: reference, by: "app", reference, ended: [{ subscriptionId: id }] },
    ]);
    expect(await rowsWith(user)).toEqual(["tollgate.callbacks"]);
  });

  test("while the provider is out of reach nothing is sold to them, and the rest is done in the background", async () => {
    const { providerCustomerId } = await begin();
    let outage = true;
    const { erase } = customersOf(world.provider);
    const unreachable = async (id: string) => {
      if (outage) throw new BillingError("provider_unavailable", "Out of reach.");
      await erase?.(id);
    };
    const provider = withParts(world.provider, { customers: { erase: unreachable } });
    const billing = world.instance({ provider });
    expect(await remove(billing)).toMatchObject({ outcome: "running" });
    expect(await remove(billing)).toMatchObject({ outcome: "running" });
    const body = { productId: "credits" };
    expect(await world.call("POST", "/checkout", { as: user, body })).toMatchObject({
      status: 409,
      body: { error: { code: "customer_missing" } },
    });
    outage = false;
    world.tick(600);
    await store.enqueueJobs([{ type: "delete_customers" }]);
    await workOff(billing);
    expect(await world.dashboard.customers.retrieve(providerCustomerId)).toMatchObject({ deleted: true });
    expect(toldOf(user)).toMatchObject([{ customerId: user, ended: [{}] }]);
    expect(await refundedTo(providerCustomerId)).toBe(paid);
  });

  test("whoever comes back under the same id is somebody new", async () => {
    const { providerCustomerId } = await begin();
    await remove();
    const again = await begin();
    expect(again.providerCustomerId).not.toBe(providerCustomerId);
    expect(await planOf(world, user)).toBe("starter");
    expect(await remove()).toMatchObject({ ended: [{ subscriptionId: again.subscriptionId }] });
    expect(await planOf(world, user)).toBe("free");
  });

  test("deleted in the provider's dashboard: what they had ends, and the app is told once", async () => {
    const { providerCustomerId } = await begin();
    await world.dashboard.customers.del(providerCustomerId);
    await deliverAll(user);
    await deliverAll(user);
    expect(toldOf(user)).toEqual([{ customerId: user, by: "provider", ended: [], reference: null }]);
    expect(await planOf(world, user)).toBe("free");
    // What is stored is still theirs, and goes when the app says so.
    expect(await remove()).toMatchObject({ outcome: "done", providers: [{ outcome: "deleted" }] });
    expect(await store.listSubscriptions(user)).toEqual([]);
  });

  test("a crash at any step is made up for", async () => {
    const counting = createMortal({ store, provider: world.provider }, null);
    await begin();
    await remove(world.instance({ store: counting.store, provider: counting.provider }));
    const steps = counting.calls();
    const stride = process.env.TOLLGATE_CRASHES === "all" ? 1 : 6;
    for (let at = 1; at <= steps; at += stride) {
      user = newUser();
      const { providerCustomerId, subscriptionId } = await begin();
      const when = at % 2 === 0 ? "before" : "after";
      const mortal = createMortal({ store, provider: world.provider }, { at, when });
      const dying = world.instance({ store: mortal.store, provider: mortal.provider });
      await remove(dying).catch(() => {});
      const step = `${when} ${at} of ${steps}`;
      if (
        (await store.listUnfinishedDeletions({ startedBefore: "2999-01-01T00:00:00.000Z", limit: 1 }))
          .length === 0
      )
        await remove();
      world.tick(600);
      await store.enqueueJobs([{ type: "delete_customers" }]);
      await workOff();
      expect(await refundedTo(providerCustomerId), step).toBe(paid);
      expect(await runningOf(providerCustomerId), step).toBe(0);
      expect(await world.dashboard.customers.retrieve(providerCustomerId), step).toMatchObject({
        deleted: true,
      });
      expect(await store.listAccounts(user), step).toEqual([]);
      expect(toldOf(user), step).toMatchObject([{ customerId: user, ended: [{ subscriptionId }] }]);
    }
  }, 60_000);
});
