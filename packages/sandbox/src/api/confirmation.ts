import type { Context } from "../engine/context.js";
import { resolvePaymentMethod } from "../engine/payment-method.js";
import type { PaymentMethod } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { accepted, flag, text } from "./fields.js";
import { makePaymentMethod, paymentMethodData } from "./payment-methods.js";

/** What a confirmation takes, of a payment as of a setup. */
export const confirmation = {
  client_secret: text(),
  expected_payment_method_type: accepted(),
  client_attribution_metadata: accepted(),
  mandate_data: accepted(),
  payment_method: text(),
  payment_method_data: paymentMethodData(),
  payment_method_options: accepted(),
  return_url: text(),
  use_stripe_sdk: flag(),
};

type Confirmation = {
  payment_method?: string;
  payment_method_data?: Parameters<typeof makePaymentMethod>[2];
  return_url?: string;
  use_stripe_sdk?: boolean;
  off_session?: boolean;
};

/** The payment method that a request names or brings, if any. */
export const givenMethod = (world: World, ctx: Context, params: Confirmation): PaymentMethod | undefined => {
  if (params.payment_method_data)
    return makePaymentMethod(world, ctx, params.payment_method_data, "payment_method_data");
  return params.payment_method === undefined
    ? undefined
    : resolvePaymentMethod(world, ctx, params.payment_method);
};

/** How a confirmation is to be carried out. */
export const optionsOf = (params: Confirmation) => ({
  ...(params.return_url === undefined ? {} : { returnUrl: params.return_url }),
  ...(params.use_stripe_sdk ? { useStripeSdk: true } : {}),
  ...(params.off_session ? { offSession: true } : {}),
});
