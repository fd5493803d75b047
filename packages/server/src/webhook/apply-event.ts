import type { BillingEvent, StoreTransaction } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { applyCheckoutEvent } from "./apply-checkout-event.js";
import { applyPaymentEvent, applyPaymentRead } from "./apply-payment-event.js";
import { applySubscriptionEvent, applySubscriptionRead } from "./apply-subscription-event.js";
import type { EventOutcome } from "./claim-event.js";
import { type FreshRead, withFreshRead } from "./with-fresh-read.js";

/**
 * Applies one event in one transaction: lock the object, decide, claim the event's id, save, enqueue the
 * callbacks. Where only the provider can tell, the transaction ends with nothing claimed, the object is
 * read, and a second transaction settles it.
 *
 * @returns what became of it; a claim that failed because it was dealt with before is a `duplicate`
 * @throws whatever failed; nothing is marked as done then
 */
export async function applyEvent(context: BillingContext, event: BillingEvent): Promise<EventOutcome> {
  const store = await context.openStore();
  const first = await store.transaction((tx) => applyStored(tx, context, event));
  if (first.outcome !== "reread") return first.outcome;
  return withFreshRead(context, first.subscriptionId, (tx, fresh) => applyFresh(tx, context, event, fresh));
}

type FirstTry =
  | { readonly outcome: EventOutcome }
  | { readonly outcome: "reread"; readonly subscriptionId: string };

async function applyStored(
  tx: StoreTransaction,
  context: BillingContext,
  event: BillingEvent,
): Promise<FirstTry> {
  switch (event.type) {
    case "checkout.completed":
    case "checkout.expired":
      return { outcome: await applyCheckoutEvent(tx, context, event) };
    case "payment.succeeded":
    case "payment.failed":
    case "payment.action_required":
      return applyPaymentEvent(tx, context, event);
    default:
      return applySubscriptionEvent(tx, context, event);
  }
}

async function applyFresh(
  tx: StoreTransaction,
  context: BillingContext,
  event: BillingEvent,
  fresh: FreshRead,
): Promise<EventOutcome> {
  switch (event.type) {
    case "checkout.completed":
    case "checkout.expired":
      return applyCheckoutEvent(tx, context, event);
    case "payment.succeeded":
    case "payment.failed":
    case "payment.action_required":
      return applyPaymentRead(tx, context, event, fresh);
    default:
      return applySubscriptionRead(tx, context, event, fresh);
  }
}
