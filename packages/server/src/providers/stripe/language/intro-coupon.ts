import type { CheckoutOffer, Interval } from "@tollgate/core";
import type { StripeNames } from "./names.js";

type IntroOffer = Pick<
  Extract<CheckoutOffer, { kind: "subscription" }>,
  "planId" | "interval" | "currency" | "intro"
>;

/**
 * What the coupon of an intro is called: by everything that it does, so that another intro has another coupon, and nobody
 * who redeemed one ever gets less or more than they were sold. `tollgate_intro_month_3x5000bp_pro` takes 50 % off three
 * months of the plan `pro`, `tollgate_intro_month_1x1450usd_pro` 14.50 dollars off the first.
 */
export function introCouponId(names: StripeNames, { planId, interval, currency, intro }: IntroOffer): string {
  const { percentOff = null, amountOff = null, payments = 1 } = intro ?? {};
  const off = percentOff === null ? `${amountOff ?? 0}${currency}` : `${Math.round(percentOff * 100)}bp`;
  return `${names.introPrefix}${interval}_${payments}x${off}_${planId}`;
}

/** The plan and the interval that a coupon of ours is the intro of; `null`: it is no such coupon. */
export function introOfCoupon(
  { introPrefix }: StripeNames,
  couponId: string,
): { readonly planId: string; readonly interval: Interval } | null {
  if (!couponId.startsWith(introPrefix)) return null;
  const [, interval, planId] = /^(.+?)_\d+x\d+[a-z]+_(.+)$/.exec(couponId.slice(introPrefix.length)) ?? [];
  return interval === undefined || planId === undefined ? null : { planId, interval: interval as Interval };
}
