import type { Job } from "@tollgate/core";
import { jobQueue } from "../jobs/enqueue-jobs.js";
import { fetchJobs } from "../jobs/job-engine.js";
import type { JobWork } from "../jobs/job-work.js";
import { performJob } from "../jobs/perform-job.js";
import type { Lane } from "../jobs/work-pool.js";
import { performDrain } from "../outbox/drain-customer.js";
import { type DrainJob, drainQueue } from "../outbox/drain-jobs.js";

/** How many customers' callbacks run at once in one process, and how many other jobs. */
const laneSizes = { callbacks: 20, jobs: 4 };

/** What there is to do, each kind with room of its own: a slow reconcile doesn't keep callbacks waiting. */
export function jobLanes(work: JobWork): readonly Lane[] {
  const { engine, sql, handlers } = work;
  const callbacks: Lane = {
    size: laneSizes.callbacks,
    async fetch(batchSize) {
      const jobs = await fetchJobs<DrainJob>(engine, sql, drainQueue, batchSize);
      const byCustomer = new Map<string, (typeof jobs)[number][]>();
      for (const job of jobs) {
        const { customerId } = job.data;
        byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), job]);
      }
      return [...byCustomer].map(
        ([customerId, mine]) =>
          () =>
            performDrain(work, mine, customerId),
      );
    },
  };
  const others: Lane = {
    size: laneSizes.jobs,
    async fetch(batchSize) {
      const jobs = await fetchJobs<Job>(engine, sql, jobQueue, batchSize);
      return jobs.map((job) => () => performJob(work, job));
    },
  };
  return handlers.runCallback === null ? [others] : [callbacks, others];
}
