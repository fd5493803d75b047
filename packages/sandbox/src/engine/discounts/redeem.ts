import { type Context, seconds } from "../world/context.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Coupon, PromotionCode } from "../world/wire.js";
import type { World } from "../world/world.js";
import { amountOffIn, isValid } from "./coupon.js";
import { minimumOf } from "./promotion-code.js";

/** Who redeems what, and for which purchase. */
export type Redemption = {
  coupon?: string | undefined;
  promotion_code?: string | undefined;
  /** Null as long as there is none, as in a fresh checkout. */
  customer: string | null;
  /** What the purchase comes to before the discount, in minor units; null if that is not known yet. */
  amount: number | null;
  currency: string;
  /** The parameter to blame. @default "coupon" or "promotion_code" */
  param?: string;
};

export type Redeemed = { coupon: Coupon; promotionCode: PromotionCode | null };

/** A bill that was ever to be paid counts, even one for nothing; a draft or a voided one does not. */
const hasPaidBefore = (world: World, customer: string): boolean =>
  Object.values(world.invoices).some(
    (invoice) => invoice.customer === customer && invoice.status !== "draft" && invoice.status !== "void",
  ) ||
  Object.values(world.charges).some(
    (charge) => charge.customer === customer && charge.status === "succeeded",
  );

const refused = (why: string, code: string | undefined, param: string) =>
  invalidRequest(`This promotion code cannot be redeemed because ${why}`, code, param);

const checkCode = (
  world: World,
  ctx: Context,
  code: PromotionCode,
  { customer, amount, currency }: Redemption,
  param: string,
): void => {
  if (code.expires_at !== null && code.expires_at <= seconds(ctx))
    throw invalidRequest("This promotion code is expired.", "coupon_expired", param);
  if (!code.active) throw invalidRequest("This promotion code is inactive.", "resource_missing", param);
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions)
    throw refused("it has been redeemed as often as it may be.", "coupon_expired", param);
  if (code.customer !== null && code.customer !== customer)
    throw refused("it is restricted to another customer.", "resource_missing", param);
  if (code.restrictions.first_time_transaction && customer !== null && hasPaidBefore(world, customer))
    throw refused(
      "the associated customer has prior transactions.",
      "promotion_code_customer_not_first_time",
      param,
    );
  const minimum = minimumOf(code, currency);
  const short =
    minimum === null ? code.restrictions.minimum_amount !== null : amount !== null && amount < minimum;
  if (short)
    throw refused(
      "the associated purchase does not meet the minimum amount requirement.",
      "promotion_code_minimum_amount_not_met",
      param,
    );
};

const checkCoupon = (world: World, ctx: Context, coupon: Coupon, currency: string, param: string): void => {
  if (!isValid(coupon, seconds(ctx)))
    throw invalidRequest(`Coupon expired: ${coupon.id}`, "coupon_expired", param);
  if (coupon.amount_off !== null && amountOffIn(world, coupon, currency) === null)
    throw invalidRequest(
      `The coupon \`${coupon.id}\` is in \`${coupon.currency}\` and can't be applied to a purchase in \`${currency}\`.`,
      undefined,
      param,
    );
};

/** The coupon behind a code or a promotion code, or Stripe's refusal; changes nothing. */
export const redeem = (world: World, ctx: Context, redemption: Redemption): Redeemed => {
  if ((redemption.coupon === undefined) === (redemption.promotion_code === undefined))
    throw invalidRequest(
      "You must specify exactly one of these parameters: coupon, promotion_code.",
      "parameters_exclusive",
      redemption.param,
    );
  if (redemption.promotion_code === undefined) {
    const param = redemption.param ?? "coupon";
    const coupon = need(world.coupons, "coupon", redemption.coupon ?? "", param);
    checkCoupon(world, ctx, coupon, redemption.currency, param);
    return { coupon, promotionCode: null };
  }
  const param = redemption.param ?? "promotion_code";
  const promotionCode = need(world.promotionCodes, "promotion code", redemption.promotion_code, param);
  checkCode(world, ctx, promotionCode, redemption, param);
  const coupon = need(world.coupons, "coupon", String(promotionCode.promotion.coupon), param);
  checkCoupon(world, ctx, coupon, redemption.currency, param);
  return { coupon, promotionCode };
};

/** An active promotion code by what a customer types, in any case; their own before everybody's. */
export const findPromotionCode = (
  world: World,
  typed: string,
  customer: string | null,
): PromotionCode | undefined => {
  const wanted = typed.trim().toUpperCase();
  const active = Object.values(world.promotionCodes).filter(
    (row) =>
      row.active && row.code.toUpperCase() === wanted && (row.customer === null || row.customer === customer),
  );
  return active.find((row) => row.customer !== null) ?? active[0];
};

/** Counts a redemption; what may not be redeemed again becomes invalid or inactive, as Stripe shows it. */
export const countRedemption = (world: World, { coupon, promotionCode }: Redeemed): void => {
  coupon.times_redeemed += 1;
  if (coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions) {
    coupon.valid = false;
    for (const code of Object.values(world.promotionCodes))
      if (code.promotion.coupon === coupon.id) code.active = false;
  }
  if (!promotionCode) return;
  promotionCode.times_redeemed += 1;
  const { max_redemptions, times_redeemed } = promotionCode;
  if (max_redemptions !== null && times_redeemed >= max_redemptions) promotionCode.active = false;
};

/** A coupon as it shows at a time: past its `redeem_by` it is no longer valid. */
export const couponAt = (ctx: Context, coupon: Coupon): Coupon => ({
  ...coupon,
  valid: coupon.valid && isValid(coupon, seconds(ctx)),
});

/**
 * A promotion code as it shows at a time: past its end, or once its coupon is over, it is no longer active.
 */
export const promotionCodeAt = (world: World, ctx: Context, code: PromotionCode): PromotionCode => {
  const coupon = find<Coupon>(world.coupons, code.promotion.coupon);
  const over = code.expires_at !== null && code.expires_at <= seconds(ctx);
  return { ...code, active: code.active && !over && coupon !== undefined && isValid(coupon, seconds(ctx)) };
};
