import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { endedError, isOver } from "../language/ended.js";

/** Who could pay, and what is planned. */
const expand = ["customer", "schedule.phases.items.price"];

/**
 * A subscription as it is before it is changed, with its customer and its schedule.
 *
 * @throws BillingError `subscription_ended` when Stripe has none of this id
 */
export async function readForEnding(call: CallStripe, id: string): Promise<Stripe.Subscription> {
  try {
    return await call((client) => client.subscriptions.retrieve(id, { expand }));
  } catch (error) {
    if (isMissing(error)) throw endedError(error);
    throw error;
  }
}

/** The same of one that still lives. @throws BillingError `subscription_ended` */
export async function readLiving(call: CallStripe, id: string): Promise<Stripe.Subscription> {
  const subscription = await readForEnding(call, id);
  if (isOver(subscription)) throw endedError();
  return subscription;
}
