import { createDiscount } from "../discounts/discount.js";
import { redeem } from "../discounts/redeem.js";
import type { GivenDiscount } from "../discounts/set-discounts.js";
import type { Context } from "../world/context.js";
import type { Quote } from "../world/wire.js";
import type { World } from "../world/world.js";

/** The discounts that a quote promises; what it becomes redeems them for itself. */
export const redeemForQuote = (
  world: World,
  ctx: Context,
  quote: Quote,
  given: readonly GivenDiscount[],
): string[] => {
  const customer = quote.customer as string | null;
  return given.map(({ coupon, promotion_code }) => {
    const redeemed = redeem(world, ctx, {
      coupon,
      promotion_code,
      customer,
      amount: null,
      currency: quote.currency ?? "usd",
      param: "discounts",
    });
    return createDiscount(world, ctx, redeemed, { customer: customer ?? "" }).id;
  });
};
