import { invalidRequest, StripeError } from "../world/stripe-error.js";
import type { PaymentIntent, SetupIntent } from "../world/wire.js";

const isPayment = (intent: PaymentIntent | SetupIntent): intent is PaymentIntent =>
  intent.object === "payment_intent";

/** A refusal that shows the intent as it is, so that whoever asked twice can go on from there. */
export const refuseWith = (intent: PaymentIntent | SetupIntent, { status, body }: StripeError): StripeError =>
  new StripeError(status, {
    ...body,
    ...(isPayment(intent)
      ? { payment_intent: structuredClone({ ...intent }) }
      : { setup_intent: structuredClone({ ...intent }) }),
  });

/** Stripe's refusal of what an intent's status doesn't allow. */
export const unexpectedState = (
  intent: PaymentIntent | SetupIntent,
  message: string,
  param?: string,
): StripeError => refuseWith(intent, invalidRequest(message, `${intent.object}_unexpected_state`, param));
