import type Stripe from "stripe";
import { type Context, day, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find, need, needAt } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Coupon, Given } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewCoupon = Omit<Given<Stripe.CouponCreateParams>, "expand">;
export type CouponFields = Omit<Given<Stripe.CouponUpdateParams>, "expand">;

const fiveYears = 5 * 366 * day;

/** Refuses an end that has passed, or that lies too far ahead. */
export const checkWithinFiveYears = (ctx: Context, time: number, param: string): void => {
  const now = seconds(ctx);
  if (time <= now)
    throw invalidRequest(
      `The parameter \`${param}\` expects a unix timestamp representing a date and time in the future. You specified the value \`${time}\` which is in the past.`,
      undefined,
      param,
    );
  if (time > now + fiveYears)
    throw invalidRequest(
      "Invalid timestamp: can be no more than five years in the future.",
      undefined,
      param,
    );
};

const checkPercentage = (percentage: number): void => {
  if (percentage >= 0.01 && percentage <= 100) return;
  const bound = percentage > 100 ? "less than or equal to 100" : "greater than or equal to 0.01";
  const shown = Number.isInteger(percentage) ? percentage.toFixed(1) : String(percentage);
  throw invalidRequest(`This value must be ${bound} (it currently is '${shown}').`, undefined, "percent_off");
};

const check = (world: World, ctx: Context, fields: NewCoupon): void => {
  const { amount_off, percent_off, currency, duration = "once", duration_in_months } = fields;
  if (amount_off !== undefined && percent_off !== undefined)
    throw invalidRequest("Received both percent_off and amount_off parameters. Please pass in only one.");
  if (amount_off === undefined && percent_off === undefined)
    throw invalidRequest("Must provide percent_off or amount_off.", "parameter_missing");
  if (percent_off !== undefined) checkPercentage(percent_off);
  if (amount_off !== undefined && !currency)
    throw invalidRequest("You must pass currency when passing amount_off", undefined, "currency");
  if (fields.currency_options && percent_off !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: currency_options, percent_off.",
      undefined,
      "currency_options",
    );
  if (duration === "repeating" && duration_in_months === undefined)
    throw invalidRequest(
      "The duration_in_months param must be set when creating a coupon with a repeating duration",
      undefined,
      "duration",
    );
  if (duration !== "repeating" && duration_in_months !== undefined)
    throw invalidRequest(
      "You may only pass duration_in_months when the duration is repeating.",
      undefined,
      "duration_in_months",
    );
  if (fields.redeem_by !== undefined) checkWithinFiveYears(ctx, fields.redeem_by, "redeem_by");
  if (fields.id && find(world.coupons, fields.id))
    throw invalidRequest("Coupon already exists.", "resource_already_exists", "id");
  for (const [index, id] of (fields.applies_to?.products ?? []).entries())
    need(world.products, "product", id, `applies_to[products][${index}]`);
};

/** Creates a coupon, under a code of the caller's choice or a random one. */
export const createCoupon = (world: World, ctx: Context, fields: NewCoupon): Coupon => {
  check(world, ctx, fields);
  const id = fields.id || ctx.ids.secret(8);
  const coupon: Coupon = {
    id,
    object: "coupon",
    amount_off: fields.amount_off ?? null,
    created: seconds(ctx),
    currency: fields.amount_off === undefined ? null : (fields.currency?.toLowerCase() ?? null),
    duration: fields.duration ?? "once",
    duration_in_months: fields.duration_in_months ?? null,
    livemode: false,
    max_redemptions: fields.max_redemptions ?? null,
    metadata: mergeMetadata({}, fields.metadata),
    name: fields.name || null,
    percent_off: fields.percent_off ?? null,
    redeem_by: fields.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  world.coupons[id] = coupon;
  const products = fields.applies_to?.products;
  world.hidden.couponParts[id] = {
    ...(products ? { applies_to: { products: [...products] } } : {}),
    ...(coupon.currency && coupon.amount_off !== null
      ? {
          currency_options: {
            ...fields.currency_options,
            [coupon.currency]: { amount_off: coupon.amount_off },
          },
        }
      : {}),
  };
  emit(world, ctx, "coupon.created", coupon);
  return coupon;
};

/** Changes what may change in a coupon: its name, its metadata and further currencies. */
export const updateCoupon = (world: World, ctx: Context, id: string, fields: CouponFields): Coupon => {
  const coupon = needAt(world.coupons, "coupon", id, "coupon");
  const parts = world.hidden.couponParts[id];
  if (fields.currency_options && coupon.amount_off === null)
    throw invalidRequest(
      "You can only pass `currency_options` for a coupon with an amount.",
      undefined,
      "currency_options",
    );
  if (fields.currency_options && parts)
    parts.currency_options = { ...parts.currency_options, ...fields.currency_options };
  return change(world, ctx, "coupon.updated", coupon, (draft) => {
    if (fields.name !== undefined) draft.name = fields.name || null;
    draft.metadata = mergeMetadata(draft.metadata ?? {}, fields.metadata);
  });
};

/** Takes a coupon out of use; whoever already has it keeps it. */
export const deleteCoupon = (world: World, ctx: Context, id: string): Coupon => {
  const coupon = needAt(world.coupons, "coupon", id, "coupon");
  delete world.coupons[id];
  coupon.valid = false;
  world.hidden.deletedCoupons[id] = coupon;
  emit(world, ctx, "coupon.deleted", coupon);
  return coupon;
};

/** Whether a coupon can still be redeemed at a time, in seconds. */
export const isValid = (coupon: Coupon, now: number): boolean =>
  (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions) &&
  (coupon.redeem_by === null || coupon.redeem_by >= now);

/** A coupon by its code, even a deleted one, or undefined. */
export const couponBehind = (world: World, id: string | null | undefined): Coupon | undefined =>
  find(world.coupons, id) ?? find(world.hidden.deletedCoupons, id);

/** What a coupon takes off in a currency, in its minor unit; null if it has a percentage or no such currency. */
export const amountOffIn = (world: World, coupon: Coupon, currency: string): number | null => {
  if (coupon.amount_off === null) return null;
  if (coupon.currency === currency) return coupon.amount_off;
  return (
    find(find(world.hidden.couponParts, coupon.id)?.currency_options ?? {}, currency)?.amount_off ?? null
  );
};

/** The products that a coupon is limited to, or null for all. */
export const productsOf = (world: World, coupon: Coupon): string[] | null =>
  find(world.hidden.couponParts, coupon.id)?.applies_to?.products ?? null;
