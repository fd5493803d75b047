import type { JobSchedule } from "@tollgate/core";
import { jobOptions, jobQueue } from "../jobs/enqueue-jobs.js";
import type { JobWork } from "../jobs/job-work.js";
import { listForgottenCustomers } from "../outbox/callback-attempts.js";
import { drainExpirySeconds, insertDrains } from "../outbox/drain-jobs.js";
import { hearTypes, typesOf } from "../outbox/hear-types.js";

/** A scheduled job comes up again anyway. */
const scheduledRetryLimit = 3;

/**
 * Restarts what a crash cut off, enqueues what the schedule asks for, and wakes customers whose job is gone. Of all
 * instances that ask for a period's job, the first one enqueues it.
 */
export async function keepUp(work: JobWork, schedule: readonly JobSchedule[]): Promise<void> {
  const { engine, sql, timing, handlers } = work;
  await takeUpTypes(work);
  await engine.maintain();
  for (const { type, everySeconds } of schedule) {
    const period = { singletonKey: type, singletonSeconds: everySeconds };
    const options = { ...jobOptions(timing), retryLimit: scheduledRetryLimit, ...period };
    await engine.send(jobQueue, { type }, options);
  }
  if (handlers.runCallback === null) return;
  const forgotten = await listForgottenCustomers(sql, drainExpirySeconds(timing) * 2);
  if (forgotten.length > 0) await insertDrains(engine, sql, forgotten, timing);
}

/**
 * Says which callbacks this instance runs, and begins those that were kept because no instance did. If the jobs are not
 * enqueued after that, the sweep finds the customers as forgotten ones.
 */
export async function takeUpTypes(
  work: Pick<JobWork, "engine" | "sql" | "timing" | "handlers">,
): Promise<void> {
  const { engine, sql, timing, handlers } = work;
  const customerIds = await hearTypes(sql, typesOf(handlers));
  if (customerIds.length > 0) await insertDrains(engine, sql, customerIds, timing);
}
