import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { find, need } from "../world/find.js";
import { invalidRequest, missing } from "../world/stripe-error.js";
import type { Coupon, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { checkWithinFiveYears, isValid } from "./coupon.js";

export type NewPromotionCode = Omit<Given<Stripe.PromotionCodeCreateParams>, "expand">;

const sameCode = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase();

/** A code is taken while an active one reads the same for the same customer, or for everybody. */
export const checkFree = (world: World, code: string, customer: string | null, own?: string): void => {
  const taken = Object.values(world.promotionCodes).some(
    (row) =>
      row.active &&
      row.id !== own &&
      sameCode(row.code, code) &&
      (row.customer === null || customer === null || row.customer === customer),
  );
  if (taken) throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`);
};

const couponFor = (world: World, ctx: Context, fields: NewPromotionCode): Coupon => {
  const param = "promotion[coupon]";
  if (!fields.promotion.coupon)
    throw invalidRequest(
      "You must pass promotion.coupon when passing promotion",
      undefined,
      "promotion.coupon",
    );
  const coupon = need(world.coupons, "coupon", fields.promotion.coupon, param);
  if (!isValid(coupon, seconds(ctx)))
    throw invalidRequest(`Coupon expired: ${coupon.id}`, "coupon_expired", param);
  return coupon;
};

/** Here a customer who is not there is a 400, as whatever else a body names. */
const needPayer = (world: World, id: string): void => {
  if (!find(world.customers, id) || Object.hasOwn(world.deletedCustomers, id))
    throw missing("customer", id, "customer", 400);
};

/** Refuses an impossible code, before anything is done. */
export const checkPromotionCode = (world: World, ctx: Context, fields: NewPromotionCode): void => {
  const coupon = couponFor(world, ctx, fields);
  const { code, customer, expires_at, max_redemptions, restrictions } = fields;
  if (customer) needPayer(world, customer);
  if (code && !/^[a-zA-Z0-9\-_]+$/.test(code))
    throw invalidRequest(
      `This value must match the regex pattern. (/\\A[a-zA-Z0-9\\-_]+\\z/ does not match for the value ${code}).`,
      undefined,
      "code",
    );
  if (code) checkFree(world, code, customer ?? null);
  if (expires_at !== undefined) checkWithinFiveYears(ctx, expires_at, "expires_at");
  if (expires_at !== undefined && coupon.redeem_by !== null && expires_at > coupon.redeem_by)
    throw invalidRequest(
      "The promotion code cannot expire after its coupon's `redeem_by`.",
      undefined,
      "expires_at",
    );
  if (
    max_redemptions !== undefined &&
    coupon.max_redemptions !== null &&
    max_redemptions > coupon.max_redemptions
  )
    throw invalidRequest(
      "The promotion code cannot have more redemptions than its coupon's `max_redemptions`.",
      undefined,
      "max_redemptions",
    );
  if ((restrictions?.minimum_amount === undefined) !== (restrictions?.minimum_amount_currency === undefined))
    throw invalidRequest(
      "You must pass both `minimum_amount` and `minimum_amount_currency`.",
      "parameter_missing",
      restrictions?.minimum_amount === undefined
        ? "restrictions[minimum_amount]"
        : "restrictions[minimum_amount_currency]",
    );
};
