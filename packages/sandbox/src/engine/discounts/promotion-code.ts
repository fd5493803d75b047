import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find, needAt } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Coupon, Given, PromotionCode } from "../world/wire.js";
import type { World } from "../world/world.js";
import { checkFree, checkPromotionCode, type NewPromotionCode } from "./check-promotion-code.js";
import { isValid } from "./coupon.js";

export type PromotionCodeFields = Omit<Given<Stripe.PromotionCodeUpdateParams>, "expand">;

type CurrencyMinima = Record<string, { minimum_amount?: number }>;

const withMinima = (given: CurrencyMinima | undefined): Record<string, { minimum_amount: number }> =>
  Object.fromEntries(
    Object.entries(given ?? {}).map(([currency, option]) => [
      currency.toLowerCase(),
      { minimum_amount: option.minimum_amount ?? 0 },
    ]),
  );

/** Creates a code for a coupon; a random one of eight capitals and digits if none is chosen. */
export const createPromotionCode = (world: World, ctx: Context, fields: NewPromotionCode): PromotionCode => {
  checkPromotionCode(world, ctx, fields);
  const { restrictions } = fields;
  const promotionCode: PromotionCode = {
    id: ctx.ids.id("promo"),
    object: "promotion_code",
    active: fields.active ?? true,
    code: fields.code || ctx.ids.secret(8).toUpperCase(),
    created: seconds(ctx),
    customer: fields.customer || null,
    customer_account: null,
    expires_at: fields.expires_at ?? null,
    livemode: false,
    max_redemptions: fields.max_redemptions ?? null,
    metadata: mergeMetadata({}, fields.metadata),
    promotion: { coupon: fields.promotion.coupon ?? null, type: "coupon" },
    restrictions: {
      ...(restrictions?.currency_options
        ? { currency_options: withMinima(restrictions.currency_options) }
        : {}),
      first_time_transaction: restrictions?.first_time_transaction ?? false,
      minimum_amount: restrictions?.minimum_amount ?? null,
      minimum_amount_currency: restrictions?.minimum_amount_currency?.toLowerCase() ?? null,
    },
    times_redeemed: 0,
  };
  world.promotionCodes[promotionCode.id] = promotionCode;
  emit(world, ctx, "promotion_code.created", promotionCode);
  return promotionCode;
};

/** Whether a code and its coupon can still be redeemed, apart from being switched off. */
const redeemable = (world: World, ctx: Context, code: PromotionCode): boolean => {
  const coupon = find<Coupon>(world.coupons, code.promotion.coupon);
  return (
    coupon !== undefined &&
    isValid(coupon, seconds(ctx)) &&
    (code.expires_at === null || code.expires_at > seconds(ctx)) &&
    (code.max_redemptions === null || code.times_redeemed < code.max_redemptions)
  );
};

/** Changes what may change in a code; it is switched on again only while it can be redeemed. */
export const updatePromotionCode = (
  world: World,
  ctx: Context,
  id: string,
  fields: PromotionCodeFields,
): PromotionCode => {
  const code = needAt(world.promotionCodes, "promotion code", id, "promotion_code");
  if (fields.active && !code.active) {
    if (!redeemable(world, ctx, code))
      throw invalidRequest(
        "This promotion code cannot be reactivated because it or its coupon can no longer be redeemed.",
        undefined,
        "active",
      );
    checkFree(world, code.code, code.customer as string | null, id);
  }
  return change(world, ctx, "promotion_code.updated", code, (draft) => {
    if (fields.active !== undefined) draft.active = fields.active;
    const options = withMinima(fields.restrictions?.currency_options);
    if (Object.keys(options).length > 0)
      draft.restrictions.currency_options = { ...draft.restrictions.currency_options, ...options };
    draft.metadata = mergeMetadata(draft.metadata ?? {}, fields.metadata);
  });
};

/** What a purchase must come to, in the currency's minor unit, or null. */
export const minimumOf = (code: PromotionCode, currency: string): number | null => {
  const { minimum_amount, minimum_amount_currency } = code.restrictions;
  if (minimum_amount_currency === currency) return minimum_amount;
  return find(code.restrictions.currency_options ?? {}, currency)?.minimum_amount ?? null;
};
