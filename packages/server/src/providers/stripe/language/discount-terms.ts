import type { DiscountTerms, ProviderSubscription, SubscriptionDiscount } from "@tollgate/core";
import type Stripe from "stripe";
import { idOf } from "./id-of.js";
import { fromStripeAmount } from "./stripe-amount.js";

/** What a coupon takes off, in our words. */
export function toDiscountTerms({
  percent_off,
  amount_off,
  currency,
  duration,
  duration_in_months,
}: Stripe.Coupon): DiscountTerms {
  const isAmount = amount_off !== null && currency !== null;
  const lasts = duration === "once" ? "once" : duration === "forever" ? "forever" : "repeating";
  return {
    percentOff: percent_off,
    amountOff: isAmount ? { amount: fromStripeAmount(amount_off, currency), currency } : null,
    duration: lasts,
    months: lasts === "repeating" ? duration_in_months : null,
  };
}

/**
 * The discounts of a whole subscription; those of one of its lines are too deep to be expanded
 * (https://docs.stripe.com/expand#depth). An event has their ids alone.
 */
export function toDiscounts({
  discounts,
}: Pick<Stripe.Subscription, "discounts">): Pick<ProviderSubscription, "discounts" | "discountIds"> {
  if (discounts.length === 0) return {};
  const known = discounts.flatMap((one) => toDiscount(one) ?? []);
  return known.length === discounts.length ? { discounts: known } : { discountIds: discounts.map(idOf) };
}

/** `null`: neither it nor its coupon was expanded. */
function toDiscount(one: string | Stripe.Discount): SubscriptionDiscount | null {
  if (typeof one === "string") return null;
  const { coupon } = one.source;
  return coupon === null || typeof coupon === "string" ? null : { id: one.id, ...toDiscountTerms(coupon) };
}
