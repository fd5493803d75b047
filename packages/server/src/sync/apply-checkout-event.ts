import {
  type CheckoutEvent,
  type CheckoutRecord,
  consentOf,
  decideCheckoutEvent,
  type EventFacts,
  type EventHead,
  isBehind,
  purchaseOf,
  savingSlot,
  withRead,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { EventOutcome } from "./event-head.js";
import { keepReceived } from "./keep-event.js";
import { type EventPlan, settleEvent } from "./settle-event.js";

const recordStatuses = {
  "checkout.completed": "complete",
  "checkout.expired": "expired",
  "checkout.failed": "failed",
} as const satisfies Record<CheckoutEvent["type"], CheckoutRecord["status"]>;

/**
 * Settles the checkout's record, keeps and announces what was bought once, and saves the subscription that it names
 * where that is not known yet: the endpoint may not hear of it otherwise.
 */
export async function applyCheckoutEvent(
  context: BillingContext,
  event: CheckoutEvent,
): Promise<EventOutcome> {
  const { checkoutId, provider } = event;
  const { store } = context;
  return settleEvent(context, event, async (facts, head) => {
    const { customerId } = facts;
    const found = customerId === null ? null : await store.findCheckout(checkoutId, customerId);
    const record = found?.provider === provider ? found : null;
    const kept = event.productId === null ? null : await store.findPurchase(checkoutId, provider);
    const isReturned = kept?.returned !== undefined;
    // One that is settled already has nothing left to do: somebody may have chosen another card since.
    const saves = record?.slot === savingSlot && record.status === "open";
    const replaces = context.provider.paymentMethods?.replaceDefault !== undefined;
    const known = { customerId, known: record !== null, saves, replaces, isReturned };
    const decided = decideCheckoutEvent(event, known);
    const decision = await decideSubscription(context, event, decided, facts, head);
    const purchase = customerId === null ? null : purchaseOf(event, customerId);
    if (customerId === null) return { decision };
    const { subscriptionId } = event;
    const of = { provider, checkoutId, customerId, subscriptionId };
    const consent = consentOf(event.agreed, of, event.occurredAt);
    if (record === null && purchase === null && consent === null) return { decision };
    // The job settles it, when what follows has been done.
    if (saves && event.type === "checkout.completed") return { decision };
    const status = recordStatuses[event.type];
    return { decision, checkout: { id: checkoutId, provider, customerId, status, purchase, consent } };
  });
}

async function decideSubscription(
  context: BillingContext,
  event: CheckoutEvent,
  decided: EventPlan["decision"],
  facts: EventFacts,
  head: EventHead,
): Promise<EventPlan["decision"]> {
  const { subscriptionId, occurredAt } = event;
  const isOurs = decided.action === "settle" && decided.state === "applied";
  if (!isOurs || subscriptionId === null) return decided;
  if (!isBehind(event, facts.current?.subscription ?? null, context.provider.events.clock)) return decided;
  await keepReceived(context, event, head, facts);
  const read = await context.provider.subscriptions.read({
    id: subscriptionId,
    providerCustomerId: event.providerCustomerId,
  });
  return withRead(decided, read, facts, occurredAt);
}
