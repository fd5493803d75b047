import type { FoundSubscription, ProviderRead } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import { timeOfRead } from "../client/time-of-read.js";
import { isMissing } from "../client/to-provider-error.js";
import type { StripeView } from "../language/stripe-view.js";
import { toIsoTime } from "../language/to-iso-time.js";
import { readArrears } from "./read-arrears.js";
import { toFoundSubscription } from "./to-found-subscription.js";

const expand = [
  "customer",
  "schedule.phases.items.price",
  "items.data.price.currency_options",
  "discounts.source.coupon",
];

/** One subscription with its customer, and with the prices that its schedule will change it to. */
export async function inspectSubscription(
  call: CallStripe,
  view: StripeView,
  subscriptionId: string,
): Promise<ProviderRead<FoundSubscription | null>> {
  const startedAt = performance.now();
  try {
    const subscription = await call((client) => client.subscriptions.retrieve(subscriptionId, { expand }));
    const asOf = timeOfRead(subscription, performance.now() - startedAt);
    const arrears = await readArrears(call, subscription);
    return { value: toFoundSubscription(subscription, view, arrears), asOf };
  } catch (error) {
    if (isMissing(error)) return { value: null, asOf: toIsoTime(0) };
    throw error;
  }
}
