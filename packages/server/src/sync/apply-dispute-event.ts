import {
  type DisputeDecision,
  type DisputeEvent,
  decideDisputeEvent,
  decideWarningEvent,
  type EventFacts,
  type EventHead,
  eventReasons,
  type FraudWarningEvent,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { EventOutcome } from "./event-head.js";
import { findPayer, ignoredAs, type PaymentOwner } from "./find-payer.js";
import { keepReceived } from "./keep-event.js";
import { type EventPlan, settleEvent } from "./settle-event.js";

/** Tells the app where a dispute stands, by what the provider says now; nothing of it is stored. */
export function applyDisputeEvent(context: BillingContext, event: DisputeEvent): Promise<EventOutcome> {
  const read = async () => (await context.provider.disputes?.read(event.disputeId)) ?? null;
  return settleEvent(context, event, (facts, head) =>
    plan(context, event, { facts, head }, read, decideDisputeEvent),
  );
}

/** The same for a network's warning. */
export function applyWarningEvent(context: BillingContext, event: FraudWarningEvent): Promise<EventOutcome> {
  const read = async () => (await context.provider.disputes?.readWarning(event.warningId)) ?? null;
  return settleEvent(context, event, (facts, head) =>
    plan(context, event, { facts, head }, read, decideWarningEvent),
  );
}

async function plan<Found extends PaymentOwner>(
  context: BillingContext,
  event: DisputeEvent | FraudWarningEvent,
  { facts, head }: { readonly facts: EventFacts; readonly head: EventHead },
  read: () => Promise<Found | null>,
  decide: (found: Found, customerId: string) => DisputeDecision,
): Promise<EventPlan> {
  await keepReceived(context, event, head, facts);
  const found = await read();
  if (found === null) return ignoredAs(eventReasons.missing);
  const payer = await findPayer(context, found, facts.customerId);
  if (payer.kind === "nobody") return payer.plan;
  const settled = { action: "settle", state: "applied", reason: null, subscription: null } as const;
  return { decision: { ...settled, ...decide(found, payer.customerId) } };
}
