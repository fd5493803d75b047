import type { Context } from "./context.js";
import { createDiscount } from "./discount.js";
import { redeem } from "./redeem.js";
import type { GivenDiscount } from "./set-discounts.js";
import type { Quote } from "./wire.js";
import type { World } from "./world.js";

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
