import { BillingError, type FoundSubscription, type ProviderRead } from "@tollgate/core";
import { describeError } from "../log/logger.js";
import { type ConfirmedDifference, confirmDifference } from "./confirm-difference.js";
import { type ExplainedDifference, explainConfirmed } from "./explain-confirmed.js";
import type { RunningReconcile } from "./reconcile-run.js";
import { repairDifference } from "./repair-difference.js";
import { foreignTo } from "./whose-is.js";

/**
 * Compares one subscription; what differs is explained, repaired if that was asked for, and reported.
 *
 * @returns the events that were reported with it
 */
export async function checkSubscription(
  run: RunningReconcile,
  subscriptionId: string,
  listed: ProviderRead<FoundSubscription> | null,
): Promise<readonly string[]> {
  const confirmed = await confirmDifference(run, subscriptionId, listed);
  if (confirmed !== null && (await isForeign(run, confirmed))) return [];
  const found = confirmed && (await explainConfirmed(run, confirmed));
  if (confirmed === null || found === null) return [];
  const repaired = run.repair && (await tryRepair(run, confirmed, found));
  await run.journal.found({ ...found.explained, repaired });
  return found.explained.eventIds;
}

/** What is stored, or whose customer is linked, is ours whatever it carries. */
async function isForeign(
  run: RunningReconcile,
  { stored, ownerId, actual }: ConfirmedDifference,
): Promise<boolean> {
  if (stored !== null || ownerId !== null || actual === null) return false;
  const foreign = await foreignTo(run, actual);
  if (foreign !== null) run.journal.skipped(foreign);
  return foreign !== null;
}

/**
 * One that can't be repaired must not keep the others from being repaired; an outage ends the run, to be resumed later.
 */
async function tryRepair(
  run: RunningReconcile,
  confirmed: ConfirmedDifference,
  found: ExplainedDifference,
): Promise<boolean> {
  try {
    return await repairDifference(run, confirmed, found);
  } catch (error) {
    if (run.signal.aborted || isOutage(error)) throw error;
    const fields = { subscriptionId: confirmed.subscriptionId, error: describeError(error) };
    run.context.logger.error(fields, "A difference from the provider could not be repaired");
    return false;
  }
}

export function isOutage(error: unknown): boolean {
  return (
    error instanceof BillingError &&
    (error.code === "store_unavailable" || error.code === "provider_unavailable")
  );
}
