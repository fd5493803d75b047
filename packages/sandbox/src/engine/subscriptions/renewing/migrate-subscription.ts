import type Stripe from "stripe";
import { type Context, seconds } from "../../world/context.js";
import { change } from "../../world/emit.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { needLiving } from "../changing/cancel-subscription.js";

export type MigrateFields = Omit<Given<Stripe.SubscriptionMigrateParams>, "expand">;

/** Puts a subscription into flexible billing mode; there is no way back. */
export const migrateSubscription = (
  world: World,
  now: Context,
  id: string,
  { billing_mode }: MigrateFields,
): Subscription => {
  const subscription = needLiving(world, id);
  const ctx = atCustomer(world, now, subscription.customer as string);
  return change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    const { proration_discounts = "included" } = billing_mode.flexible ?? draft.billing_mode.flexible ?? {};
    draft.billing_mode = { flexible: { proration_discounts }, type: "flexible", updated_at: seconds(ctx) };
  });
};
