import { BillingError, type Catalog, type JobReport, type Store } from "@tollgate/core";
import type { Providers } from "../context/providers.js";
import type { UsageTarget } from "../context/usage-target.js";
import type { DunningRules } from "../dunning/dunning-options.js";
import { noTelemetry } from "../telemetry/telemetry.js";
import type { WorkParts } from "../work/work.js";
import { runWorkPass } from "../work/worker.js";
import { scheduleOf } from "./job-handlers.js";
import { createJobRunner, type JobParts } from "./run-job.js";

const defaultMaxSeconds = 25;
const longestSeconds = 15 * 60;

/** How long a pass may take. */
export interface RunJobsOptions {
  /** In seconds, from 1 to 900. The host's own limit for the route should be longer. @default 25 */
  readonly maxSeconds?: number;
}

/** What works in the background is made from these. */
export interface BackgroundParts extends JobParts {
  readonly providers: Pick<Providers, "all">;
  readonly reconcileEveryHours: number;
  readonly dunning: DunningRules;
  readonly usageTarget: UsageTarget;
  readonly catalog: Catalog;
}

export function workOf(parts: BackgroundParts, store: Store): WorkParts {
  return {
    store,
    handlers: createJobRunner(parts),
    schedule: scheduleOf({ ...parts, isMeasured: parts.telemetry !== noTelemetry }),
    tellTurn: parts.loops.observe,
  };
}

/** One pass over everything that waits in the background, for `billing.runJobs`. */
export async function runJobs(
  parts: BackgroundParts,
  { maxSeconds = defaultMaxSeconds }: RunJobsOptions = {},
): Promise<JobReport> {
  if (!(maxSeconds >= 1 && maxSeconds <= longestSeconds)) {
    throw new BillingError("invalid_options", "`maxSeconds` must be from 1 to 900.", {
      details: { option: "maxSeconds" },
    });
  }
  const until = new Date(Date.now() + maxSeconds * 1000);
  const { store } = await parts.open();
  return runWorkPass(workOf(parts, store), until);
}
