import { usageOfToken } from "../../engine/methods/confirmation-token.js";
import { checkIntentAmount } from "../../engine/money/check-payable.js";
import { needCurrency } from "../../engine/money/currency.js";
import { confirmPaymentIntent } from "../../engine/paying/confirm-intent.js";
import { checkChargesEnabled, checkConnectTerms } from "../../engine/payments/connect-terms.js";
import { chooseVerification } from "../../engine/payments/microdeposits.js";
import { createPaymentIntent } from "../../engine/payments/payment-intent.js";
import { checkCardDescriptor, checkDescriptor } from "../../engine/payments/statement-descriptor.js";
import { readThreeDSecure } from "../../engine/payments/three-d-secure.js";
import { intentShippingOf } from "../../engine/payments/update-payment-intent.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { withMethod } from "../methods/with-method.js";
import { route } from "../params/route.js";
import { checkHasMethod, checkOwner } from "./check-owner.js";
import {
  allowedTypes,
  atPayer,
  confirmation,
  optionsOf,
  spending,
  typesAreGone,
  verificationOf,
  withCard,
  withToken,
} from "./confirmation.js";
import { intentWords, shippingOfToken } from "./intent-words.js";

type Params = {
  confirm?: boolean;
  confirmation_token?: string;
  error_on_requires_action?: boolean;
  off_session?: boolean | string;
};

/** Refuses what only a confirmation understands. */
const needConfirm = (params: Params): void => {
  if (params.confirm) return;
  for (const name of ["confirmation_token", "error_on_requires_action", "off_session"] as const)
    if (params[name])
      throw invalidRequest(`You cannot set \`${name}\` without \`confirm\`.`, undefined, name);
};

/** `POST /v1/payment_intents` */
export const createPaymentIntentRoute = route(
  "POST /v1/payment_intents",
  [
    ...confirmation,
    ...intentWords,
    "allowed_payment_method_types",
    "amount",
    "application_fee_amount",
    "automatic_payment_methods",
    "capture_method",
    "confirm",
    "currency",
    "customer",
    "error_on_requires_action",
    "off_session",
    "on_behalf_of",
    "payment_method_configuration",
    "payment_method_options.card.request_three_d_secure",
    "transfer_data",
    "transfer_group",
  ],
  ({ world, ctx: now, params: given }) => {
    const ctx = atPayer(world, now, given.customer);
    const params = withToken(world, ctx, given);
    const { token } = params;
    needConfirm(params);
    const currency = needCurrency(params.currency, "currency");
    checkIntentAmount(params.amount, currency);
    checkChargesEnabled(world);
    checkConnectTerms(world, { ...params, application_fee: params.application_fee_amount });
    checkDescriptor(params.statement_descriptor, "statement_descriptor");
    checkDescriptor(params.statement_descriptor_suffix, "statement_descriptor_suffix");
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, params.customer, "PaymentIntent");
      if (params.confirm) {
        checkHasMethod(method, "PaymentIntent");
        checkCardDescriptor(params.statement_descriptor, method);
      }
      const intent = createPaymentIntent(world, ctx, {
        amount: params.amount,
        currency,
        customer: params.customer ?? null,
        payment_method: method?.id ?? null,
        description: params.description || null,
        metadata: params.metadata ?? {},
        payment_details: params.payment_details || undefined,
        receipt_email: params.receipt_email || null,
        setup_future_usage: params.setup_future_usage ?? usageOfToken(token) ?? null,
        shipping: params.shipping ? intentShippingOf(params.shipping) : shippingOfToken(token),
        statement_descriptor: params.statement_descriptor || null,
        statement_descriptor_suffix: params.statement_descriptor_suffix || null,
        ...(params.capture_method ? { capture_method: params.capture_method } : {}),
        allow_redirects: params.automatic_payment_methods?.allow_redirects ?? "always",
        configuration: params.payment_method_configuration,
        connect: params,
        threeDSecure: readThreeDSecure(params.payment_method_options),
        ...allowedTypes(params.allowed_payment_method_types),
      });
      chooseVerification(intent, verificationOf(params));
      if (!params.confirm) return intent;
      return spending(token, intent.id, () =>
        confirmPaymentIntent(world, ctx, intent, method, optionsOf(params)),
      );
    });
  },
  { extra: { ...withCard, ...typesAreGone } },
);
