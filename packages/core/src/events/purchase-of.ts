import type { CheckoutEvent } from "../language/billing-event.js";
import type { Purchase } from "../language/purchase.js";

/**
 * What a checkout's event says was bought once, and paid for; `null` when it was a plan, or nothing came of it.
 *
 * @param customerId the customer that the event's customer is linked to
 * @example
 * function isCredits(event: CheckoutEvent): boolean {
 *   return purchaseOf(event, "org_1")?.productId === "credits";
 * }
 */
export function purchaseOf(event: CheckoutEvent, customerId: string): Purchase | null {
  const { type, provider, checkoutId, productId, quantity, currency, occurredAt } = event;
  if (type !== "checkout.completed" || productId === null || currency === null) return null;
  const amount = event.amountTotal ?? 0;
  return { provider, checkoutId, customerId, productId, quantity, amount, currency, purchasedAt: occurredAt };
}
