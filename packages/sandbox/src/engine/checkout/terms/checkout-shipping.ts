import { createShippingRate, shippingAmount } from "../../catalog/shipping-rate.js";
import type { Context } from "../../world/context.js";
import { find, need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CheckoutSession } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { CheckoutOrder } from "./checkout-order.js";

type Given = NonNullable<CheckoutOrder["shipping_options"]>;

/** Refuses shipping options that are not there, or in another currency. */
export const checkShipping = (world: World, options: Given, currency: string | null): void => {
  for (const [index, { shipping_rate: id, shipping_rate_data: data }] of options.entries()) {
    const param = `shipping_options[${index}][shipping_rate]`;
    if ((id === undefined) === (data === undefined))
      throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
    const rate = id === undefined ? undefined : need(world.shippingRates, "shipping rate", id, param);
    if (rate && !rate.active)
      throw invalidRequest("The shipping rate specified is inactive.", undefined, param);
    const amount = rate
      ? shippingAmount(rate, currency)
      : data?.fixed_amount?.currency.toLowerCase() === currency;
    if (amount === undefined || amount === false)
      throw invalidRequest(
        "The currency of the shipping rate must match the currency of the Checkout Session.",
        undefined,
        param,
      );
  }
};

/** Adds the cost of one of a session's shipping options; the first one counts until the customer chooses. */
export const chooseShipping = (world: World, session: CheckoutSession, id: string | undefined): void => {
  const option = session.shipping_options.find(({ shipping_rate }) => shipping_rate === id);
  const rate = find(world.shippingRates, option?.shipping_rate as string | undefined);
  if (!option || !rate)
    throw invalidRequest("This shipping option is not on offer.", undefined, "shipping_rate");
  session.shipping_cost = {
    amount_subtotal: option.shipping_amount,
    amount_tax: 0,
    amount_total: option.shipping_amount,
    shipping_rate: rate.id,
  };
};

/** Offers shipping options, checked before. */
export const offerShipping = (world: World, ctx: Context, session: CheckoutSession, given: Given): void => {
  session.shipping_options = given.map(({ shipping_rate: id, shipping_rate_data: data }) => {
    const rate = data
      ? createShippingRate(world, ctx, data)
      : need(world.shippingRates, "shipping rate", id ?? "");
    return { shipping_amount: shippingAmount(rate, session.currency) ?? 0, shipping_rate: rate.id };
  });
  const [first] = session.shipping_options;
  if (first) chooseShipping(world, session, first.shipping_rate as string);
  else session.shipping_cost = null;
};
