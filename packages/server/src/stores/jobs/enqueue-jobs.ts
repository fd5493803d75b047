import type { Job } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { CallbackTiming } from "./callback-timing.js";
import { insertJobs } from "./job-engine.js";

export const jobQueue = "jobs";
/** Where jobs that failed at every attempt go. */
export const deadJobQueue = "jobs_dead";

/** Enqueues jobs within the transaction. */
export async function enqueueJobs(
  engine: PgBoss,
  tx: SqlRunner,
  jobs: readonly Job[],
  timing: CallbackTiming,
): Promise<void> {
  const options = { ...jobOptions(timing), retryLimit: timing.retryLimit };
  await insertJobs(
    engine,
    tx,
    jobs.map((data) => ({ name: jobQueue, data, ...options })),
  );
}

/** What every job has in common. */
export function jobOptions(timing: CallbackTiming) {
  return {
    retryDelay: timing.retryDelaySeconds,
    retryBackoff: timing.retryBackoff,
    expireInSeconds: timing.jobSeconds,
    deadLetter: deadJobQueue,
  };
}
