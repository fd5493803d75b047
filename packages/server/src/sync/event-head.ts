import type { BillingEvent, EventHead, EventState, SettledState } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** What became of an event; `duplicate`: it had already been dealt with. */
export type EventOutcome = SettledState | "unmatched" | "duplicate";

/** What the inbox keeps of an event for good. */
export function headOf(context: BillingContext, event: BillingEvent): EventHead {
  const { id, provider, type, occurredAt, providerCustomerId } = event;
  const subscriptionId = "subscriptionId" in event ? event.subscriptionId : null;
  const receivedAt = context.clock().toISOString();
  return { id, provider, type, occurredAt, receivedAt, providerCustomerId, subscriptionId };
}

const settledStates: ReadonlySet<EventState> = new Set<SettledState>(["applied", "stale", "ignored"]);

export function isSettled(state: EventState | null): boolean {
  return state !== null && settledStates.has(state);
}
