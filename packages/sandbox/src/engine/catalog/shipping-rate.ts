import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, ShippingRate } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewShippingRate = Omit<Given<Stripe.ShippingRateCreateParams>, "expand">;
export type ShippingRateFields = Omit<Given<Stripe.ShippingRateUpdateParams>, "expand">;

const fixedAmount = (given: NonNullable<NewShippingRate["fixed_amount"]>): ShippingRate["fixed_amount"] => ({
  amount: given.amount,
  currency: given.currency.toLowerCase(),
  ...(given.currency_options
    ? {
        currency_options: Object.fromEntries(
          Object.entries(given.currency_options).map(([currency, option]) => [
            currency.toLowerCase(),
            { amount: option.amount, tax_behavior: option.tax_behavior ?? "unspecified" },
          ]),
        ),
      }
    : {}),
});

/** Creates a rate; Stripe sends no event. */
export const createShippingRate = (world: World, ctx: Context, fields: NewShippingRate): ShippingRate => {
  if (!fields.fixed_amount)
    throw invalidRequest("Missing required param: fixed_amount.", "parameter_missing", "fixed_amount");
  const { minimum, maximum } = fields.delivery_estimate ?? {};
  const fixed = fixedAmount(fields.fixed_amount);
  const rate: ShippingRate = {
    id: ctx.ids.id("shr"),
    object: "shipping_rate",
    active: true,
    created: seconds(ctx),
    delivery_estimate: fields.delivery_estimate
      ? { maximum: maximum ?? null, minimum: minimum ?? null }
      : null,
    display_name: fields.display_name,
    ...(fixed ? { fixed_amount: fixed } : {}),
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    tax_behavior: fields.tax_behavior ?? "unspecified",
    tax_code: fields.tax_code ?? null,
    type: "fixed_amount",
  };
  world.shippingRates[rate.id] = rate;
  return rate;
};

/** Changes what may change in a rate. */
export const updateShippingRate = (rate: ShippingRate, fields: ShippingRateFields): ShippingRate => {
  const options = fields.fixed_amount?.currency_options;
  if (fields.active !== undefined) rate.active = fields.active;
  if (fields.tax_behavior !== undefined) rate.tax_behavior = fields.tax_behavior;
  if (options && rate.fixed_amount)
    rate.fixed_amount.currency_options = {
      ...rate.fixed_amount.currency_options,
      ...Object.fromEntries(
        Object.entries(options).map(([currency, { amount, tax_behavior }]) => [
          currency.toLowerCase(),
          { amount: amount ?? 0, tax_behavior: tax_behavior ?? "unspecified" },
        ]),
      ),
    };
  rate.metadata = mergeMetadata(rate.metadata, fields.metadata);
  return rate;
};

/** What a rate costs in a currency, in its minor unit, or undefined if it has no such currency. */
export const shippingAmount = (rate: ShippingRate, currency: string | null): number | undefined => {
  const fixed = rate.fixed_amount;
  if (!fixed || currency === null) return undefined;
  return fixed.currency === currency ? fixed.amount : fixed.currency_options?.[currency]?.amount;
};
