import { BillingError, type Difference, type ReconcileRun } from "@tollgate/core";
import { findCatalogOwner } from "../catalog/find-catalog-owner.js";
import { createEventIndex } from "./event-index.js";
import { historyOf } from "./history-of.js";
import { createPace } from "./pace.js";
import { type ReconcileOptions, type ReconcileReport, reportedAtMost } from "./reconcile-options.js";
import {
  createJournal,
  type ReconcileContext,
  type RunningReconcile,
  runLeaseSeconds,
} from "./reconcile-run.js";
import { laneOf, type ReconcileScope, runName } from "./reconcile-scope.js";
import { scanCustomers } from "./scan-customers.js";
import { scanEvents } from "./scan-events.js";
import { scanProvider } from "./scan-provider.js";
import { scanStore } from "./scan-store.js";
import { askOnce } from "./whose-is.js";

const msPerDay = 86_400_000;
/** A run that was interrupted this long ago is started again: too much has changed since. */
const staleDays = 7;
/** How long finished runs are remembered; once they are forgotten, the scheduled run is a full one again. */
const memoryDays = 30;
/** How long an event may be on its way, in seconds, before it counts as missed. */
const patienceSeconds = 60;

/**
 * Compares the store with the provider, explains every difference and, on demand, repairs it. An interrupted
 * run is resumed by the next call with the same options.
 *
 * @throws BillingError `reconcile_running`, `provider_unavailable`, `provider_rejected`,
 * `store_unavailable`
 */
export async function reconcile(
  context: ReconcileContext,
  scope: ReconcileScope,
  options: Omit<ReconcileOptions, "since" | "customerId" | "provider"> = {},
): Promise<ReconcileReport> {
  const { repair = false, takeOver = false, signal = new AbortController().signal } = options;
  const { store } = context;
  const holder = crypto.randomUUID();
  const { run, resumed } = await beginRun(context, scope, { repair, takeOver, holder });
  const differences: Difference[] = [];
  const journal = createJournal({
    ...{ store, run, holder, clock: context.clock },
    async onDifference(difference) {
      if (differences.length < reportedAtMost) differences.push(difference);
      reportDifference(context, difference);
      await options.onDifference?.(difference);
    },
  });
  const pace = createPace(context.provider.requestsPerSecond, signal);
  const running: RunningReconcile = {
    ...{ context, id: run.id, repair, takeOver, pace, signal, journal },
    owner: context.owner,
    findCatalogOwner: askOnce(() => pace(() => findCatalogOwner(context.provider))),
    events: createEventIndex(historyOf(context), pace),
    // Whoever asks about one customer does so because something is missing now.
    patienceSeconds: scope.kind === "customer" ? 0 : patienceSeconds,
  };
  try {
    const complete = await runToEnd(running, scope);
    const { checked, found, repaired } = journal.progress();
    const { other_app: otherApp, other_database: otherDatabase } = journal.skips();
    reportSkipped(context, { otherApp, otherDatabase });
    return { checked, found, repaired, skipped: { otherApp, otherDatabase }, differences, complete, resumed };
  } finally {
    await store.releaseReconcile(run.id, holder);
  }
}

async function beginRun(
  { store, provider, clock }: ReconcileContext,
  scope: ReconcileScope,
  {
    repair,
    takeOver,
    holder,
  }: { readonly repair: boolean; readonly takeOver: boolean; readonly holder: string },
): Promise<{ readonly run: ReconcileRun; readonly resumed: boolean }> {
  const now = clock().getTime();
  const daysAgo = (days: number) => new Date(now - days * msPerDay).toISOString();
  const begun = await store.beginReconcile({
    ...{ provider: provider.id, lane: laneOf(scope), scope: runName(scope, takeOver), repair, holder },
    ...{ now: new Date(now).toISOString(), leaseSeconds: runLeaseSeconds },
    ...{ staleBefore: daysAgo(staleDays), forgetBefore: daysAgo(memoryDays) },
  });
  if (begun !== null) return begun;
  throw new BillingError("reconcile_running", "A comparison with the provider is running already.");
}

/** @returns whether it came to its end; it did not if it was told to stop */
async function runToEnd(run: RunningReconcile, scope: ReconcileScope): Promise<boolean> {
  try {
    await scan(run, scope);
  } catch (error) {
    if (!run.signal.aborted) throw error;
    await run.journal.interrupt();
    return false;
  }
  await run.journal.finish();
  return true;
}

async function scan(run: RunningReconcile, scope: ReconcileScope): Promise<void> {
  run.signal.throwIfAborted();
  const atProvider = run.journal.progress().phase === "provider";
  const canList = run.context.provider.subscriptions.listAll !== undefined;
  switch (scope.kind) {
    case "since":
      return scanEvents(run, scope.since);
    case "full":
      if (atProvider) await (canList ? scanProvider(run, null) : scanCustomers(run));
      return scanStore(run, null);
    case "customer": {
      const { customerId } = scope;
      const link = await run.context.store.findCustomer(customerId, run.context.provider.id);
      if (atProvider && link !== null) await scanProvider(run, link.providerCustomerId);
      return scanStore(run, customerId);
    }
  }
}

function reportSkipped({ logger, provider }: ReconcileContext, skipped: ReconcileReport["skipped"]): void {
  if (skipped.otherDatabase === 0) return;
  logger.warn(
    { provider: provider.id, ...skipped },
    "Subscriptions of this app belong to another database and were left alone. If that one is gone, " +
      "billing.reconcile({ repair: true, takeOver: true }) takes them in.",
  );
}

function reportDifference({ logger, telemetry }: ReconcileContext, difference: Difference): void {
  const { cause, provider, subscriptionId, customerId, providerCustomerId, eventIds, repaired, message } =
    difference;
  const fields = { cause, provider, subscriptionId, customerId, providerCustomerId, eventIds, repaired };
  telemetry.measure("tollgate.reconcile.differences", 1, {
    "tollgate.cause": cause,
    "tollgate.repaired": repaired,
  });
  logger.warn(fields, `The store differed from the provider. ${message}`);
}
