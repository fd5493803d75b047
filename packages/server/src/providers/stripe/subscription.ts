import { BillingError, type IsoTime, type ProviderRead, type ProviderSubscription } from "@tollgate/core";
import type Stripe from "stripe";
import { normalizeSubscription } from "./normalize-subscription.js";
import type { CallStripe, StripeResponse } from "./stripe-client.js";
import { toIsoTime } from "./to-iso-time.js";
import { isMissing } from "./to-provider-error.js";

/** A pending change needs the prices of the schedule's phases. */
const expand = ["schedule.phases.items.price"];

export async function readSubscription(
  call: CallStripe,
  subscriptionId: string,
): Promise<ProviderRead<ProviderSubscription | "foreign" | null>> {
  let subscription: StripeResponse<Stripe.Subscription>;
  try {
    subscription = await call((client) => client.subscriptions.retrieve(subscriptionId, { expand }));
  } catch (error) {
    // There is nothing whose state could be out of date.
    if (isMissing(error)) return { value: null, asOf: toIsoTime(0) };
    throw error;
  }
  const value = normalizeSubscription(subscription);
  if (value === "unreadable") {
    throw new BillingError("provider_rejected", "The subscription is in a state that is not known here.");
  }
  return { value, asOf: timeOfRead(subscription) };
}

/**
 * Stripe's own time of the answer: our clock may be ahead of it, and then an event that comes after this
 * read would look older than it. Without the header it is the latest moment that the object itself
 * proves to have passed at Stripe, which no later event can be older than.
 */
function timeOfRead(subscription: StripeResponse<Stripe.Subscription>): IsoTime {
  const header = Date.parse(subscription.lastResponse.headers.date ?? "");
  if (!Number.isNaN(header)) return new Date(header).toISOString();
  const { created, canceled_at, ended_at, trial_start, items } = subscription;
  const periods = items.data.map((item) => item.current_period_start);
  return toIsoTime(Math.max(created, canceled_at ?? 0, ended_at ?? 0, trial_start ?? 0, ...periods));
}
