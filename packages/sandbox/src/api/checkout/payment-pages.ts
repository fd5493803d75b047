import type { CheckoutPayer } from "../../engine/checkout/completing/checkout-payer.js";
import { paymentPage } from "../../engine/checkout/completing/payment-page.js";
import { updatePaymentPage } from "../../engine/checkout/completing/update-payment-page.js";
import { adjustCheckout } from "../../engine/checkout/opening/adjust-checkout.js";
import { type CheckoutOutcome, payCheckoutSession } from "../../engine/paying/pay-checkout-session.js";
import type { Context } from "../../engine/world/context.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { World } from "../../engine/world/world.js";
import { makePaymentMethod, methodData, type NewMethod } from "../methods/make-payment-method.js";
import {
  accepted,
  address,
  clearable,
  flag,
  hash,
  integer,
  list,
  type Params,
  text,
} from "../params/fields.js";
import { ownRoute } from "../params/route.js";

/** What Stripe.js says about itself, and the secret that proves who it is. */
const clientFields = {
  client_secret: text(),
  eid: accepted(),
  browser_locale: accepted(),
  redirect_type: accepted(),
  payment_user_agent: accepted(),
  guid: accepted(),
  muid: accepted(),
  sid: accepted(),
};

const detailFields = {
  email: text(),
  phone: text(),
  billing_address: address(),
  shipping: hash({ name: text(), address: address() }),
  shipping_rate: text(),
  tax_id: hash({ type: text(), value: text() }),
  business_name: text(),
};

const updateFields = {
  ...clientFields,
  ...detailFields,
  line_items: list(hash({ id: text(), quantity: integer(0) })),
  /** As typed; an empty text removes the code. */
  promotion_code: clearable(text()),
};

const confirmFields = {
  ...clientFields,
  ...detailFields,
  consent: hash({ terms_of_service: text(), promotions: text() }),
  custom_fields: list(hash({ key: text(), value: text() })),
  expected_amount: integer(0),
  expected_payment_method_type: accepted(),
  name: text(),
  payment_method: text(),
  payment_method_data: methodData(),
  return_url: text(),
  save_payment_method: flag(),
  version: accepted(),
};

type Details = Partial<Params<typeof detailFields>>;

const detailsOf = (params: Details): Partial<CheckoutPayer> => {
  const { billing_address, shipping, tax_id, shipping_rate } = params;
  return {
    ...(params.email ? { email: params.email } : {}),
    ...(params.phone ? { phone: params.phone } : {}),
    ...(params.business_name ? { businessName: params.business_name } : {}),
    ...(billing_address ? { billingAddress: billing_address } : {}),
    ...(shipping?.address ? { shipping: { name: shipping.name ?? "", address: shipping.address } } : {}),
    ...(shipping_rate ? { shippingRate: shipping_rate } : {}),
    ...(tax_id?.type && tax_id.value ? { taxId: { type: tax_id.type, value: tax_id.value } } : {}),
  };
};

type Confirm = Params<typeof confirmFields>;

const payerOf = (params: Confirm): CheckoutPayer => {
  const made = params.payment_method_data as NewMethod | undefined;
  const answers = Object.fromEntries(
    (params.custom_fields ?? []).map(({ key, value }) => [key ?? "", value ?? ""]),
  );
  return {
    ...detailsOf(params),
    ...(params.payment_method ? { paymentMethodId: params.payment_method } : {}),
    ...(made
      ? {
          makeMethod: (world: World, ctx: Context) =>
            makePaymentMethod(world, ctx, made, "payment_method_data"),
        }
      : {}),
    ...(params.name ? { name: params.name } : {}),
    ...(params.return_url ? { returnUrl: params.return_url } : {}),
    ...(params.expected_amount === undefined ? {} : { expectedAmount: params.expected_amount }),
    answers,
    acceptsTerms: params.consent?.terms_of_service === "accepted",
    wantsPromotions: params.consent?.promotions === "opt_in",
    saves: params.save_payment_method ?? false,
  };
};

const refuse = (outcome: CheckoutOutcome): void => {
  if (outcome.status === "failed") throw new StripeError(402, outcome.error);
};

const open = { publishable: true };

/**
 * `/v1/payment_pages`: a checkout session as Stripe.js (with the publishable key and the session's client secret)
 * and `stripe trigger` (with the secret key) work with it.
 */
export const paymentPageRoutes = [
  ownRoute("GET", "/v1/payment_pages/:id", clientFields, ({ world, id }) => paymentPage(world, id), open),
  ownRoute(
    "POST",
    "/v1/payment_pages/:id/init",
    clientFields,
    ({ world, id }) => paymentPage(world, id),
    open,
  ),
  ownRoute(
    "POST",
    "/v1/payment_pages/:id/confirm",
    confirmFields,
    ({ world, ctx, id, params }) => {
      refuse(payCheckoutSession(world, ctx, id, payerOf(params)));
      return paymentPage(world, id);
    },
    open,
  ),
  ownRoute(
    "POST",
    "/v1/payment_pages/:id",
    updateFields,
    ({ world, ctx, id, params }) => {
      const quantities = params.line_items?.map((line) => [line.id ?? "", line.quantity ?? 0] as const);
      const changes = {
        ...(quantities ? { quantities: Object.fromEntries(quantities) } : {}),
        ...(params.promotion_code === undefined ? {} : { promotionCode: params.promotion_code ?? "" }),
        ...(params.shipping_rate === undefined ? {} : { shippingRate: params.shipping_rate }),
      };
      if (Object.keys(changes).length > 0) adjustCheckout(world, ctx, id, changes);
      const { shippingRate: _chosen, ...details } = detailsOf(params);
      updatePaymentPage(world, id, details);
      return paymentPage(world, id);
    },
    open,
  ),
];
