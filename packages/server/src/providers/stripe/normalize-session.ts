import type { CheckoutEvent } from "@tollgate/core";
import type Stripe from "stripe";
import { idOrNull } from "./id-of.js";
import { metadataKeys, readMetadata } from "./names.js";
import type { EventHead, StripeObject } from "./parse-event.js";
import { fromStripeAmount } from "./stripe-amount.js";

/**
 * The checkout in a `checkout.session.*` event. What we read of it has had the same shape in every API
 * version. `null` for a session that we did not open, and for one whose money is still on its way:
 * `async_payment_succeeded` tells when it is there.
 */
export function normalizeSession(head: EventHead, type: string, object: StripeObject): CheckoutEvent | null {
  const session = object as unknown as Stripe.Checkout.Session;
  if (readMetadata(session.metadata, metadataKeys.customer) === null) return null;
  const outcome = toOutcome(type, session.payment_status);
  if (outcome === null) return null;
  return {
    ...head,
    type: outcome,
    providerCustomerId: idOrNull(session.customer),
    checkoutId: session.id,
    productId: readMetadata(session.metadata, metadataKeys.product),
    quantity: Number(readMetadata(session.metadata, metadataKeys.quantity) ?? 1),
    subscriptionId: idOrNull(session.subscription),
    amountTotal: session.payment_status === "paid" ? totalOf(session) : null,
    currency: session.currency,
  };
}

function totalOf({ amount_total, currency }: Stripe.Checkout.Session): number | null {
  return amount_total === null || currency === null ? null : fromStripeAmount(amount_total, currency);
}

function toOutcome(
  type: string,
  payment: Stripe.Checkout.Session.PaymentStatus,
): CheckoutEvent["type"] | null {
  switch (type) {
    case "checkout.session.completed":
      return payment === "unpaid" ? null : "checkout.completed";
    case "checkout.session.async_payment_succeeded":
      return "checkout.completed";
    case "checkout.session.expired":
      return "checkout.expired";
    default:
      return null;
  }
}
