import type { Callback, CallbackOutbox, Job, JobEngine } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { TellTurn } from "../driver/loops.js";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import type { CallbackTiming } from "../jobs/callback-timing.js";
import { enqueueJobs } from "../jobs/enqueue-jobs.js";
import { createJobEngine } from "../jobs/job-engine.js";
import { deleteCallbacks, listCallbacks, reviveCallback } from "../outbox/callback-records.js";
import { insertDrains } from "../outbox/drain-jobs.js";
import { typesOf } from "../outbox/hear-types.js";
import { createHeardTypes } from "../outbox/heard-types.js";
import { enqueueCallbacks } from "../outbox/insert-callbacks.js";
import { type JobWorker, runJobPass, startJobWorker } from "./job-worker.js";
import { takeUpTypes } from "./keep-up.js";

/** What the store does about jobs and callbacks. */
export interface Jobs extends JobEngine, CallbackOutbox {
  /** Within the transaction; afterwards `wake` must be called. */
  enqueueCallbacks(tx: SqlRunner, callbacks: readonly Callback[]): Promise<void>;
  enqueueJobs(tx: SqlRunner, jobs: readonly Job[]): Promise<void>;
  /** `false` only where it is known that no instance runs any of these callbacks. */
  mayBeHeard(callbacks: readonly Callback[]): boolean;
  /** Makes the workers of this process look for work at once. */
  wake(): void;
  close(): Promise<void>;
}

/** Loads the job engine at the first use. */
export function createJobs(sql: SqlDriver, timing: CallbackTiming, tellTurn: TellTurn): Jobs {
  const workers = new Set<JobWorker>();
  const heard = createHeardTypes(sql, tellTurn);
  let loading: Promise<PgBoss> | undefined;
  const loadEngine = () => {
    loading ??= createJobEngine(sql);
    return loading;
  };
  const wake = () => {
    for (const worker of workers) worker.wake();
  };

  return {
    async enqueueCallbacks(tx, callbacks) {
      if (callbacks.length > 0) await enqueueCallbacks(await loadEngine(), tx, callbacks, timing);
    },
    async enqueueJobs(tx, jobs) {
      if (jobs.length > 0) await enqueueJobs(await loadEngine(), tx, jobs, timing);
    },
    wake,
    mayBeHeard: (callbacks) => heard.mayBeHeard(callbacks.map(({ type }) => type)),
    async startJobs(handlers, schedule) {
      const engine = await loadEngine();
      const parts = { engine, sql, timing, handlers };
      heard.add(typesOf(handlers));
      // Before anything is received, so that what arrives is run at once.
      await takeUpTypes(parts);
      const worker = startJobWorker({ ...parts, schedule, tellTurn });
      workers.add(worker);
      return async () => {
        workers.delete(worker);
        await worker.stop();
      };
    },
    async runJobs(handlers, schedule, { until }) {
      heard.add(typesOf(handlers));
      return runJobPass({ engine: await loadEngine(), sql, timing, handlers, schedule, tellTurn }, until);
    },
    listCallbacks: (filter) => listCallbacks(sql, filter),
    async replayCallback(id) {
      const engine = await loadEngine();
      const found = await sql.transaction(async (tx) => {
        const customerId = await reviveCallback(tx, id);
        if (customerId !== null) await insertDrains(engine, tx, [customerId], timing);
        return customerId !== null;
      });
      if (found) wake();
      return found;
    },
    pruneCallbacks: (options) => deleteCallbacks(sql, options),
    async close() {
      await Promise.all([...workers].map((worker) => worker.stop()));
      workers.clear();
    },
  };
}
