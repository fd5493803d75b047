import type { Callback, JobFailure } from "@tollgate/core";
import { buildCallback, buildSubscription, putCallbacks } from "@tollgate/core/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh-database.js";
import { enqueueCallbacks } from "../stores/outbox/insert-callbacks.js";
import { createPostgresDriver } from "../stores/postgres/postgres-driver.js";
import { createSqlStore } from "../stores/store/sql-store.js";
import { startWork } from "./worker.js";

const timing = {
  retryDelaySeconds: 0,
  retryBackoff: false,
  retryLimit: 2,
  attemptSeconds: 1,
  maintenanceMs: 100,
  pollMs: 50,
  stopMs: 200,
};
const patience = { timeout: 15_000, interval: 20 };

let database: FreshDatabase;
const stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  await open().migrate();
});
beforeEach(async () => {
  await database.pool.query("DELETE FROM tollgate.callbacks");
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});
afterAll(() => database.drop());

const open = (overrides: Partial<typeof timing> = {}) =>
  createSqlStore(createPostgresDriver(database.pool), { ...timing, ...overrides });

const of = (customerId: string, id: string) => buildCallback(id, buildSubscription({ customerId }));
const enqueue = (...callbacks: readonly Callback[]) => putCallbacks(open(), callbacks);

/** An instance of the app that runs callbacks; returns its failures. */
async function start(
  runCallback: (callback: Callback) => Promise<void>,
  overrides: Partial<typeof timing> = {},
): Promise<JobFailure[]> {
  const failures: JobFailure[] = [];
  const handlers = {
    runCallback,
    runJob: async () => {},
    onFailure: (one: JobFailure) => failures.push(one),
  };
  stops.push(await startWork({ store: open(overrides), handlers, schedule: [], tellTurn: () => {} }));
  return failures;
}

const rowOf = async (id: string) => {
  const { callbacks } = await open().listCallbacks({ limit: 200 });
  return callbacks.find((one) => one.id === id);
};
/** Customers who are held. */
const leases = async () => (await database.pool.query("SELECT FROM tollgate.callback_leases")).rowCount;

describe("callbacks", () => {
  it("run well under a second after the commit", async () => {
    const store = createSqlStore(createPostgresDriver(database.pool));
    const ran = vi.fn(async () => {});
    const handlers = { runCallback: ran, runJob: async () => {}, onFailure: () => {} };
    stops.push(await startWork({ store, handlers, schedule: [], tellTurn: () => {} }));
    await putCallbacks(store, [buildCallback("first")]);
    await vi.waitFor(() => expect(ran).toHaveBeenCalledTimes(1), { interval: 5 });
    const committed = Date.now();
    await putCallbacks(store, [buildCallback("prompt")]);
    await vi.waitFor(() => expect(ran).toHaveBeenCalledTimes(2), { interval: 5 });
    expect(Date.now() - committed).toBeLessThan(400);
  });

  it("of one customer wait for the one that fails, in order; another customer's continue", async () => {
    const ran: string[] = [];
    let failures = 5;
    await start(
      async ({ id }) => {
        ran.push(id);
        if (id === "a1" && failures-- > 0) throw new Error("not yet");
      },
      { retryLimit: 15, retryDelaySeconds: 1 },
    );
    await enqueue(of("ada", "a1"), of("ada", "a2"), of("bob", "b1"));
    await vi.waitFor(() => expect(ran).toContain("b1"), patience);
    await enqueue(of("ada", "a3"), of("bob", "b2"));
    await vi.waitFor(() => expect(ran).toContain("b2"), patience);
    expect(ran).not.toContain("a2");
    await vi.waitFor(() => expect(ran).toContain("a3"), patience);
    expect(ran.filter((id) => id.startsWith("a"))).toEqual([...Array(6).fill("a1"), "a2", "a3"]);
    expect(await rowOf("a1")).toMatchObject({ state: "delivered", attempts: 6 });
    await vi.waitFor(async () => expect(await leases()).toBe(0), patience);
  });

  it("are put aside, with the reason, when they failed at every attempt, and the rest continues", async () => {
    const ran: string[] = [];
    const failures = await start(async ({ id }) => {
      ran.push(id);
      if (id === "hopeless") throw new TypeError(`no such mailbox ${"x".repeat(1000)}`);
    });
    await enqueue(of("ada", "hopeless"), of("ada", "next"));
    await vi.waitFor(() => expect(ran).toEqual(["hopeless", "hopeless", "hopeless", "next"]), patience);
    expect(failures.map(({ attempts, final }) => [attempts, final])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    const row = await rowOf("hopeless");
    expect(row).toMatchObject({ state: "dead", attempts: 3, lastError: { name: "TypeError" } });
    expect(row?.lastError?.message).toHaveLength(500);
    expect(row?.finishedAt).not.toBeNull();
  });

  it("that are dead or delivered run again when they are replayed, with all their attempts", async () => {
    const ran: string[] = [];
    let broken = true;
    const failures = await start(async ({ id }) => {
      ran.push(id);
      if (broken) throw new Error("broken");
    });
    await enqueue(of("ada", "replayed"));
    await vi.waitFor(async () => expect((await rowOf("replayed"))?.state).toBe("dead"), patience);
    broken = false;
    expect(await open().replayCallback("replayed")).toBe(true);
    await vi.waitFor(async () => expect((await rowOf("replayed"))?.state).toBe("delivered"), patience);
    expect(await open().replayCallback("replayed")).toBe(true);
    await vi.waitFor(() => expect(ran).toHaveLength(timing.retryLimit + 3), patience);
    expect(failures).toHaveLength(timing.retryLimit + 1);
    expect(await open().replayCallback("missing")).toBe(false);
  });

  it("fail when they never return, and are retried", async () => {
    const attempts = vi.fn((_: Callback) => Promise.resolve());
    attempts.mockReturnValueOnce(new Promise<void>(() => undefined));
    const failures = await start(attempts);
    await enqueue(of("ada", "hanging"), of("ada", "behind"));
    await vi.waitFor(() => expect(attempts).toHaveBeenCalledTimes(3), patience);
    expect(attempts.mock.calls.map(([{ id }]) => id)).toEqual(["hanging", "hanging", "behind"]);
    expect(failures).toMatchObject([{ error: { message: "The callback took more than 1 s." } }]);
  });

  it("are retried after a crash in the middle, once the lease has expired", async () => {
    await enqueue(of("ada", "crashed"), of("ada", "behind"));
    // What a process leaves behind that died while the callback ran.
    await database.pool.query("UPDATE tollgate.callbacks SET attempts = 1 WHERE id = 'crashed'");
    await database.pool.query(
      "INSERT INTO tollgate.callback_leases VALUES ('ada', gen_random_uuid(), now() + interval '2 seconds')",
    );
    const crashedAt = Date.now();
    const ran: { readonly id: string; readonly ms: number }[] = [];
    await start(async ({ id }) => void ran.push({ id, ms: Date.now() - crashedAt }));
    await enqueue(of("ada", "later"), of("bob", "free"));
    await vi.waitFor(
      () => expect(ran.map(({ id }) => id)).toEqual(["free", "crashed", "behind", "later"]),
      patience,
    );
    expect(ran[1]?.ms).toBeGreaterThan(1_500);
    expect(await rowOf("crashed")).toMatchObject({ state: "delivered", attempts: 2 });
  });

  it("whose last attempt ended with the process are put aside, not run for ever", async () => {
    await enqueue(of("ada", "killer"), of("ada", "behind"));
    await database.pool.query("UPDATE tollgate.callbacks SET attempts = 3 WHERE id = 'killer'");
    const ran: string[] = [];
    const failures = await start(async ({ id }) => void ran.push(id));
    await vi.waitFor(() => expect(ran).toEqual(["behind"]), patience);
    expect(await rowOf("killer")).toMatchObject({ state: "dead" });
    expect(failures).toMatchObject([{ callbackId: "killer", final: true }]);
  });

  it("that an earlier release added run as well: it leaves the place in the row to the table's defaults", async () => {
    await database.pool.query(
      "INSERT INTO tollgate.callbacks (id, customer_id, type, data) VALUES ($1, 'ada', $2, $3::jsonb)",
      ["older", "subscription.activated", JSON.stringify(of("ada", "older").data)],
    );
    await enqueue(of("ada", "newer"));
    const ran: string[] = [];
    await start(async ({ id }) => void ran.push(id));
    await vi.waitFor(() => expect(ran).toEqual(["older", "newer"]), patience);
  });

  it("that wait far behind, or behind one that is not due, cost those nothing who look for what is due", async () => {
    const store = open();
    const all = Array.from({ length: 40 }, (_, index) => of("ada", `row_${String(index).padStart(2, "0")}`));
    await store.hearCallbacks(["subscription.activated"]);
    for (const callback of all) await enqueue(callback);
    const due = async () => {
      const text = "SELECT FROM tollgate.callbacks WHERE state = 'waiting' AND next_attempt_at <= now()";
      return (await database.pool.query(text)).rowCount;
    };
    expect(await due()).toBe(10);
    const options = { types: ["subscription.activated"], limit: 20, leaseSeconds: 60 };
    const [taken] = await store.takeCallbacks(options);
    if (taken === undefined) throw new Error("It was not handed out.");
    const error = { name: "Error", message: "not now" };
    await store.endCallbacks([{ taken, end: { kind: "failed", error, retryInSeconds: 3600 } }]);
    await store.hearCallbacks(["subscription.activated"]);
    expect(await due()).toBe(0);
    // Once it is through, the others follow without waiting for their time.
    await store.replayCallback(taken.callback.id);
    const ran: string[] = [];
    await start(async ({ id }) => void ran.push(id));
    await vi.waitFor(() => expect(ran).toEqual(all.map(({ id }) => id)), patience);
  });

  it("are added once, however often the same one is added", async () => {
    const ran: string[] = [];
    await enqueue(of("ada", "same"));
    await enqueue(of("ada", "same"), of("ada", "other"));
    await start(async ({ id }) => void ran.push(id));
    await vi.waitFor(() => expect(ran).toEqual(["same", "other"]), patience);
    await enqueue(of("ada", "same"), of("ada", "last"));
    await vi.waitFor(() => expect(ran).toEqual(["same", "other", "last"]), patience);
  });

  it("run once each, in order and never two of a customer at once, shared among several instances", async () => {
    const customers = Array.from({ length: 8 }, (_, index) => `shared_${index}`);
    const sent = new Map<string, string[]>(customers.map((customer) => [customer, []]));
    const ran = new Map<string, string[]>(customers.map((customer) => [customer, []]));
    const busy = new Set<string>();
    const overlaps: string[] = [];
    const failedOnce = new Set<string>();
    const deliver = async ({ id, data: { customerId } }: Callback) => {
      if (busy.has(customerId)) overlaps.push(id);
      busy.add(customerId);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      busy.delete(customerId);
      if (id.endsWith("3") && !failedOnce.has(id)) {
        failedOnce.add(id);
        throw new Error("once");
      }
      ran.get(customerId)?.push(id);
    };
    await Promise.all([start(deliver), start(deliver), start(deliver)]);
    await Promise.all(
      customers.map(async (customer) => {
        for (let index = 0; index < 15; index += 1) {
          const id = `${customer}_${index}`;
          sent.get(customer)?.push(id);
          await enqueue(of(customer, id));
        }
      }),
    );
    await vi.waitFor(() => expect([...ran.values()].flat()).toHaveLength(120), patience);
    expect(overlaps).toEqual([]);
    expect(Object.fromEntries(ran)).toEqual(Object.fromEntries(sent));
    await vi.waitFor(async () => expect(await leases()).toBe(0), patience);
  });

  it("are numbered in the order in which their transactions end", async () => {
    let finishFirst: (() => void) | undefined;
    const first = createPostgresDriver(database.pool).transaction(async (tx) => {
      await enqueueCallbacks(tx, [of("ada", "first")]);
      await new Promise<void>((resolve) => {
        finishFirst = resolve;
      });
    });
    await vi.waitFor(() => expect(finishFirst).toBeDefined());
    const ran: string[] = [];
    await start(async ({ id }) => void ran.push(id));
    const blocked = `SELECT count(*)::integer AS count FROM pg_locks JOIN pg_database ON oid = database
      WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`;
    const second = enqueue(of("ada", "second"));
    await vi.waitFor(async () => expect((await database.pool.query(blocked)).rows).toEqual([{ count: 1 }]));
    finishFirst?.();
    await Promise.all([first, second]);
    await vi.waitFor(() => expect(ran).toEqual(["first", "second"]), patience);
  });

  it("run twenty customers' at once in a process, and what it holds besides is given back when it stops", async () => {
    const ran = new Set<string>();
    let quick = true;
    let running = 0;
    let most = 0;
    const store = open({ attemptSeconds: 60 });
    const runCallback = async ({ id }: Callback) => {
      running += 1;
      most = Math.max(most, running);
      // Many have ended at once, so that more than twenty are asked for; then they hang.
      if (!quick) await new Promise(() => undefined);
      ran.add(id);
      running -= 1;
    };
    const handlers = { runCallback, runJob: async () => {}, onFailure: () => {} };
    const stop = await startWork({ store, handlers, schedule: [], tellTurn: () => {} });
    const all = (name: string) =>
      Array.from({ length: 60 }, (_, index) => of(`${name}_${index}`, `${name}_${index}`));
    await putCallbacks(store, all("quick"));
    await vi.waitFor(() => expect(ran.size).toBe(60), patience);
    quick = false;
    await putCallbacks(store, all("slow"));
    await vi.waitFor(async () => expect(await leases()).toBeGreaterThan(20), patience);
    expect(running).toBe(20);
    await stop();
    expect(await leases()).toBe(0);
    const { callbacks } = await store.listCallbacks({ state: "waiting", limit: 200 });
    expect(callbacks.filter(({ attempts }) => attempts === 1)).toHaveLength(20);
    expect(callbacks.filter(({ attempts }) => attempts === 0)).toHaveLength(40);
    expect(most).toBe(20);
  });

  it("whose end can't be recorded at first don't keep their customer waiting until the lease expires", async () => {
    const real = open({ attemptSeconds: 60 });
    let failures = 2;
    const store: typeof real = {
      ...real,
      async endCallbacks(ended) {
        failures -= 1;
        // Once before, once after it was written.
        if (failures === 0) await real.endCallbacks(ended);
        if (failures >= 0) throw new Error("Connection terminated unexpectedly");
        return real.endCallbacks(ended);
      },
    };
    const ran: string[] = [];
    const runCallback = async ({ id }: Callback) => void ran.push(id);
    const handlers = { runCallback, runJob: async () => {}, onFailure: () => {} };
    stops.push(await startWork({ store, handlers, schedule: [], tellTurn: () => {} }));
    await enqueue(of("ada", "first"), of("ada", "second"));
    await vi.waitFor(() => expect(ran).toEqual(["first", "second"]), patience);
    expect(await rowOf("first")).toMatchObject({ state: "delivered", attempts: 1 });
  });

  it("that are running when the process stops are released at once, and stopping takes only a moment", async () => {
    const store = open();
    let started = false;
    const hang = () => {
      started = true;
      return new Promise<void>(() => undefined);
    };
    const handlers = { runCallback: hang, runJob: async () => {}, onFailure: () => {} };
    const stop = await startWork({ store, handlers, schedule: [], tellTurn: () => {} });
    await putCallbacks(store, [of("ada", "endless")]);
    await vi.waitFor(() => expect(started).toBe(true));
    const asked = Date.now();
    await stop();
    await store.close();
    expect(Date.now() - asked).toBeLessThan(timing.attemptSeconds * 1000);
    expect(await leases()).toBe(0);
    const ran: string[] = [];
    await start(async ({ id }) => void ran.push(id));
    await vi.waitFor(() => expect(ran).toEqual(["endless"]), patience);
  });
});
