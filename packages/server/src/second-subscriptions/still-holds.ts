import { type DuplicateRecord, isLive, planLinesOf } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/**
 * Whether a decision still makes sense by what the provider says now: it may be old, and nobody shall lose
 * the only subscription that is left, nor a plan of another group that was added to the second one. One whose
 * second subscription has ended was begun, and goes on.
 */
export async function stillHolds(context: BillingContext, decision: DuplicateRecord): Promise<boolean> {
  const { provider } = context;
  const { value: second } = await provider.readSubscription(decision.subscriptionId);
  if (second === null || second === "foreign") return false;
  if (!isLive(second)) return true;
  if (planLinesOf(second).some(({ group }) => group !== decision.group)) return false;
  const { value: kept } = await provider.readSubscription(decision.keptId);
  return kept !== null && kept !== "foreign" && isLive(kept);
}
