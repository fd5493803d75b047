import { cardError, StripeError } from "../world/stripe-error.js";
import type { ChargeOutcome } from "./charge-intent.js";

/**
 * Throws the 402 of a payment that was tried out and did not succeed. What was made for the attempt is gone,
 * so the error does not mention it.
 */
export const refuseOutcome = (outcome: ChargeOutcome): void => {
  if (outcome.status === "succeeded") return;
  if (outcome.status !== "failed")
    throw cardError({
      code: "subscription_payment_intent_requires_action",
      message:
        "Payment for this subscription requires additional user action, but the requested payment behavior doesn't " +
        "save the invoice or PaymentIntent. Retry the request with `payment_behavior=allow_incomplete` or " +
        "`payment_behavior=default_incomplete`, then complete the PaymentIntent on the subscription's latest invoice. " +
        "Additional information is available here: " +
        "https://stripe.com/docs/billing/subscriptions/overview#requires-action",
    });
  const { charge: _charge, payment_intent: _intent, ...body } = outcome.error;
  throw new StripeError(402, { ...body });
};
