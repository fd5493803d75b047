import type Stripe from "stripe";
import { metadataKeys, readMetadata } from "./names.js";

/**
 * How many of a product a checkout buys. It is in our own metadata, which somebody in the provider's dashboard may have
 * changed: `null` when it is not a whole number.
 */
export function quantityOf({ metadata }: Pick<Stripe.Checkout.Session, "metadata">): number | null {
  const quantity = Number(readMetadata(metadata, metadataKeys.quantity) ?? 1);
  return Number.isSafeInteger(quantity) && quantity > 0 ? quantity : null;
}
