import { updateSubscription } from "../../engine/changes/update-subscription.js";
import { needLiving } from "../../engine/subscriptions/changing/cancel-subscription.js";
import { missing, StripeError } from "../../engine/world/stripe-error.js";
import type { Subscription, SubscriptionItem } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { deleted } from "../answers/lookup.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** An item and what it is part of, or Stripe's refusal. */
export const locate = (world: World, id: string): { item: SubscriptionItem; subscription: Subscription } => {
  for (const subscription of Object.values(world.subscriptions)) {
    const item = subscription.items.data.find((row) => row.id === id);
    if (item) return { item, subscription };
  }
  throw new StripeError(404, {
    type: "invalid_request_error",
    message: `Invalid subscription_item id: ${id}`,
  });
};

/** What belongs to the update as a whole; the rest is about the item. */
const billing = ["payment_behavior", "proration_behavior", "proration_date"] as const;
const about = ["discounts", "metadata", "plan", "price", "price_data", "quantity", "tax_rates"] as const;

/** `/v1/subscription_items` */
export const subscriptionItemRoutes = [
  route(
    "POST /v1/subscription_items",
    ["payment_behavior", "proration_behavior", "proration_date", ...about, "subscription"],
    ({ world, ctx, params }) => {
      const { subscription: id, payment_behavior, proration_behavior, proration_date, ...item } = params;
      needLiving(world, id, "subscription");
      const known = new Set(world.subscriptions[id]?.items.data.map((row) => row.id));
      const subscription = updateSubscription(world, ctx, id, {
        ...given({ payment_behavior, proration_behavior, proration_date }),
        items: [item],
      });
      const added = subscription.items.data.find((row) => !known.has(row.id));
      const waiting = subscription.pending_update?.subscription_items?.find((row) => !known.has(row.id));
      if (!added && !waiting) throw missing("subscription item", id);
      return added ?? waiting ?? {};
    },
  ),
  route("GET /v1/subscription_items/:id", [], ({ world, id }) => locate(world, id).item),
  route(
    "POST /v1/subscription_items/:id",
    [...billing, ...about, "off_session"],
    ({ world, ctx, id, params }) => {
      const { off_session, payment_behavior, proration_behavior, proration_date, ...change } = params;
      updateSubscription(world, ctx, locate(world, id).subscription.id, {
        ...given({ off_session, payment_behavior, proration_behavior, proration_date }),
        items: [{ ...change, id }],
      });
      return locate(world, id).item;
    },
  ),
  route(
    "DELETE /v1/subscription_items/:id",
    ["payment_behavior", "proration_behavior", "proration_date"],
    ({ world, ctx, id, params }) => {
      const { subscription } = locate(world, id);
      updateSubscription(world, ctx, subscription.id, { ...params, items: [{ id, deleted: true }] });
      return deleted("subscription_item", id);
    },
  ),
  route(
    "GET /v1/subscription_items",
    ["ending_before", "limit", "starting_after", "subscription"],
    ({ world, params }) =>
      pageOf(
        needLiving(world, params.subscription, "subscription").items.data,
        params,
        `/v1/subscription_items?subscription=${params.subscription}`,
      ),
  ),
];

/** Only what a request named: what it left out must not look like a change. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
