import type { CheckoutEvent, EventClock, PaymentEvent } from "../language/billing-event.js";
import type { Subscription } from "../language/subscription.js";
import { hasEnded, isActive } from "../language/subscription-predicates.js";

/**
 * Whether what is stored of a subscription can't be all that a payment or a checkout of it means, so that it has to be
 * read: an endpoint may hear these and not the subscription's own events. Where it does hear those, they nearly always
 * come first, or have the same time, so that a renewal costs no read.
 *
 * @example
 * isBehind({ type: "payment.succeeded", occurredAt: "2026-03-01T00:00:00.000Z" }, null); // true: nothing is stored
 */
export function isBehind(
  fact: Pick<PaymentEvent | CheckoutEvent, "type" | "occurredAt"> &
    Partial<Pick<PaymentEvent, "invoiceId" | "attempt">>,
  current: Subscription | null,
  clock: EventClock = "second",
): boolean {
  if (current === null) return fact.type !== "checkout.expired";
  if (hasEnded(current)) return false;
  if (clock === "none") return fact.type !== "checkout.expired";
  if (fact.occurredAt < current.asOf) return false;
  // What was paid while one stays past due is known from its invoices alone.
  if (fact.type === "payment.succeeded" && current.status === "past_due") return true;
  if (fact.occurredAt === current.asOf) return false;
  switch (fact.type) {
    case "payment.succeeded":
      return current.status !== "active" || isOver(current, fact.occurredAt);
    case "payment.failed":
      return isActive(current) || isNewAttempt(current, fact);
    case "checkout.failed":
      return isActive(current);
    case "checkout.completed":
      return current.status === "incomplete";
    case "payment.action_required":
    case "checkout.expired":
      return false;
  }
}

/** How often it was tried, and when it is tried again, only its invoice says. */
function isNewAttempt(
  { status, dunning }: Subscription,
  { invoiceId = null, attempt = null }: Partial<Pick<PaymentEvent, "invoiceId" | "attempt">>,
): boolean {
  return status === "past_due" && (dunning?.invoiceId !== invoiceId || dunning?.attempts !== attempt);
}

/** Paid after the period that is known: it was renewed. */
function isOver({ currentPeriod }: Subscription, at: string): boolean {
  return currentPeriod !== null && currentPeriod.end <= at;
}
