import { BillingError, decideCoverage } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { eventDaysOf } from "../reconcile/event-days.js";
import { reconcile } from "../reconcile/reconcile.js";
import type { JobHandler } from "./job-handler.js";

const msPerDay = 86_400_000;
/** Two runs overlap by so much: an event may come into the provider's list a little late. */
const overlapMs = 3_600_000;
/** More runs than there are hours in the days that they are remembered. */
const remembered = 1_000;

/**
 * Compares what changed since the last run and repairs it; everything, when there was none for longer than the
 * provider keeps its events. When its time is over it puts in another job, which goes on from there.
 */
export const runReconcile: JobHandler<"reconcile"> = async (context, _job, signal) => {
  await context.endpoint.look();
  const since = await findStart(context);
  try {
    const report = await reconcile(context, { ...(since && { since }), repair: true, signal });
    const { differences: _, ...counts } = report;
    context.logger.info(counts, "Compared the store with the provider");
    if (report.complete) return;
  } catch (error) {
    // The one that runs does the same.
    if (error instanceof BillingError && error.code === "reconcile_running") return;
    throw error;
  }
  const store = await context.openStore();
  await store.transaction((tx) => tx.enqueueJobs([{ type: "reconcile" }]));
};

/** The same moment until the run from there is finished, so that an interrupted one is gone on with. */
async function findStart(context: BillingContext): Promise<Date | undefined> {
  const { openStore, provider, clock } = context;
  const eventDays = eventDaysOf(context);
  if (eventDays === null) return undefined;
  const store = await openStore();
  const covered = decideCoverage(await store.listFinishedReconciles(provider.id, remembered));
  if (covered === null) return undefined;
  const now = clock().getTime();
  const since = Date.parse(covered) - overlapMs;
  // In the future only if a clock was set back.
  return since < now - eventDays * msPerDay || since > now ? undefined : new Date(since);
}
