import { BillingError } from "@tollgate/core";
import { refusedParam, stripeErrorOf } from "../client/to-provider-error.js";

/**
 * Stripe's refusal of what was right when the subscription was read: of a moment that is not in the running period, which
 * was renewed since; of a line that another click has added or taken off meanwhile.
 */
export function explainRefusal(error: unknown): unknown {
  const param = refusedParam(error);
  const isAdded = param === "plan";
  const isGone = stripeErrorOf(error)?.message.startsWith("Invalid subscription_item id") === true;
  return isAdded || isGone || param?.includes("proration_date") ? outdated(error) : error;
}

export function outdated(cause?: unknown): BillingError {
  return new BillingError("preview_outdated", "Something has changed meanwhile. Look at the change again.", {
    cause,
  });
}
