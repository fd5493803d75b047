import type { AttemptEnd, Job, JobQueue, JobSchedule, TakenJob } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import { createJobEngine, fetchJobs, insertJobs, toEngineDb } from "./job-engine.js";

export const jobQueue = "jobs";
/** Where jobs that failed at every attempt go. */
export const deadJobQueue = "jobs_dead";

/**
 * What every job has in common: for the engine, which only uses it for a job that was cut off, and for an instance of an
 * earlier release, which leaves all of that to the engine.
 */
const common = {
  retryLimit: 15,
  retryDelay: 2,
  retryBackoff: true,
  expireInSeconds: 990,
  deadLetter: deadJobQueue,
};

/** The queue of jobs, kept by pg-boss. */
export interface EngineQueue extends JobQueue {
  /** Within the transaction. */
  enqueueJobs(tx: SqlRunner, jobs: readonly Job[]): Promise<void>;
}

/** Loads the engine at the first use. */
export function createJobQueue(sql: SqlDriver): EngineQueue {
  let loading: Promise<PgBoss> | undefined;
  const loadEngine = () => {
    loading ??= createJobEngine(sql);
    return loading;
  };
  return {
    async enqueueJobs(tx, jobs) {
      if (jobs.length === 0) return;
      const rows = jobs.map((data) => ({ name: jobQueue, data, ...common }));
      await insertJobs(await loadEngine(), tx, rows);
    },
    keepJobs: async (schedule) => keepJobs(await loadEngine(), schedule),
    takeJobs: async (asked) => takeJobs(await loadEngine(), sql, asked),
    endJob: async (taken, end) => endJob(await loadEngine(), sql, taken, end),
  };
}

/** Of all instances that ask for a period's job, the first one puts it there. */
async function keepJobs(engine: PgBoss, schedule: readonly JobSchedule[]): Promise<void> {
  await engine.maintain();
  for (const { type, everySeconds } of schedule) {
    const period = { singletonKey: type, singletonSeconds: everySeconds };
    await engine.send(jobQueue, { type }, { ...common, retryLimit: 3, ...period });
  }
}

async function takeJobs(
  engine: PgBoss,
  sql: SqlRunner,
  { limit, leaseSeconds }: Parameters<JobQueue["takeJobs"]>[0],
): Promise<readonly TakenJob[]> {
  const jobs = await fetchJobs<Job>(engine, sql, jobQueue, limit);
  if (jobs.length > 0 && leaseSeconds !== common.expireInSeconds) {
    const ids = jobs.map(({ id }) => id);
    await sql.query(
      `UPDATE tollgate_jobs.job SET expire_in = $1::integer * interval '1 second'
       WHERE name = $2 AND id = ANY($3::text[]::uuid[])`,
      [leaseSeconds, jobQueue, ids],
    );
  }
  return jobs.map(({ id, data, retryCount, singletonKey }) => {
    return { id, job: data, attempts: retryCount + 1, scheduled: singletonKey !== null };
  });
}

async function endJob(
  engine: PgBoss,
  sql: SqlDriver,
  { id, attempts }: TakenJob,
  end: AttemptEnd,
): Promise<void> {
  if (end.kind === "succeeded") return void (await engine.complete(jobQueue, id));
  const failed = end.kind === "failed" ? end : null;
  const retry = failed === null ? 0 : failed.retryInSeconds;
  const note = failed?.error ?? { message: "stopped before its end" };
  const begun = end.kind === "untouched" ? attempts - 2 : attempts - 1;
  await sql.transaction(async (tx) => {
    // The engine's own means: it tries again if the limit allows, after the delay.
    const mine = await tx.query(
      `UPDATE tollgate_jobs.job SET retry_backoff = false,
         retry_limit = CASE WHEN $1::float8 IS NULL THEN retry_count ELSE greatest(retry_limit, retry_count + 1) END,
         retry_delay = coalesce(ceil($1::float8)::integer, retry_delay), retry_count = $5::integer
       WHERE name = $2 AND id = $3::uuid AND state = 'active' AND retry_count = $4::integer RETURNING 1`,
      [retry, jobQueue, id, attempts - 1, begun],
    );
    if (mine.length > 0)
      await engine.fail(jobQueue, id, note, { db: toEngineDb(tx, (text) => tx.script(text)) });
  });
}
