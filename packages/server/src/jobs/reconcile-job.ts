import { BillingError, decideCoverage } from "@tollgate/core";
import { eventDaysOf } from "../reconcile/event-days.js";
import { reconcile } from "../reconcile/reconcile.js";
import type { ReconcileScope } from "../reconcile/reconcile-scope.js";
import type { JobContext, JobHandler } from "./job-handler.js";

const msPerDay = 86_400_000;
/** How much two runs overlap: an event may appear in the provider's list a little late. */
const overlapMs = 3_600_000;
/** More runs than there are hours in the days that they are remembered. */
const remembered = 1_000;

/**
 * Compares what changed since the last run and repairs it; everything, when there was none for longer than the provider
 * keeps its events. When its time is up it enqueues another job, which continues from there.
 */
export const runReconcile: JobHandler<"reconcile"> = async (context, _job, signal) => {
  await context.endpoint.look();
  const scope = await chooseScope(context);
  try {
    const report = await reconcile(context, scope, { repair: true, signal });
    const { differences: _, ...counts } = report;
    context.logger.info(counts, "Compared the store with the provider");
    if (report.complete) return;
  } catch (error) {
    // The one that is running does the same.
    if (error instanceof BillingError && error.code === "reconcile_running") return;
    throw error;
  }
  const { store } = context;
  await store.transaction((tx) => tx.enqueueJobs([{ type: "reconcile" }]));
};

/** It stays the same moment until the run from there is finished, so that an interrupted one is resumed. */
async function chooseScope(context: JobContext): Promise<ReconcileScope> {
  const full = { kind: "full" } as const;
  const { store, provider, clock } = context;
  const eventDays = eventDaysOf(context);
  if (eventDays === null) return full;
  const covered = decideCoverage(await store.listFinishedReconciles(provider.id, remembered));
  if (covered === null) return full;
  const now = clock().getTime();
  const since = Date.parse(covered) - overlapMs;
  // In the future only if a clock was set back.
  return since < now - eventDays * msPerDay || since > now ? full : { kind: "since", since: new Date(since) };
}
