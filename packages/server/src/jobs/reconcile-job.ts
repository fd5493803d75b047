import { BillingError, decideCoverage } from "@tollgate/core";
import { atEachProvider } from "../context/providers.js";
import { historyOf } from "../reconcile/history-of.js";
import { reconcile } from "../reconcile/reconcile.js";
import type { ReconcileScope } from "../reconcile/reconcile-scope.js";
import type { JobContext, JobHandler } from "./job-handler.js";

const msPerDay = 86_400_000;
/** How much two runs overlap: an event may appear in the provider's list a little late. */
const overlapMs = 3_600_000;
/** More runs than there are hours in the days that they are remembered. */
const remembered = 1_000;

/**
 * Compares what changed at each provider since the last run and repairs it; everything, when there was none for longer
 * than the provider keeps its events. When its time is up it enqueues another job, which continues from there.
 */
export const runReconcile: JobHandler<"reconcile"> = async (context, _job, signal) => {
  await context.endpoint.look();
  const failures: unknown[] = [];
  let complete = true;
  for (const one of atEachProvider(context)) {
    try {
      complete = (await compare(one, signal)) && complete;
    } catch (error) {
      // What one provider's outage holds up is not what the others say.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  if (complete) return;
  const { store } = context;
  await store.enqueueJobs([{ type: "reconcile" }]);
};

/** @returns whether nothing is left to compare */
async function compare(context: JobContext, signal: AbortSignal): Promise<boolean> {
  try {
    const report = await reconcile(context, await chooseScope(context), { repair: true, signal });
    const { differences: _, ...counts } = report;
    context.logger.info({ provider: context.provider.id, ...counts }, "Compared the store with the provider");
    return report.complete;
  } catch (error) {
    // The one that is running does the same.
    if (error instanceof BillingError && error.code === "reconcile_running") return true;
    throw error;
  }
}

/** It stays the same moment until the run from there is finished, so that an interrupted one is resumed. */
async function chooseScope(context: JobContext): Promise<ReconcileScope> {
  const full = { kind: "full" } as const;
  const { store, provider, clock } = context;
  const history = historyOf(context);
  if (history === null) return full;
  const covered = decideCoverage(await store.listFinishedReconciles(provider.id, remembered));
  if (covered === null) return full;
  const now = clock().getTime();
  const since = Date.parse(covered) - overlapMs;
  // In the future only if a clock was set back.
  return since < now - history.days * msPerDay || since > now
    ? full
    : { kind: "since", since: new Date(since) };
}
