import { randomUUID } from "node:crypto";
import type PgBoss from "pg-boss";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { describeFailure } from "../jobs/describe-failure.js";
import type { JobWork } from "../jobs/job-work.js";
import { withinSeconds } from "../jobs/within-seconds.js";
import { beginAttempt, type CallbackAttempt, endAttempt, releaseLease } from "./callback-attempts.js";
import {
  type DrainJob,
  drainQueue,
  drainSeconds,
  insertDrains,
  insertWakeUp,
  leaseSeconds,
} from "./drain-jobs.js";
import { setUnheard, typesOf } from "./hear-types.js";
import { retrySeconds } from "./retry-seconds.js";

/**
 * Runs a customer's callbacks in order, each under the customer's lease, until none is due.
 *
 * Why no callback is left without a job: it is committed with a job of its own, and a job only ends when
 * (1) nothing waits, seen after its own lease was released: what came later has a later job;
 * (2) the head waits for its next attempt, and a job for that time is enqueued first;
 * (3) its time is up, and another job is enqueued first;
 * (4) the head is for instances of another release, and a job for later is enqueued first, until one of them gets it;
 * (5) somebody else has the lease. They look again after releasing it, later than we saw it held. If they
 * die before that, the job under which they took it is handed out again, and not to one that meets their lease:
 * a job expires only after every lease that it can have taken.
 * Hence each transaction has its own job: one that already exists may have looked before our commit.
 *
 * @returns whether it finished; `false`: it was told to stop
 */
async function drainCustomer(
  work: JobWork,
  jobs: readonly PgBoss.JobWithMetadata<DrainJob>[],
  customerId: string,
): Promise<boolean> {
  const { engine, sql, timing } = work;
  const startedOn = await readStart(sql, jobs);
  const startUntil = new Date(startedOn + drainSeconds(timing) * 1000);
  const lease = { customerId, holder: randomUUID(), seconds: leaseSeconds(timing), startUntil };
  while (!work.stopping.aborted) {
    const head = await beginAttempt(sql, lease, typesOf(work.handlers));
    switch (head.standing) {
      case "begun":
        if (!(await runAttempt(work, lease, head.attempt))) return false;
        break;
      case "missed":
        await releaseLease(sql, lease);
        break;
      case "waiting":
        await insertWakeUp(engine, sql, { customerId, ...head }, timing);
        return true;
      case "others":
        await insertWakeUp(engine, sql, { customerId, ...head, nextAttemptAt: head.handOverAt }, timing);
        return true;
      case "unheard":
        await setUnheard(sql, head.position);
        break;
      case "late":
        await insertDrains(engine, sql, [customerId], timing);
        return true;
      default:
        return true;
    }
  }
  return false;
}

/** Does the jobs of one customer that were fetched together. */
export async function performDrain(
  work: JobWork,
  jobs: readonly PgBoss.JobWithMetadata<DrainJob>[],
  customerId: string,
): Promise<void> {
  const ids = jobs.map(({ id }) => id);
  const ended = await drainCustomer(work, jobs, customerId);
  // Deleted instead of completed: the engine would keep a row for each webhook for days.
  if (ended) await work.engine.deleteJob(drainQueue, ids);
  else await work.engine.fail(drainQueue, ids);
}

/** @returns `false` when it was abandoned because the process stops */
async function runAttempt(
  work: JobWork,
  lease: { readonly customerId: string; readonly holder: string },
  attempt: CallbackAttempt,
): Promise<boolean> {
  const { sql, timing, handlers, tally } = work;
  const { callback, attempts } = attempt;
  const outcome = await settle(work, attempt);
  if (outcome === "abandoned") {
    await releaseLease(sql, lease);
    return false;
  }
  if (outcome === "succeeded") {
    await endAttempt(sql, lease, attempt, { state: "delivered" });
    tally.callbacks += 1;
    return true;
  }
  const final = attempts > timing.retryLimit;
  const error = describeFailure(outcome.error);
  tally.failed += 1;
  const end = final
    ? ({ state: "dead", error } as const)
    : ({ state: "waiting", error, retrySeconds: retrySeconds(timing, attempts) } as const);
  await endAttempt(sql, lease, attempt, end);
  const { id: callbackId, type } = callback;
  handlers.onFailure({ type, callbackId, error: outcome.error, attempts, final });
  return true;
}

async function settle(
  work: JobWork,
  { callback, attempts }: CallbackAttempt,
): Promise<"succeeded" | "abandoned" | { readonly error: unknown }> {
  const { timing, handlers, abandoned } = work;
  if (attempts > timing.retryLimit + 1)
    return { error: new Error("The process ended during the last attempt.") };
  const run = async () => {
    if (handlers.runCallback === null) throw new Error("This process has no callbacks.");
    await handlers.runCallback(callback);
  };
  try {
    const seconds = timing.attemptSeconds;
    return await withinSeconds(run(), { seconds, what: "The callback", unless: abandoned });
  } catch (error) {
    return { error };
  }
}

/** When the first of the jobs was handed out, by the database's clock. */
async function readStart(sql: SqlRunner, jobs: readonly PgBoss.JobWithMetadata<DrainJob>[]): Promise<number> {
  const started = Math.min(...jobs.map((job) => new Date(job.startedOn).getTime()));
  if (!Number.isNaN(started)) return started;
  // The engine reads times as the session writes them, which a `datestyle` may have made unreadable.
  const [row] = await sql.query<{ readonly at: string }>(
    `SELECT ${isoTime("min(started_on)")} AS at FROM tollgate_jobs.job WHERE name = $1 AND id = ANY($2::uuid[])`,
    [drainQueue, jobs.map(({ id }) => id)],
  );
  return new Date(row?.at ?? "").getTime();
}
