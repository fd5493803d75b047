import { BillingError, type JobReport } from "@tollgate/core";
import { scheduleOf } from "./job-handlers.js";
import { createJobRunner, type JobParts } from "./run-job.js";

const defaultMaxSeconds = 25;
const longestSeconds = 15 * 60;

/** How long a pass may take. */
export interface RunJobsOptions {
  /** In seconds, from 1 to 900. The host's own limit for the route should be longer. @default 25 */
  readonly maxSeconds?: number;
}

/** One pass over everything that waits in the background, for `billing.runJobs`. */
export async function runJobs(
  parts: JobParts & { readonly reconcileEveryHours: number },
  { maxSeconds = defaultMaxSeconds }: RunJobsOptions = {},
): Promise<JobReport> {
  if (!(maxSeconds >= 1 && maxSeconds <= longestSeconds)) {
    throw new BillingError("invalid_options", "`maxSeconds` must be from 1 to 900.", {
      details: { option: "maxSeconds" },
    });
  }
  const until = new Date(Date.now() + maxSeconds * 1000);
  const { store } = await parts.open();
  return store.runJobs(createJobRunner(parts), scheduleOf(parts), { until });
}
