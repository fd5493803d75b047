import type { CheckoutRecord } from "../language/checkout-record.js";

/**
 * The record of a checkout after the provider said what became of it; `null`: it stays as it is. What is complete never
 * expires; its money may still fail to arrive.
 *
 * @example
 * function expire(checkout: CheckoutRecord): CheckoutRecord {
 *   return decideCheckoutStatus(checkout, { provider: "stripe", status: "expired" }) ?? checkout;
 * }
 */
export function decideCheckoutStatus(
  checkout: CheckoutRecord | null,
  said: { readonly provider: string; readonly status: Exclude<CheckoutRecord["status"], "open"> },
): CheckoutRecord | null {
  const { provider, status } = said;
  if (checkout === null || checkout.provider !== provider || checkout.status === status) return null;
  if (status === "expired" && checkout.status !== "open") return null;
  return { ...checkout, status, url: null };
}
