import {
  decideRefundEvent,
  type EventFacts,
  type EventHead,
  eventReasons,
  type RefundEvent,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { EventOutcome } from "./event-head.js";
import { findPayer, ignoredAs } from "./find-payer.js";
import { keepReceived } from "./keep-event.js";
import { type EventPlan, settleEvent } from "./settle-event.js";

/**
 * Tells the app what a refund is now, by what the provider says: whichever event comes last, the last one that is told
 * is true. Nothing of it is stored, so nothing of it can be out of date.
 */
export function applyRefundEvent(context: BillingContext, event: RefundEvent): Promise<EventOutcome> {
  return settleEvent(context, event, (facts, head) => plan(context, event, facts, head));
}

async function plan(
  context: BillingContext,
  event: RefundEvent,
  facts: EventFacts,
  head: EventHead,
): Promise<EventPlan> {
  await keepReceived(context, event, head, facts);
  const found = (await context.provider.refunds?.read(event.refundId)) ?? null;
  if (found === null) return ignoredAs(eventReasons.missing);
  const payer = await findPayer(context, found, facts.customerId);
  if (payer.kind === "nobody") return payer.plan;
  const told = decideRefundEvent(event, found, payer.customerId);
  const settled = { action: "settle", state: "applied", reason: null, subscription: null } as const;
  return { decision: { ...settled, ...told } };
}
