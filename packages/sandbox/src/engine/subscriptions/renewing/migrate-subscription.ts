import type Stripe from "stripe";
import { type Context, seconds } from "../../world/context.js";
import { change } from "../../world/emit.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { needLiving } from "../changing/cancel-subscription.js";

export type MigrateFields = Omit<Given<Stripe.SubscriptionMigrateParams>, "expand">;

/**
 * Puts a subscription into flexible billing mode, or lets it itemize the discounts of prorations; there is no way
 * back. https://docs.stripe.com/changelog/clover/2025-09-30/itemize-proration-discount-amounts
 */
export const migrateSubscription = (
  world: World,
  now: Context,
  id: string,
  { billing_mode }: MigrateFields,
): Subscription => {
  const subscription = needLiving(world, id);
  const earlier = subscription.billing_mode.flexible?.proration_discounts;
  if (earlier === "itemized" && billing_mode.flexible?.proration_discounts === "included")
    throw invalidRequest(
      "You can't migrate a subscription from `itemized` to `included`.",
      undefined,
      "billing_mode[flexible][proration_discounts]",
    );
  const ctx = atCustomer(world, now, subscription.customer as string);
  return change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    const proration_discounts = billing_mode.flexible?.proration_discounts ?? earlier ?? "included";
    draft.billing_mode = { flexible: { proration_discounts }, type: "flexible", updated_at: seconds(ctx) };
  });
};
