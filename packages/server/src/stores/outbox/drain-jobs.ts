import { createHash } from "node:crypto";
import type PgBoss from "pg-boss";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { CallbackTiming } from "../jobs/callback-timing.js";
import { insertJobs } from "../jobs/job-engine.js";

/** One job: run the callbacks of a customer, as far as they are due. */
export const drainQueue = "callbacks_of_customer";

export interface DrainJob {
  readonly customerId: string;
}

/** A dropped job would leave a customer's callbacks to the sweep. */
const forEver = 1_000_000;

/** How long a customer is held for one attempt, in whole seconds: longer than the attempt may take. */
export function leaseSeconds({ attemptSeconds }: CallbackTiming): number {
  return Math.ceil(attemptSeconds * 1.1);
}

/** How long one job begins attempts, in whole seconds; then another job continues. */
export function drainSeconds({ attemptSeconds }: CallbackTiming): number {
  return Math.ceil(attemptSeconds / 4);
}

/**
 * After how long a job counts as cut off, in whole seconds. Not before the last lease that it may have taken has
 * expired: see `drainCustomer`.
 */
export function drainExpirySeconds(timing: CallbackTiming): number {
  return drainSeconds(timing) + leaseSeconds(timing);
}

/** Has these customers' callbacks run now. One job each, whatever other jobs exist: see `drainCustomer`. */
export async function insertDrains(
  engine: PgBoss,
  sql: SqlRunner,
  customerIds: readonly string[],
  timing: CallbackTiming,
): Promise<void> {
  const jobs = customerIds.map((customerId) => toJob({ customerId }, timing));
  await insertJobs(engine, sql, jobs);
}

/** Has a customer's callbacks run at the time of the one that waits; asked for twice, it is one job. */
export async function insertWakeUp(
  engine: PgBoss,
  sql: SqlRunner,
  head: { readonly customerId: string; readonly position: string; readonly nextAttemptAt: Date },
  timing: CallbackTiming,
): Promise<void> {
  const { customerId, position } = head;
  // The column is finer than a millisecond: never wake up too early.
  const at = new Date(head.nextAttemptAt.getTime() + 1).toISOString();
  const job = { ...toJob({ customerId }, timing), id: toUuid(`${position} ${at}`), startAfter: at };
  await insertJobs(engine, sql, [job]);
}

function toJob(data: DrainJob, timing: CallbackTiming): PgBoss.JobInsert<DrainJob> {
  const expireInSeconds = drainExpirySeconds(timing);
  return { name: drainQueue, data, retryLimit: forEver, retryDelay: 1, retryBackoff: false, expireInSeconds };
}

function toUuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
