import type Stripe from "stripe";
import { metadataKeys, readMetadata } from "./names.js";

/**
 * How many of a product a checkout buys. It stands in our own metadata, which somebody at the provider's dashboard
 * may have changed: `null` when it is no whole number.
 */
export function quantityOf({ metadata }: Pick<Stripe.Checkout.Session, "metadata">): number | null {
  const quantity = Number(readMetadata(metadata, metadataKeys.quantity) ?? 1);
  return Number.isSafeInteger(quantity) && quantity > 0 ? quantity : null;
}
