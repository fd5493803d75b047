import { captureIntent } from "../../engine/payments/capture.js";
import { writePaymentDetails } from "../../engine/payments/payment-details.js";
import { refuseWith, unexpectedState } from "../../engine/payments/unexpected-state.js";
import { mergeMetadata } from "../../engine/world/metadata.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { PaymentIntent } from "../../engine/world/wire.js";
import { route } from "../params/route.js";
import { atPayer } from "./confirmation.js";
import { needPaymentIntent } from "./intent-words.js";

const checkCapturable = (intent: PaymentIntent, amount: number): void => {
  if (intent.status === "succeeded")
    throw unexpectedState(
      intent,
      "The remaining amount on this PaymentIntent could not be captured because the remainder of the authorized " +
        "amount has been released.",
    );
  if (intent.status !== "requires_capture")
    throw unexpectedState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. ` +
        "Only a PaymentIntent with one of the following statuses may be captured: requires_capture.",
    );
  if (amount > intent.amount_capturable)
    throw refuseWith(
      intent,
      invalidRequest(
        "The payment could not be captured because the requested capture amount is greater than the amount you can " +
          "capture for this charge. Contact us via https://support.stripe.com/contact/ for help.",
        "amount_too_large",
      ),
    );
  if (amount < 0)
    throw refuseWith(intent, invalidRequest("Invalid non-negative integer", undefined, "amount_to_capture"));
  // Stripe blames the amount, and not the parameter.
  if (amount < 1)
    throw refuseWith(
      intent,
      invalidRequest("This value must be greater than or equal to 1.", "parameter_invalid_integer", "amount"),
    );
};

/** `POST /v1/payment_intents/:id/capture` */
export const capturePaymentIntentRoute = route(
  "POST /v1/payment_intents/:id/capture",
  [
    "amount_to_capture",
    "final_capture",
    "metadata",
    "payment_details.customer_reference",
    "payment_details.order_reference",
  ],
  ({ world, ctx: now, id, params }) => {
    const intent = needPaymentIntent(world, id);
    const ctx = atPayer(world, now, intent.customer as string | null);
    const amount = params.amount_to_capture ?? intent.amount_capturable;
    checkCapturable(intent, amount);
    intent.metadata = mergeMetadata(intent.metadata, params.metadata);
    writePaymentDetails(intent, params.payment_details);
    captureIntent(world, ctx, intent, amount, params.final_capture ?? true);
    return intent;
  },
);
