import type { CallbackHandlers, CallbackType, Store } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Billing } from "../src/index.js";
import { createPostgresDriver } from "../src/stores/postgres/postgres-driver.js";
import { createSqlStore } from "../src/stores/store/sql-store.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { recordCallbacks } from "./record-callbacks.js";
import { setCancel, subscribe } from "./subscriber.js";
import { watchDriver } from "./watch-driver.js";
import { newUser, openWorld, type World } from "./world.js";

const timing = {
  pollMs: 50,
  maintenanceMs: 300,
  retryDelaySeconds: 1,
  retryBackoff: false,
};
// Waiting ends with what is waited for; a machine that is busy with other tests may take its time.
const patience = { timeout: 50_000 };
const patient = { timeoutSeconds: 50 };

describe("callbacks that instances have different functions for", () => {
  let database: FreshDatabase;
  let store: Store;
  let world: World;
  const watch = watchDriver();
  const open: Billing<ExampleCatalog>[] = [];

  const createStore = (wrap = watchDriver().wrap, pace = timing) =>
    createSqlStore(wrap(createPostgresDriver(database.pool)), pace);

  beforeAll(async () => {
    database = await freshDatabase();
    store = createStore(watch.wrap);
    // Receives, and listens to nothing.
    world = await openWorld({ store, jobs: "manual" });
  });
  afterAll(async () => {
    await world.close();
    await database.drop();
  });

  /** Another instance, which listens to these in the background. */
  async function start({ on }: { readonly on: CallbackHandlers }, pace = timing) {
    const own = createStore(undefined, pace);
    const billing = world.instance({ store: own, on, jobs: "background" });
    open.push(billing);
    await billing.callbacks.list();
    return billing;
  }

  afterEach(async () => {
    for (const billing of open.splice(0)) await billing.close();
    await database.pool.query("DELETE FROM tollgate.callback_types");
    await database.pool.query("DELETE FROM tollgate.callbacks");
  });

  /** A new user's subscription begins, and its end is scheduled; both are delivered to an instance. */
  async function live(user: string, billing: Billing<ExampleCatalog> = world.billing): Promise<void> {
    const { activated, subscriptionId } = await subscribe(world, user);
    expect((await world.deliver(activated, { billing: billing })).status).toBe(200);
    world.tick(5);
    const cancelled = await setCancel(world, user, subscriptionId, true);
    expect((await world.deliver(cancelled, { billing: billing })).status).toBe(200);
  }

  const statesOf = async (user: string) => {
    const { callbacks } = await store.listCallbacks({ customerId: user, limit: 50 });
    return callbacks.map(({ type, state }) => `${type} ${state}`).reverse();
  };

  test("are kept by one that listens to nothing, for one that comes later", async () => {
    const user = newUser();
    await live(user);
    expect(await statesOf(user)).toEqual([
      "subscription.activated unheard",
      "subscription.cancel_scheduled unheard",
    ]);
    const callbacks = recordCallbacks("subscription.activated", "subscription.cancel_scheduled");
    await start(callbacks);
    await callbacks.expectCalls(user, ["subscription.activated", "subscription.cancel_scheduled"]);
  });

  test("cost an app that listens to nothing one statement, as an event without callbacks does", async () => {
    const user = newUser();
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    let scheduled = false;
    // What is known about the listeners is read along with the first event.
    await vi.waitFor(async () => {
      world.tick(5);
      scheduled = !scheduled;
      const event = await setCancel(world, user, subscriptionId, scheduled);
      watch.start();
      await world.deliver(event);
      expect(watch.count()).toBe(1);
    }, patience);
    expect(await statesOf(user)).toContain("subscription.cancel_scheduled unheard");
  });

  test("that somebody listens to don't wait for anybody's next look at what was kept, whoever receives them", async () => {
    const seldom = { ...timing, maintenanceMs: 600_000 };
    const callbacks = recordCallbacks("subscription.activated", "subscription.cancel_scheduled");
    const listening = await start(callbacks, seldom);
    const receiving = world.instance({ store: createStore(undefined, seldom), jobs: "manual" });
    const users = Array.from({ length: 4 }, newUser);
    for (const [place, user] of users.entries()) await live(user, place < 2 ? listening : receiving);
    for (const user of users) {
      await callbacks.expectCalls(user, ["subscription.activated", "subscription.cancel_scheduled"]);
    }
    await receiving.close();
  });

  test("of a type that only newer instances have are left to them, in order and without a failed attempt", async () => {
    const both: readonly CallbackType[] = ["subscription.activated", "subscription.cancel_scheduled"];
    const ran: string[] = [];
    const note = (who: string) => (type: string) => (data: { readonly customerId: string }) => {
      ran.push(`${data.customerId} ${who} ${type}`);
    };
    const onOf = (who: string, types: readonly CallbackType[]) => ({
      on: Object.fromEntries(types.map((type) => [type, note(who)(type)])),
    });
    const older = await start(onOf("older", both.slice(1)));
    await start(onOf("newer", both.slice(0, 1)));
    const users = Array.from({ length: 6 }, newUser);
    // The older one receives them all, and is woken first.
    for (const user of users) await live(user, older);
    await vi.waitFor(() => expect(ran).toHaveLength(12), patience);
    for (const user of users) {
      expect(ran.filter((one) => one.startsWith(`${user} `))).toEqual([
        `${user} newer subscription.activated`,
        `${user} older subscription.cancel_scheduled`,
      ]);
      const { callbacks } = await store.listCallbacks({ customerId: user, limit: 50 });
      expect(callbacks.map(({ attempts, lastError }) => [attempts, lastError])).toEqual([
        [1, null],
        [1, null],
      ]);
    }
  });

  test("of a type that no instance has any more keep nobody waiting, and health names the type", async () => {
    const user = newUser();
    const late = recordCallbacks("subscription.cancel_scheduled");
    await database.pool.query("INSERT INTO tollgate.callback_types VALUES ('subscription.activated', now())");
    const receiving = await start(late);
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated, { billing: receiving });
    world.tick(5);
    await world.deliver(await setCancel(world, user, subscriptionId, true), { billing: receiving });
    await late.expectCalls(user, []);
    expect(await statesOf(user)).toContain("subscription.activated waiting");
    await database.pool.query(
      "UPDATE tollgate.callback_types SET heard_at = now() - interval '2 hours' WHERE type LIKE '%activated'",
    );
    await late.expectCalls(user, ["subscription.cancel_scheduled"]);
    expect(await statesOf(user)).toEqual([
      "subscription.activated unheard",
      "subscription.cancel_scheduled delivered",
    ]);
    const { status, problems } = await receiving.health(patient);
    expect(status).toBe("degraded");
    expect(problems.join()).toMatch(
      /Callbacks for subscription\.activated .* no instance has had a function/,
    );
  });

  test("of types that no instance ever had are not a problem, and are gone after three days", async () => {
    const user = newUser();
    await live(user);
    const report = await world.billing.health(patient);
    expect(report.status).toBe("ok");
    expect(report.store?.callbacks.unheard).toContainEqual({ type: "subscription.activated", heardAt: null });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    const pruneIn = async (days: number) => {
      // The schedule has it run once an hour, and it may have run just now.
      await database.pool.query("DELETE FROM tollgate_jobs.job");
      await world.instance({ store, jobs: "manual", clock: () => inDays(days) }).runJobs();
    };
    await pruneIn(2.9);
    expect(await statesOf(user)).toHaveLength(2);
    await pruneIn(3.1);
    expect(await statesOf(user)).toEqual([]);
  });
});
