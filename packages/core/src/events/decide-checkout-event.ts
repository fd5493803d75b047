import type { CheckoutEvent } from "../language/billing-event.js";
import type { Callback } from "../language/callback.js";
import type { Job } from "../language/job.js";
import { type EventDecision, eventReasons } from "./event-decision.js";
import { purchaseOf } from "./purchase-of.js";

/**
 * Decides about a checkout that was paid, failed or ran out of time: the app is told what was bought once, and what
 * failed. What follows from one that only saved something to pay with is left to a job, which asks the provider what it was.
 *
 * @param facts.customerId the customer that the event's customer is linked to
 * @param facts.known whether we opened the checkout
 * @param facts.saves whether it buys nothing, and what was saved in it is still to be looked at. @default false
 * @param facts.replaces whether what a plan was paid with takes the place of the customer's default. @default false
 * @param facts.isReturned whether what it bought was paid back before we heard of it. @default false
 * @example
 * function isOurs(event: CheckoutEvent): boolean {
 *   return decideCheckoutEvent(event, { customerId: "org_1", known: true }).action === "settle";
 * }
 */
export function decideCheckoutEvent(
  event: CheckoutEvent,
  {
    customerId,
    known,
    saves = false,
    replaces = false,
    isReturned = false,
  }: {
    readonly customerId: string | null;
    readonly known: boolean;
    readonly saves?: boolean;
    readonly replaces?: boolean;
    readonly isReturned?: boolean;
  },
): Exclude<EventDecision, { action: "reread" }> {
  const { providerCustomerId, provider, checkoutId } = event;
  const nothing = { action: "settle", subscription: null, callbacks: [], jobs: [] } as const;
  // Every checkout of ours is opened for a customer.
  if (providerCustomerId === null) return { ...nothing, state: "ignored", reason: eventReasons.nobody };
  if (customerId === null)
    return { action: "wait", providerCustomerId, reason: eventReasons.unknownCustomer };
  const told = isReturned ? [] : purchasesOf(event, customerId);
  const callbacks = [...told, ...failuresOf(event, customerId)];
  if (callbacks.length === 0 && !known && !isReturned) {
    return { ...nothing, state: "ignored", reason: eventReasons.unknownCheckout };
  }
  const jobs: Job[] = [];
  if (event.type === "checkout.completed") {
    if (saves) jobs.push({ type: "settle_checkout", provider, checkoutId, customerId });
    const { subscriptionId } = event;
    if (known && replaces && subscriptionId !== null)
      jobs.push({ type: "replace_default", provider, providerCustomerId, subscriptionId });
  }
  return { ...nothing, state: "applied", reason: null, callbacks, jobs };
}

function purchasesOf(event: CheckoutEvent, customerId: string): readonly Callback[] {
  const purchase = purchaseOf(event, customerId);
  if (purchase === null) return [];
  const { productId, quantity, checkoutId, amount, currency } = purchase;
  const data = { customerId, productId, quantity, checkoutId, amount, currency };
  return [{ id: `${checkoutId}:product.purchased`, type: "product.purchased", data }];
}

function failuresOf(event: CheckoutEvent, customerId: string): readonly Callback[] {
  const { type, checkoutId, productId, quantity, subscriptionId, amountTotal, currency } = event;
  if (type !== "checkout.failed" || currency === null) return [];
  const what = { checkoutId, productId, quantity, subscriptionId };
  const data = { customerId, ...what, amount: amountTotal ?? 0, currency };
  return [{ id: `${checkoutId}:checkout.failed`, type: "checkout.failed", data }];
}
