import { eventReasons, type OwnerStamp, type PaymentBooks } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { EventPlan } from "./settle-event.js";

/** A payment, with what its invoice says about whose it is. */
export interface PaymentOwner {
  readonly books: Pick<PaymentBooks, "providerCustomerId" | "subscriptionId">;
  readonly stamp: OwnerStamp | null;
}

/** Whose a payment was, or what becomes of an event about one that is nobody's here. */
export type Payer =
  | { readonly kind: "found"; readonly customerId: string }
  | { readonly kind: "nobody"; readonly plan: EventPlan };

/**
 * Whose customer paid, where an event says no more than what was paid. What is stored of the subscription counts first:
 * its plan may have left the catalog since. Of a subscription that is not stored the provider knows whether it is ours.
 *
 * @param known whose the event's customer is, as far as it names one
 */
export async function findPayer(
  context: BillingContext,
  payment: PaymentOwner,
  known: string | null,
): Promise<Payer> {
  const { store, provider } = context;
  const { subscriptionId, providerCustomerId } = payment.books;
  const stored = subscriptionId === null ? null : await store.findSubscription(subscriptionId, provider.id);
  if (stored !== null) return { kind: "found", customerId: stored.customerId };
  if (providerCustomerId === null) return nobody(eventReasons.nobody);
  const read =
    subscriptionId === null
      ? null
      : await provider.subscriptions.read({ id: subscriptionId, providerCustomerId });
  if (read !== null && (read.value === null || read.value === "foreign")) return nobody(eventReasons.foreign);
  const linked = known ?? (await store.findCustomerByProviderId(providerCustomerId, provider.id))?.customerId;
  if (linked !== undefined) return { kind: "found", customerId: linked };
  // Paid once, by somebody who was never here.
  if (read === null) return nobody(eventReasons.foreign);
  const wait = { action: "wait", providerCustomerId, reason: eventReasons.unknownCustomer } as const;
  return { kind: "nobody", plan: { decision: wait, stamp: read.stamp ?? payment.stamp, subscriptionId } };
}

function nobody(reason: string): Payer {
  return { kind: "nobody", plan: ignoredAs(reason) };
}

/** Noted, so that somebody who misses an event finds it, and the reason; nothing of it is applied. */
export function ignoredAs(reason: string): EventPlan {
  const none = { subscription: null, callbacks: [], jobs: [] } as const;
  return { decision: { action: "settle", state: "ignored", reason, ...none } };
}
