import type { BillingEvent, EventState, StoreTransaction } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** What became of an event; `duplicate`: it was dealt with before. */
export type EventOutcome = EventState | "duplicate";

/**
 * Marks an event as dealt with, within the transaction that deals with it. `work` runs only for the one
 * that claims it first, and its failure undoes the claim.
 */
export async function claimEvent(
  tx: StoreTransaction,
  context: BillingContext,
  event: BillingEvent,
  state: Exclude<EventState, "unmatched">,
  work?: () => Promise<void>,
): Promise<EventOutcome> {
  const claimed = await tx.claimEvent({ ...recordOf(context, event), state, unmatched: null });
  if (!claimed) return "duplicate";
  await work?.();
  return state;
}

/** Keeps an event whole until its customer is known. */
export async function keepUnmatched(
  tx: StoreTransaction,
  context: BillingContext,
  event: BillingEvent,
  providerCustomerId: string,
): Promise<EventOutcome> {
  const unmatched = { providerCustomerId, event };
  const claimed = await tx.claimEvent({ ...recordOf(context, event), state: "unmatched", unmatched });
  return claimed ? "unmatched" : "duplicate";
}

function recordOf(context: BillingContext, { id, provider, type, occurredAt }: BillingEvent) {
  return { id, provider, type, occurredAt, receivedAt: context.clock().toISOString() };
}
