import type { CheckoutOffer } from "@tollgate/core";

/** What may be open only once per customer: one plan of each group, one of each product. */
export function slotOf(offer: CheckoutOffer): string {
  return offer.kind === "subscription" ? `plan:${offer.group}` : `product:${offer.productId}`;
}
