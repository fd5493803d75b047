import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { find } from "../world/find.js";
import type { Customer, Discount } from "../world/wire.js";
import type { World } from "../world/world.js";
import { createDiscount, endDiscount } from "./discount.js";
import { redeem } from "./redeem.js";

/** A promotion code's id counts as its coupon. */
const redeemed = (world: World, ctx: Context, customer: string | null, id: string) => {
  const isCode = find(world.coupons, id) === undefined && find(world.promotionCodes, id) !== undefined;
  const named = isCode ? { promotion_code: id } : { coupon: id };
  return redeem(world, ctx, { ...named, customer, amount: null, currency: "usd" });
};

/** Refuses a coupon that can't be redeemed; changes nothing. Empty: removes the discount. */
export const checkCustomerCoupon = (world: World, ctx: Context, coupon: string | undefined): void => {
  if (coupon) redeemed(world, ctx, null, coupon);
};

/**
 * Gives a customer a discount on everything, replaces it, or removes it (`""`). Requests of API versions
 * before clover do that with `coupon`; later ones put discounts on subscriptions and invoices.
 */
export const setCustomerCoupon = (world: World, ctx: Context, customer: Customer, coupon: string): void => {
  const before = customer.discount;
  if (coupon === "") {
    customer.discount = null;
    if (before) endDiscount(world, ctx, before.id);
    return;
  }
  const holder = { customer: customer.id };
  const redemption = redeemed(world, ctx, customer.id, coupon);
  const discount = createDiscount(world, ctx, redemption, holder, before as Discount | null);
  change(world, ctx, "customer.updated", customer, (draft) => {
    draft.discount = discount;
  });
};
