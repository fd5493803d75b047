import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Job, JobFailure, JobHandlers, JobSchedule, Store } from "@tollgate/core";
import { buildBrokenJob, buildCallback, putCallbacks } from "@tollgate/core/testing";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh-database.js";
import { deadJobQueue, jobQueue } from "../stores/jobs/job-queue.js";
import { createPostgresDriver } from "../stores/postgres/postgres-driver.js";
import { createSqlStore } from "../stores/store/sql-store.js";
import { runWorkPass, startWork } from "./worker.js";

const timing = {
  retryDelaySeconds: 0,
  retryBackoff: false,
  retryLimit: 2,
  attemptSeconds: 1,
  jobSeconds: 1,
  maintenanceMs: 100,
  pollMs: 50,
  stopMs: 200,
};
const patience = { timeout: 15_000, interval: 20 };
const settle: Job = { type: "settle_duplicate", customerId: "org_1", provider: "stripe", group: "main" };

let database: FreshDatabase;
const stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  await open().migrate();
});
beforeEach(async () => {
  await database.pool.query("DELETE FROM tollgate_jobs.job");
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});
afterAll(() => database.drop());

const open = (pool = database.pool) => createSqlStore(createPostgresDriver(pool), timing);
const ignore = () => {};
const start = (store: Store, handlers: JobHandlers, schedule: readonly JobSchedule[]) =>
  startWork({ store, handlers, schedule, tellTurn: ignore });
const pass = (store: Store, handlers: JobHandlers, schedule: readonly JobSchedule[], ms: number) =>
  runWorkPass({ store, handlers, schedule, tellTurn: ignore }, new Date(Date.now() + ms));
const collectGarbage = () => {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
};
const handlersOf = (overrides: Partial<JobHandlers>): JobHandlers => ({
  runCallback: null,
  runJob: async () => {},
  onFailure: () => {},
  ...overrides,
});
const statesIn = async (queue: string) => {
  const { rows } = await database.pool.query<{ state: string }>(
    "SELECT state FROM tollgate_jobs.job WHERE name = $1",
    [queue],
  );
  return rows.map(({ state }) => state);
};

it("runs a job after the commit, as it was enqueued, and never one of a command that failed", async () => {
  const ran: Job[] = [];
  stops.push(await start(open(), handlersOf({ runJob: async (job) => void ran.push(job) }), []));
  const broken = [{ type: "reconcile" } as const, buildBrokenJob("it failed on the way")];
  await expect(open().enqueueJobs(broken)).rejects.toThrow("it failed on the way");
  await open().enqueueJobs([settle]);
  await vi.waitFor(() => expect(ran).toEqual([settle]), patience);
  await vi.waitFor(async () => expect(await statesIn(jobQueue)).toEqual(["completed"]), patience);
});

it("retries a job that throws, then puts it aside and says so", async () => {
  const failures: JobFailure[] = [];
  const runJob = vi.fn(async () => {
    throw new TypeError("out of luck with sk_live_abcdef123456");
  });
  await open().enqueueJobs([settle]);
  stops.push(await start(open(), handlersOf({ runJob, onFailure: (one) => failures.push(one) }), []));
  await vi.waitFor(() => expect(failures).toHaveLength(3), patience);
  expect(failures.map(({ type, attempts, final }) => [type, attempts, final])).toEqual([
    ["settle_duplicate", 1, false],
    ["settle_duplicate", 2, false],
    ["settle_duplicate", 3, true],
  ]);
  const { rows } = await database.pool.query("SELECT data, output FROM tollgate_jobs.job WHERE name = $1", [
    deadJobQueue,
  ]);
  expect(rows).toMatchObject([{ data: settle, output: { name: "TypeError" } }]);
  expect(JSON.stringify(rows)).not.toContain("abcdef123456");
});

it("gives up on a job that never returns, after telling it that its time is up", async () => {
  const failures: JobFailure[] = [];
  const told: boolean[] = [];
  const runJob = (_: Job, signal: AbortSignal) => {
    const never = new Promise<void>(() => signal.addEventListener("abort", () => told.push(true)));
    // Nobody but the engine holds the signal now.
    setImmediate(collectGarbage);
    return never;
  };
  await open().enqueueJobs([settle]);
  stops.push(await start(open(), handlersOf({ runJob, onFailure: (one) => failures.push(one) }), []));
  await vi.waitFor(() => expect(failures.length).toBeGreaterThan(0), patience);
  expect(failures[0]).toMatchObject({ error: { message: "The job took more than 1 s." } });
  expect(told).not.toEqual([]);
});

it("runs a job again when its process died in the middle", async () => {
  await open().enqueueJobs([settle]);
  await database.pool.query(
    "UPDATE tollgate_jobs.job SET state = 'active', started_on = now(), expire_in = interval '1 second'",
  );
  const ran: Job[] = [];
  stops.push(await start(open(), handlersOf({ runJob: async (job) => void ran.push(job) }), []));
  await vi.waitFor(() => expect(ran).toEqual([settle]), patience);
});

it("does what the schedule asks for once per period, however many instances there are", async () => {
  const ran: Job[] = [];
  const handlers = handlersOf({ runJob: async (job) => void ran.push(job) });
  // Long enough that the test does not run past the end of one.
  const schedule = [
    { type: "prune", everySeconds: 7 * 24 * 3600 },
    { type: "reconcile", everySeconds: 7 * 24 * 3600 },
  ] as const;
  for (let instance = 0; instance < 3; instance += 1) stops.push(await start(open(), handlers, schedule));
  await vi.waitFor(() => expect(ran).toHaveLength(2), patience);
  const reports = await Promise.all([1, 2, 3].map(() => pass(open(), handlers, schedule, 5_000)));
  expect(reports).toMatchObject(Array(3).fill({ jobs: 0, failed: 0, done: true }));
  expect(ran.map(({ type }) => type).sort()).toEqual(["prune", "reconcile"]);
});

it("leaves no rejection unhandled when the database goes away, even in the middle of a callback", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const pool = new pg.Pool({ connectionString: database.url, max: 3 });
  const store = open(pool);
  let finish: (() => void) | undefined;
  const ran = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  const stop = await start(store, handlersOf({ runCallback: ran }), [{ type: "prune", everySeconds: 60 }]);
  await putCallbacks(store, [buildCallback("cut-off"), buildCallback("next")]);
  await vi.waitFor(() => expect(finish).toBeDefined(), patience);
  await pool.end();
  finish?.();
  await expect(pass(store, handlersOf({}), [], 1_000)).rejects.toMatchObject({
    code: "store_unavailable",
  });
  await stop();
  await store.close();
  process.off("unhandledRejection", listen);
  expect(unhandled).toEqual([]);
  // Somebody else continues where it broke off: what had not been recorded runs again.
  const ranLater: string[] = [];
  const runCallback = async ({ id }: { readonly id: string }) => void ranLater.push(id);
  stops.push(await start(open(), handlersOf({ runCallback }), []));
  await vi.waitFor(() => expect(ranLater).toEqual(["cut-off", "next"]), patience);
});

it("is not done with a pass while there is a callback that a job left at its end, whenever that was", async () => {
  const store = open();
  let end = ignore;
  let ended = ignore;
  const isOver = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let asked = 0;
  const ran: string[] = [];
  await store.enqueueJobs([settle]);
  const report = await runWorkPass(
    {
      schedule: [],
      tellTurn: (loop) => loop === "job_results" && ended(),
      store: {
        ...store,
        // The job ends when there were no callbacks, and before it is asked for more jobs.
        async takeJobs(options) {
          asked += 1;
          if (asked === 2) await Promise.resolve(end()).then(() => isOver);
          return store.takeJobs(options);
        },
      },
      handlers: handlersOf({
        runCallback: async ({ id }) => void ran.push(id),
        async runJob() {
          await new Promise<void>((resolve) => {
            end = resolve;
          });
          await putCallbacks(store, [buildCallback("left-by-a-job")]);
        },
      }),
    },
    new Date(Date.now() + 10_000),
  );
  expect(ran).toEqual(["left-by-a-job"]);
  expect(report).toMatchObject({ callbacks: 1, jobs: 1, done: true });
});
