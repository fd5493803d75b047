import type Stripe from "stripe";
import { addOnOfPrice, type PriceMarks, planOfPrice, usageOfPrice } from "../language/names.js";

/** A price as a line shows it: whole where it was expanded. */
export type LinePrice = string | Stripe.Price | Stripe.DeletedPrice;

/**
 * Names what a line of a subscription is for: a plan of a group, the use of a feature, an add-on, or a price that is none of
 * ours. Where one line takes the place of another, they are for the same thing; where it stands in the list says nothing.
 */
export function lineOf(price: LinePrice, marks: PriceMarks): string {
  if (typeof price === "string") return `price:${price}`;
  if (!("deleted" in price)) {
    const plan = planOfPrice(price, marks);
    if (plan !== null) return `plan:${plan.group}`;
    const usage = usageOfPrice(price, marks.app);
    if (usage !== null) return `usage:${usage.feature}`;
    const addOn = addOnOfPrice(price, marks);
    if (addOn !== null) return `addon:${addOn.addOnId}`;
  }
  return `price:${price.id}`;
}
