import type { Job } from "@tollgate/core";
import type { CreditsContext } from "../credits/credits-context.js";
import type { DisputesContext } from "../disputes/settle-dispute.js";
import type { DunningContext } from "../dunning/tell-dunning.js";
import type { EndpointWatch } from "../health/endpoint-watch.js";
import type { ReconcileContext } from "../reconcile/reconcile-run.js";
import type { RefundsContext } from "../refunds/settle-refund.js";
import type { SeatsContext } from "../seats/seats-context.js";
import type { SecondSubscriptionsContext } from "../second-subscriptions/settle-duplicate.js";

/** What our own jobs work with, for each what its room needs. */
export interface JobContext
  extends ReconcileContext,
    SecondSubscriptionsContext,
    DunningContext,
    RefundsContext,
    DisputesContext,
    CreditsContext,
    SeatsContext {
  readonly historyRetentionDays: number | null;
  readonly endpoint: Pick<EndpointWatch, "look">;
}

/**
 * Does one job. One that throws is retried later. `signal` is aborted when its time is up: end soon, and enqueue
 * another job for what is left.
 */
export type JobHandler<T extends Job["type"] = Job["type"]> = (
  context: JobContext,
  job: Extract<Job, { readonly type: T }>,
  signal: AbortSignal,
) => Promise<void>;
