import type { Callback } from "@tollgate/core";
import { buildCallback } from "@tollgate/core/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import { createPostgresDriver } from "../postgres-driver.js";
import { createSqlStore } from "../sql-store.js";
import { callbackTiming } from "./callback-timing.js";

const timing = {
  ...callbackTiming,
  retryDelaySeconds: 0,
  retryBackoff: false,
  retryLimit: 2,
  attemptSeconds: 1,
  maintenanceMs: 100,
  pollMs: 100,
};

let database: FreshDatabase;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  database = await freshDatabase();
  await open().migrate();
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
});
afterAll(() => database.drop());

const open = () => createSqlStore(createPostgresDriver(database.pool), timing);
const enqueue = (callback: Callback) => open().transaction((tx) => tx.enqueueCallbacks([callback]));
const jobsIn = async (queue: string, callback: Callback) =>
  (
    await database.pool.query<{ state: string; data: Callback }>(
      "SELECT state, data FROM tollgate_jobs.job WHERE name = $1 AND data->>'id' = $2",
      [queue, callback.id],
    )
  ).rows;

describe("callbacks", () => {
  it("run well under a second after the commit", async () => {
    const store = createSqlStore(createPostgresDriver(database.pool));
    const ran = vi.fn(async () => {});
    stop = await store.deliverCallbacks(ran);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const committed = Date.now();
    await store.transaction((tx) => tx.enqueueCallbacks([buildCallback("prompt")]));
    await vi.waitFor(() => expect(ran).toHaveBeenCalled(), { interval: 5 });
    expect(Date.now() - committed).toBeLessThan(400);
  });

  it("are put aside whole, with the reason, when they failed at every attempt", async () => {
    const callback = buildCallback("hopeless");
    const attempts = vi.fn(async () => {
      throw new TypeError("no such mailbox");
    });
    await enqueue(callback);
    stop = await open().deliverCallbacks(attempts);
    await vi.waitFor(async () => expect(await jobsIn("callbacks_dead", callback)).toHaveLength(1), 10_000);
    expect(attempts).toHaveBeenCalledTimes(1 + timing.retryLimit);
    expect(await jobsIn("callbacks_dead", callback)).toEqual([{ state: "created", data: callback }]);
    const { rows } = await database.pool.query(
      "SELECT output FROM tollgate_jobs.job WHERE name = 'callbacks_dead' AND data->>'id' = $1",
      [callback.id],
    );
    expect(rows).toEqual([{ output: { name: "TypeError", message: "no such mailbox" } }]);
  });

  it("are tried again when an attempt never ends", async () => {
    const callback = buildCallback("hanging");
    const attempts = vi.fn((_: Callback) => Promise.resolve());
    attempts.mockReturnValueOnce(new Promise<void>(() => undefined));
    await enqueue(callback);
    stop = await open().deliverCallbacks(attempts);
    await vi.waitFor(() => expect(attempts).toHaveBeenCalledTimes(2), 10_000);
  });

  it("are tried again after a crash in the middle of an attempt", async () => {
    const callback = buildCallback("crashed");
    await enqueue(callback);
    // What a process that died while the callback ran leaves behind.
    await database.pool.query(
      "UPDATE tollgate_jobs.job SET state = 'active', started_on = now() WHERE data->>'id' = $1",
      [callback.id],
    );
    const delivered = vi.fn(async (_: Callback) => {});
    stop = await open().deliverCallbacks(delivered);
    await vi.waitFor(() => expect(delivered).toHaveBeenCalledWith(callback), 10_000);
  });

  it("run once each, shared by several instances", async () => {
    const callbacks = Array.from({ length: 60 }, (_, index) => buildCallback(`shared-${index}`));
    const ran: string[] = [];
    const deliver = async ({ id }: Callback) => {
      ran.push(id);
    };
    const stops = await Promise.all([open().deliverCallbacks(deliver), open().deliverCallbacks(deliver)]);
    await open().transaction((tx) => tx.enqueueCallbacks(callbacks));
    await vi.waitFor(() => expect(ran.length).toBeGreaterThanOrEqual(60), 10_000);
    await Promise.all(stops.map((one) => one()));
    expect([...ran].sort()).toEqual(callbacks.map(({ id }) => id).sort());
  });

  it("stop quickly, also while one hangs", async () => {
    const store = createSqlStore(createPostgresDriver(database.pool), { ...timing, stopMs: 200 });
    let started = false;
    await store.deliverCallbacks(() => {
      started = true;
      return new Promise(() => undefined);
    });
    await store.transaction((tx) => tx.enqueueCallbacks([buildCallback("endless")]));
    await vi.waitFor(() => expect(started).toBe(true));
    const asked = Date.now();
    await store.close();
    expect(Date.now() - asked).toBeLessThan(1_000);
  });
});
