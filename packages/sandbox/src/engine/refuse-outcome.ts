import type { ChargeOutcome } from "./charge-intent.js";
import { declineBody } from "./decline.js";
import { StripeError } from "./stripe-error.js";

/**
 * Throws the 402 of a payment that was tried out and did not succeed. What was made for the trial is gone, so
 * the error does not speak of it.
 */
export const refuseOutcome = (outcome: ChargeOutcome): void => {
  if (outcome.status === "succeeded") return;
  if (outcome.status !== "failed") throw new StripeError(402, declineBody("authentication_required"));
  const { charge: _charge, payment_intent: _intent, ...body } = outcome.error;
  throw new StripeError(402, { ...body });
};
