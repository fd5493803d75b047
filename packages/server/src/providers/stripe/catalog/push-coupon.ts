import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing, refusalCode } from "../client/to-provider-error.js";
import type { CouponForSale } from "./intro-coupons.js";
import { type PushStep, takeStep } from "./push-step.js";

/**
 * Makes the coupon of an intro where there is none. What is there stays as it is: customers have it, and Stripe changes
 * nothing of what a coupon takes off (https://docs.stripe.com/api/coupons/update).
 *
 * @param products Those of the prices that it reduces; empty: there are none at Stripe.
 */
export async function pushCoupon(
  call: CallStripe,
  wanted: CouponForSale,
  products: readonly string[],
): Promise<CatalogChange> {
  const compared = await compareCoupon(call, wanted, products);
  if (compared.action !== "created") return compared;
  const { change } = await takeStep(couponStep(wanted), async () => ({
    change: compared,
    made: await createCoupon(call, wanted, products),
  }));
  return change;
}

/** What a push would do about the coupon; changes nothing. */
export async function compareCoupon(
  call: CallStripe,
  wanted: CouponForSale,
  products: readonly string[],
): Promise<CatalogChange> {
  const step = couponStep(wanted);
  if (products.length === 0) {
    return { ...step, action: "failed", detail: "can't be made: what it reduces is not at Stripe" };
  }
  const found = await readCoupon(call, wanted.id);
  if (found === null) return { ...step, action: "created", detail: wanted.said };
  const detail = couponMismatch(found, wanted, products);
  if (detail === null) return { ...step, action: "unchanged", detail: wanted.said };
  return { ...step, action: "failed", detail: `${detail}. Delete it at Stripe, and push again` };
}

export async function readCoupon(call: CallStripe, id: string): Promise<Stripe.Coupon | null> {
  try {
    return await call((client) => client.coupons.retrieve(id, { expand: ["applies_to"] }));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Why a coupon would not take off what the catalog shows, in words; `null` when it would.
 *
 * @param products Absent: which products it reduces is not compared.
 */
export function couponMismatch(
  coupon: Stripe.Coupon,
  wanted: CouponForSale,
  products?: readonly string[],
): string | null {
  const covered = coupon.applies_to?.products ?? [];
  const isCovered = products === undefined || isSame(covered, products);
  const isOwn =
    coupon.percent_off === wanted.percentOff &&
    coupon.amount_off === wanted.amountOff &&
    coupon.currency === wanted.currency &&
    coupon.duration === (wanted.months === null ? "once" : "repeating") &&
    coupon.duration_in_months === wanted.months;
  if (!isOwn) return `the coupon ${coupon.id} does something else at Stripe than what the catalog says`;
  if (!coupon.valid) return `the coupon ${coupon.id} can't be redeemed any more`;
  return isCovered ? null : `the coupon ${coupon.id} reduces other products than this plan's`;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

/** Another push may have been faster: its coupon does the same, or it would be called otherwise. */
async function createCoupon(
  call: CallStripe,
  { id, percentOff, amountOff, currency, months, name, metadata }: CouponForSale,
  products: readonly string[],
): Promise<null> {
  // We rely on: it can be redeemed at any time (`redeem_by`) and as often as we say (`max_redemptions`).
  const params: Stripe.CouponCreateParams = {
    ...{ id, name, metadata: { ...metadata } },
    ...(percentOff !== null && { percent_off: percentOff }),
    ...(amountOff !== null && currency !== null && { amount_off: amountOff, currency }),
    ...(months === null
      ? { duration: "once" as const }
      : { duration: "repeating" as const, duration_in_months: months }),
    // Add-ons and use cost what they cost.
    applies_to: { products: [...products] },
  };
  try {
    await call((client) => client.coupons.create(params));
  } catch (error) {
    if (refusalCode(error) !== "resource_already_exists") throw error;
  }
  return null;
}

function couponStep({ id, planId, interval, currency }: CouponForSale): PushStep {
  return { kind: "coupon", catalogId: planId, interval, currency, providerId: id };
}
