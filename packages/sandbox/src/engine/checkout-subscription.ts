import type { Desk } from "./checkout-desk.js";
import { mergeMetadata } from "./metadata.js";
import type { NewSubscription } from "./open-subscription.js";

/** What a session's subscription is to be made of. */
export const checkoutSubscription = (
  { hidden }: Pick<Desk, "hidden" | "session">,
  customer: string,
): NewSubscription => {
  const { lineItems, order } = hidden;
  const data = order.subscription_data ?? {};
  return {
    customer,
    items: lineItems.flatMap((line) =>
      line.price?.recurring && line.quantity !== 0
        ? [{ price: line.price.id, quantity: line.quantity ?? 1 }]
        : [],
    ),
    metadata: mergeMetadata({}, data.metadata),
    description: data.description ?? null,
    trial_end: data.trial_end ?? null,
    trial_period_days: data.trial_period_days ?? null,
    ...(data.trial_settings ? { trial_settings: data.trial_settings } : {}),
    payment_settings: { save_default_payment_method: "on_subscription" },
  };
};
