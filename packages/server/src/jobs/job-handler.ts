import type { Job } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/**
 * Does one job. One that throws is tried again later. `signal` is aborted when its time is over: end soon,
 * and put in another job for what is left.
 */
export type JobHandler<T extends Job["type"] = Job["type"]> = (
  context: BillingContext,
  job: Extract<Job, { readonly type: T }>,
  signal: AbortSignal,
) => Promise<void>;
