import { usageOfToken } from "../../engine/methods/confirmation-token.js";
import { checkConfirmable, confirmPaymentIntent } from "../../engine/paying/confirm-intent.js";
import { chooseVerification } from "../../engine/payments/microdeposits.js";
import { writePaymentDetails } from "../../engine/payments/payment-details.js";
import { checkCardDescriptor } from "../../engine/payments/statement-descriptor.js";
import { intentShippingOf } from "../../engine/payments/update-payment-intent.js";
import { find } from "../../engine/world/find.js";
import { withMethod } from "../methods/with-method.js";
import { route } from "../params/route.js";
import { checkOwner } from "./check-owner.js";
import {
  atPayer,
  confirmation,
  fromStripeJs,
  optionsOf,
  spending,
  typesAreGone,
  verificationOf,
  withCard,
  withToken,
} from "./confirmation.js";
import { needPaymentIntent, shippingOfToken } from "./intent-words.js";

/** `POST /v1/payment_intents/:id/confirm` */
export const confirmPaymentIntentRoute = route(
  "POST /v1/payment_intents/:id/confirm",
  [
    ...confirmation,
    "error_on_requires_action",
    "off_session",
    "payment_details.customer_reference",
    "payment_details.order_reference",
    "receipt_email",
    "setup_future_usage",
    "shipping",
  ],
  ({ world, ctx: now, id, params: given }) => {
    const intent = needPaymentIntent(world, id);
    const customer = intent.customer as string | null;
    const ctx = atPayer(world, now, customer);
    const params = withToken(world, ctx, given);
    const { token } = params;
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, customer, intent);
      const known = method ?? find(world.paymentMethods, intent.payment_method as string | null);
      checkCardDescriptor(intent.statement_descriptor, checkConfirmable(intent, known, "PaymentIntent"));
      if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email || null;
      writePaymentDetails(intent, params.payment_details);
      const usage = params.setup_future_usage ?? usageOfToken(token);
      if (usage !== undefined || params.setup_future_usage === null)
        intent.setup_future_usage = usage ?? null;
      const shipping = params.shipping ? intentShippingOf(params.shipping) : shippingOfToken(token);
      if (shipping) intent.shipping = shipping;
      chooseVerification(intent, verificationOf(params));
      return spending(token, id, () => confirmPaymentIntent(world, ctx, intent, method, optionsOf(params)));
    });
  },
  { publishable: true, extra: { ...fromStripeJs, ...typesAreGone, ...withCard } },
);
