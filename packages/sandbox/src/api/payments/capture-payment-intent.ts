import { captureIntent } from "../../engine/payments/capture.js";
import { mergeMetadata } from "../../engine/world/metadata.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { PaymentIntent } from "../../engine/world/wire.js";
import { route } from "../params/route.js";
import { atPayer } from "./confirmation.js";
import { needPaymentIntent } from "./intent-words.js";

const checkCapturable = (intent: PaymentIntent, amount: number): void => {
  if (intent.status !== "requires_capture")
    throw invalidRequest(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. ` +
        "Only a PaymentIntent with one of the following statuses may be captured: requires_capture.",
      "payment_intent_unexpected_state",
    );
  if (amount > intent.amount_capturable)
    throw invalidRequest("The amount to capture is too large.", "amount_too_large", "amount_to_capture");
  if (amount < 1)
    throw invalidRequest("The amount to capture is too small.", "amount_too_small", "amount_to_capture");
};

/** `POST /v1/payment_intents/:id/capture` */
export const capturePaymentIntentRoute = route(
  "POST /v1/payment_intents/:id/capture",
  ["amount_to_capture", "final_capture", "metadata"],
  ({ world, ctx: now, id, params }) => {
    const intent = needPaymentIntent(world, id);
    const ctx = atPayer(world, now, intent.customer as string | null);
    const amount = params.amount_to_capture ?? intent.amount_capturable;
    checkCapturable(intent, amount);
    intent.metadata = mergeMetadata(intent.metadata, params.metadata);
    captureIntent(world, ctx, intent, amount, params.final_capture ?? true);
    return intent;
  },
);
