import { type Context, seconds } from "../../world/context.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CheckoutOrder } from "../terms/checkout-order.js";

const hour = 3600;

/** When the session expires by itself, in seconds. */
export const expiryOf = (ctx: Context, wanted: number | undefined): number => {
  const now = seconds(ctx);
  if (wanted === undefined) return now + 24 * hour;
  const beyond =
    wanted < now + hour / 2 ? "at least 30 minutes" : wanted > now + 24 * hour ? "less than 24 hours" : null;
  // Stripe names no parameter here.
  if (beyond !== null)
    throw invalidRequest(`The \`expires_at\` timestamp must be ${beyond} from Checkout Session creation.`);
  return wanted;
};

const checkTrial = (ctx: Context, data: NonNullable<CheckoutOrder["subscription_data"]>): void => {
  const { trial_end: end, trial_period_days: days } = data;
  if (end !== undefined && days !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: subscription_data[trial_end], subscription_data[trial_period_days].",
      "parameters_exclusive",
    );
  if (end !== undefined && end < seconds(ctx) + 48 * hour)
    throw invalidRequest(
      "The `trial_end` date has to be at least 2 days in the future.",
      undefined,
      "subscription_data[trial_end]",
    );
  if (days !== undefined && (days < 1 || days > 730))
    throw invalidRequest(
      days < 1
        ? "This value must be greater than or equal to 1."
        : "The maximum number of trial period days is 730 (2 years).",
      "parameter_invalid_integer",
      "subscription_data[trial_period_days]",
    );
};

/** Refuses a subscription that could not be opened as it is asked for. */
export const checkSubscriptionData = (ctx: Context, data: CheckoutOrder["subscription_data"]): void => {
  if (!data) return;
  checkTrial(ctx, data);
  const { billing_cycle_anchor: anchor, proration_behavior: proration } = data;
  const trial = data.trial_end !== undefined || data.trial_period_days !== undefined;
  if (anchor !== undefined && trial)
    throw invalidRequest(
      "You cannot set `billing_cycle_anchor` together with a trial.",
      undefined,
      "subscription_data[billing_cycle_anchor]",
    );
  if (anchor !== undefined && anchor <= seconds(ctx))
    throw invalidRequest(
      "The `billing_cycle_anchor` must be a timestamp in the future.",
      undefined,
      "subscription_data[billing_cycle_anchor]",
    );
  if (proration !== undefined && anchor === undefined && data.billing_cycle_anchor_config === undefined)
    throw invalidRequest(
      "You can only set `proration_behavior` together with `billing_cycle_anchor`.",
      undefined,
      "subscription_data[proration_behavior]",
    );
};
