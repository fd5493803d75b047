import type { Job, JobSchedule } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { identifyWaiting } from "../customers/identify-waiting.js";
import { settleDuplicate } from "../duplicates/settle-duplicate.js";
import { runReconcile } from "../reconcile/reconcile-job.js";
import { runPrune, runRetryEvents } from "../webhook/event-jobs.js";
import type { JobHandler } from "./job-handler.js";

/** What each type of job does. */
export const jobHandlers = {
  identify_customer: identifyWaiting,
  retry_events: runRetryEvents,
  prune: runPrune,
  settle_duplicate: settleDuplicate,
  reconcile: runReconcile,
} satisfies { readonly [T in Job["type"]]?: JobHandler<T> };

/** The jobs that come up by themselves. A period is at most a week, and begins at the same time everywhere. */
export function scheduleOf({ reconcileEveryHours }: BillingContext): readonly JobSchedule[] {
  return [
    { type: "retry_events", everySeconds: 60 },
    { type: "prune", everySeconds: 3600 },
    ...(reconcileEveryHours > 0
      ? [{ type: "reconcile", everySeconds: reconcileEveryHours * 3600 } as const]
      : []),
  ];
}
