import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { SqlDriver } from "../src/stores/driver/sql-driver.js";
import { describeEachStore } from "./each-store.js";
import { eventOf, planOf, setCancel, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

// Waiting ends with what is waited for; a machine that is busy with other tests may take its time.
const patience = { timeout: 50_000 };

describeEachStore("the app's callbacks", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let failCommits = 0;
  const ran: { readonly type: string; readonly customerId: string; readonly id: string }[] = [];
  const failuresLeft = new Map<string, number>();
  /** What the last attempt that fails waits for, so that no test depends on how fast attempts follow each other. */
  let lastFailure: Promise<void> = Promise.resolve();
  const note =
    (type: string) =>
    async ({ customerId }: { readonly customerId: string }, { id }: { readonly id: string }) => {
      ran.push({ type, customerId, id });
      const left = failuresLeft.get(customerId) ?? 0;
      failuresLeft.set(customerId, left - 1);
      if (left === 1) await lastFailure;
      if (left > 0) throw new Error("The mail server, reached with sk_live_abc123, is down.");
    };
  const on = {
    "subscription.activated": note("activated"),
    "subscription.cancel_scheduled": note("cancel_scheduled"),
  };
  const typesOf = (customerId: string) =>
    ran.filter((one) => one.customerId === customerId).map(({ type }) => type);

  /** Fails once everything is written and nothing is committed. */
  const mortal = (driver: SqlDriver): SqlDriver => ({
    ...driver,
    transaction: (work) =>
      driver.transaction(async (tx) => {
        const result = await work(tx);
        failCommits -= 1;
        if (failCommits >= 0) throw new Error("The disk is full.");
        return result;
      }),
  });

  beforeAll(async () => {
    store = createStore(mortal);
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    failCommits = 0;
    world.tick(60);
  });

  test("that fail five times and then succeed keep only their own customer waiting, in order", async () => {
    const other = newUser();
    failuresLeft.set(user, 5);
    let letFail = () => {};
    lastFailure = new Promise((resolve) => {
      letFail = resolve;
    });
    const { activated, subscriptionId } = await subscribe(world, user);
    expect((await world.deliver(activated)).status).toBe(200);
    world.tick();
    expect((await world.deliver(await setCancel(world, user, subscriptionId, true))).status).toBe(200);
    expect((await world.deliver((await subscribe(world, other)).activated)).status).toBe(200);
    await vi.waitFor(() => expect(typesOf(other)).toEqual(["activated"]), patience);
    expect(typesOf(user)).not.toContain("cancel_scheduled");
    letFail();
    const expected = [...Array(6).fill("activated"), "cancel_scheduled"];
    await vi.waitFor(() => expect(typesOf(user)).toEqual(expected), patience);
    expect(new Set(ran.filter((one) => one.customerId === user).map(({ id }) => id)).size).toBe(2);
    const failures = world.logged.filter(({ level }) => level === "error");
    expect(failures).toHaveLength(5);
    expect(failures[0]).toMatchObject({
      fields: { type: "subscription.activated", attempts: 1, final: false },
    });
    expect(JSON.stringify(failures)).not.toContain("abc123");
    const callbacks = await vi.waitFor(async () => {
      const page = await world.billing.callbacks.list({ customerId: user });
      // A callback is noted as delivered a moment after it ran.
      expect(page.callbacks).toMatchObject([
        { type: "subscription.cancel_scheduled", state: "delivered", attempts: 1, lastError: null },
        { type: "subscription.activated", state: "delivered", attempts: 6, lastError: { name: "Error" } },
      ]);
      return page.callbacks;
    }, patience);
    expect(JSON.stringify(callbacks)).not.toContain("abc123");
  });

  test("never run when the store fails between save and commit, and once when the webhook comes again", async () => {
    const { activated } = await subscribe(world, user);
    failCommits = 1;
    expect((await world.deliver(activated)).status).toBe(500);
    expect(await planOf(world, user)).toBe("free");
    expect((await world.billing.callbacks.list({ customerId: user })).callbacks).toEqual([]);
    expect((await world.deliver(activated)).status).toBe(200);
    await vi.waitFor(() => expect(typesOf(user)).toEqual(["activated"]), patience);
  });

  test("are listed page by page, the latest first, and run again when replayed", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    world.tick();
    await world.deliver(await setCancel(world, user, subscriptionId, true));
    await vi.waitFor(() => expect(typesOf(user)).toEqual(["activated", "cancel_scheduled"]), patience);
    const { list, replay } = world.billing.callbacks;
    const first = await list({ customerId: user, limit: 1 });
    expect(first).toMatchObject({ callbacks: [{ type: "subscription.cancel_scheduled", customerId: user }] });
    const second = await list({ customerId: user, limit: 1, after: first.next ?? "" });
    expect(second).toMatchObject({ callbacks: [{ type: "subscription.activated" }], next: null });
    await replay(second.callbacks[0]?.id ?? "");
    await vi.waitFor(
      () => expect(typesOf(user)).toEqual(["activated", "cancel_scheduled", "activated"]),
      patience,
    );
    await expect(replay("evt_nobody:payment.failed")).rejects.toMatchObject({ code: "callback_not_found" });
    await expect(list({ after: "1; DROP" })).rejects.toMatchObject({ code: "invalid_query" });
    await expect(list({ limit: 0 })).rejects.toMatchObject({ code: "invalid_query" });
  });

  test("are forgotten with the events of their time, but only once they have run", async () => {
    const { activated } = await subscribe(world, user);
    await world.deliver(activated);
    await vi.waitFor(() => expect(typesOf(user)).toEqual(["activated"]), patience);
    const longAgo = "2020-01-01T00:00:00.000Z";
    const bounds = { deadBefore: longAgo, unheardBefore: longAgo, limit: 1000 };
    await vi.waitFor(async () => {
      const { callbacks } = await world.billing.callbacks.list({ customerId: user });
      expect(callbacks).toMatchObject([{ state: "delivered" }]);
    });
    await store.pruneCallbacks({ ...bounds, deliveredBefore: longAgo });
    expect((await world.billing.callbacks.list({ customerId: user })).callbacks).toHaveLength(1);
    await store.pruneCallbacks({ ...bounds, deliveredBefore: new Date(Date.now() + 60_000).toISOString() });
    expect((await world.billing.callbacks.list({ customerId: user })).callbacks).toEqual([]);
  });
});

describeEachStore("where nothing runs in the background", (createStore) => {
  let world: World;
  let user: string;
  let hang = false;
  const ran: string[] = [];
  const activated = ({ customerId }: { readonly customerId: string }) => {
    ran.push(customerId);
    return hang ? new Promise<void>(() => undefined) : undefined;
  };

  beforeAll(async () => {
    world = await openWorld({
      store: createStore(),
      jobs: "manual",
      on: { "subscription.activated": activated },
    });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    hang = false;
    world.tick(60);
  });
  const activate = async () => {
    await subscribe(world, user);
    await world.deliver(eventOf(world, user, "customer.subscription.created"));
  };

  test("callbacks run when runJobs is called, once, however many call at once", async () => {
    await activate();
    const reports = await Promise.all(Array.from({ length: 4 }, () => world.billing.runJobs()));
    expect(ran.filter((one) => one === user)).toEqual([user]);
    expect(reports.reduce((sum, { callbacks }) => sum + callbacks, 0)).toBe(1);
    expect(reports.every(({ failed, done }) => failed === 0 && done)).toBe(true);
    expect(await world.billing.runJobs()).toMatchObject({ callbacks: 0, failed: 0, done: true });
  });

  test("runJobs returns in time from a callback that never returns, and the callback is tried again", async () => {
    await activate();
    hang = true;
    const asked = Date.now();
    expect(await world.billing.runJobs({ maxSeconds: 2 })).toMatchObject({ callbacks: 0, done: false });
    expect(Date.now() - asked).toBeLessThan(4_000);
    hang = false;
    await vi.waitFor(async () => {
      expect(await world.billing.runJobs({ maxSeconds: 2 })).toMatchObject({ callbacks: 1 });
    }, patience);
    expect(ran.filter((one) => one === user)).toEqual([user, user]);
  });

  test("a callback that this release lacks is left to one that has it, without an attempt", async () => {
    await activate();
    const older = world.instance({ on: { "payment.failed": () => {} } });
    expect(await older.runJobs()).toMatchObject({ callbacks: 0, failed: 0 });
    await vi.waitFor(async () => {
      await world.billing.runJobs();
      expect(ran).toContain(user);
    }, patience);
  });

  test("an instance without callbacks leaves them to others", async () => {
    await activate();
    const bare = world.instance({ on: {} });
    expect(await bare.runJobs()).toMatchObject({ callbacks: 0, failed: 0, done: true });
    expect(await world.billing.runJobs()).toMatchObject({ callbacks: 1 });
  });

  test.each([0, -1, 901, Number.NaN])("refuses to run for %d seconds", async (maxSeconds) => {
    await expect(world.billing.runJobs({ maxSeconds })).rejects.toMatchObject({ code: "invalid_options" });
  });
});
