import { BillingError, type CheckoutEvent } from "@tollgate/core";
import type Stripe from "stripe";
import { idOrNull } from "../language/id-of.js";
import { metadataKeys, readMetadata } from "../language/names.js";
import { quantityOf } from "../language/quantity-of.js";
import { readId } from "../language/read-id.js";
import { readMoney } from "../language/read-money.js";
import { toAgreement } from "../language/to-agreement.js";
import { toIsoTime } from "../language/to-iso-time.js";
import type { EventHead, StripeObject } from "./parse-event.js";

/**
 * The checkout in a `checkout.session.*` event. What we read of it has had the same shape in every API version. `null`
 * for a session that we did not open, and for one whose money is still on its way: `async_payment_succeeded` says when
 * it has arrived, `async_payment_failed` that it did not.
 *
 * @throws BillingError `invalid_event`
 */
export function normalizeSession(head: EventHead, type: string, object: StripeObject): CheckoutEvent | null {
  const session = object as unknown as Stripe.Checkout.Session;
  if (readMetadata(session.metadata, metadataKeys.customer) === null) return null;
  const outcome = toOutcome(type, session.payment_status);
  if (outcome === null) return null;
  const checkoutId = readId(session);
  if (checkoutId === null) throw new BillingError("invalid_event", "The event's checkout has no id.");
  return {
    ...head,
    type: outcome,
    providerCustomerId: idOrNull(session.customer),
    checkoutId,
    productId: readMetadata(session.metadata, metadataKeys.product),
    quantity: quantityOf(session) ?? refuseQuantity(),
    subscriptionId: idOrNull(session.subscription),
    ...amountOf(session, outcome),
    ...agreedIn(session, type, head),
  };
}

/** It is given with the completion; when that was, the events of a debit, some days later, don't say: after the opening. */
function agreedIn(
  session: Stripe.Checkout.Session,
  type: string,
  { occurredAt }: EventHead,
): Pick<CheckoutEvent, "agreed"> {
  // An endpoint of an older version sends sessions that say nothing of either.
  if (type === "checkout.session.expired" || !session.consent) return {};
  const at = type === "checkout.session.completed" ? occurredAt : toIsoTime(session.created);
  const agreed = toAgreement(session, at);
  return agreed === null ? {} : { agreed };
}

function refuseQuantity(): never {
  throw new BillingError("invalid_event", "The event's checkout has no whole quantity.");
}

function amountOf(
  session: Stripe.Checkout.Session,
  outcome: CheckoutEvent["type"],
): Pick<CheckoutEvent, "amountTotal" | "currency"> {
  const { amount_total, currency, payment_status } = session;
  if (amount_total === null || currency === null) return { amountTotal: null, currency };
  const total = readMoney(amount_total, currency);
  const isTold = payment_status === "paid" || outcome === "checkout.failed";
  return { amountTotal: isTold ? total.amount : null, currency: total.currency };
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
    case "checkout.session.async_payment_failed":
      return "checkout.failed";
    case "checkout.session.expired":
      return "checkout.expired";
    default:
      return null;
  }
}
