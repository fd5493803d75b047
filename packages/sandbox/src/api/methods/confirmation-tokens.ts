import { addressOf } from "../../engine/customers/write-customer.js";
import { createConfirmationToken } from "../../engine/methods/confirmation-token.js";
import { resolvePaymentMethod } from "../../engine/methods/payment-method.js";
import type { Context } from "../../engine/world/context.js";
import { need } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { ConfirmationToken } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { address, choice, flag, hash, metadata, type Params, text } from "../params/fields.js";
import { ownRoute, route } from "../params/route.js";
import { makePaymentMethod, methodData, type NewMethod } from "./make-payment-method.js";

const fields = {
  metadata: metadata(),
  payment_method: text(),
  payment_method_data: methodData(),
  return_url: text(),
  setup_future_usage: choice("off_session", "on_session"),
  shipping: hash({ address: address(), name: text(), phone: text() }),
  use_stripe_sdk: flag(),
};

const create = (world: World, ctx: Context, params: Params<typeof fields>): ConfirmationToken => {
  const { payment_method: named, payment_method_data: data, shipping } = params;
  if (named === undefined && data === undefined)
    throw invalidRequest(
      "You must provide either `payment_method` or `payment_method_data`.",
      "parameter_missing",
      "payment_method_data",
    );
  const known = Object.keys(world.paymentMethods).length;
  const method =
    named === undefined
      ? makePaymentMethod(world, ctx, data as NewMethod, "payment_method_data")
      : resolvePaymentMethod(world, ctx, named, "payment_method");
  return createConfirmationToken(world, ctx, {
    method,
    stored: Object.keys(world.paymentMethods).length === known,
    return_url: params.return_url || null,
    setup_future_usage: params.setup_future_usage ?? null,
    shipping: shipping?.address
      ? { address: addressOf(shipping.address), name: shipping.name ?? "", phone: shipping.phone || null }
      : null,
    use_stripe_sdk: params.use_stripe_sdk ?? false,
    metadata: params.metadata ?? {},
  });
};

/** `/v1/confirmation_tokens`: Stripe.js makes them, a server reads them and confirms with them. */
export const confirmationTokenRoutes = [
  ownRoute(
    "POST",
    "/v1/confirmation_tokens",
    fields,
    ({ world, ctx, params }) => create(world, ctx, { ...params, use_stripe_sdk: true }),
    { publishable: true },
  ),
  ownRoute("POST", "/v1/test_helpers/confirmation_tokens", fields, ({ world, ctx, params }) =>
    create(world, ctx, params),
  ),
  route("GET /v1/confirmation_tokens/:id", [], ({ world, id }) =>
    need(world.confirmationTokens, "confirmation_token", id),
  ),
];
