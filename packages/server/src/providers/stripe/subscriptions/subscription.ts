import { BillingError, type ProviderSubscriptions } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe, StripeResponse } from "../client/stripe-client.js";
import { timeOfRead } from "../client/time-of-read.js";
import { isMissing } from "../client/to-provider-error.js";
import { readStamp } from "../language/names.js";
import type { StripeView } from "../language/stripe-view.js";
import { toIsoTime } from "../language/to-iso-time.js";
import { normalizeSubscription } from "./normalize-subscription.js";
import { readArrears } from "./read-arrears.js";

/**
 * A pending change needs the prices of the schedule's phases, an amount the currency that it is paid in, and a discount
 * the coupon that says what it takes off.
 */
const expand = [
  "schedule.phases.items.price",
  "items.data.price.currency_options",
  "discounts.source.coupon",
];

export async function readSubscription(
  call: CallStripe,
  view: StripeView,
  subscriptionId: string,
): ReturnType<ProviderSubscriptions["read"]> {
  const startedAt = performance.now();
  let subscription: StripeResponse<Stripe.Subscription>;
  try {
    subscription = await call((client) => client.subscriptions.retrieve(subscriptionId, { expand }));
  } catch (error) {
    // There is nothing whose state could be out of date.
    if (isMissing(error)) return { value: null, asOf: toIsoTime(0) };
    throw error;
  }
  const durationMs = performance.now() - startedAt;
  const value = normalizeSubscription(subscription, view, await readArrears(call, subscription));
  if (value === "unreadable") {
    throw new BillingError("provider_rejected", "The subscription is in a state that is not known here.");
  }
  return { value, asOf: timeOfRead(subscription, durationMs), stamp: readStamp(subscription.metadata) };
}
