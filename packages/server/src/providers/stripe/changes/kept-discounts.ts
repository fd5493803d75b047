import type Stripe from "stripe";
import { idOf } from "../language/id-of.js";
import { introOfCoupon } from "../language/intro-coupon.js";
import type { StripeNames } from "../language/names.js";
import type { ChangeTerms } from "./change-terms.js";

type Changing = Pick<ChangeTerms, "subscription" | "change"> & { readonly names: StripeNames };

/**
 * The discounts that a change leaves. An intro belongs to the plan and the interval that it was sold with: a change to
 * another one ends it, while another quantity keeps it. Everything else is kept, or ended by its own scope.
 */
export function keptDiscounts({ subscription, change, names }: Changing): readonly Stripe.Discount[] {
  const all = subscription.discounts.filter((one) => typeof one !== "string");
  return all.filter(({ source: { coupon } }) => {
    const intro = coupon === null ? null : introOfCoupon(names, idOf(coupon));
    if (intro === null) return true;
    return intro.planId === change.to.planId && intro.interval === change.to.interval;
  });
}

/** What Stripe is told of them; nothing where all are kept. An empty string is how it removes all. */
export function toGivenDiscounts(changing: Changing) {
  const kept = keptDiscounts(changing);
  if (kept.length === changing.subscription.discounts.length) return {};
  return { discounts: kept.length === 0 ? ("" as const) : kept.map(({ id }) => ({ discount: id })) };
}
