import type { DiscountTerms, ProviderDiscounts } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { idOf } from "../language/id-of.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { readLiving } from "./read-for-ending.js";

/** What a coupon does; `null` for one that is not there, or can't be redeemed any more. */
export async function readDiscount(call: CallStripe, id: string): Promise<DiscountTerms | null> {
  try {
    const coupon = await call((client) => client.coupons.retrieve(id));
    return coupon.valid ? toTerms(coupon) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function toTerms({
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

/** Adds a coupon to those that a subscription has; one that is there already is not added twice. */
export async function applyDiscount(
  call: CallStripe,
  { subscription, coupon, idempotencyKey }: Parameters<ProviderDiscounts["apply"]>[0],
): Promise<void> {
  const { id } = await readLiving(call, subscription.id);
  const expand = ["discounts"];
  const { discounts } = await call((client) => client.subscriptions.retrieve(id, { expand }));
  if (discounts.some((one) => typeof one !== "string" && couponOf(one) === coupon)) return;
  const kept = discounts.map((one) => ({ discount: idOf(one) }));
  const update = call((client) =>
    client.subscriptions.update(
      id,
      { discounts: [...kept, { coupon }] },
      { idempotencyKey: `${idempotencyKey}:discount` },
    ),
  );
  await underOwnKey(update);
}

function couponOf({ source }: Stripe.Discount): string | null {
  return source.coupon === null ? null : idOf(source.coupon);
}
