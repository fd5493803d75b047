import { needLiving } from "../engine/cancel-subscription.js";
import { missing } from "../engine/stripe-error.js";
import { updateSubscription } from "../engine/update-subscription.js";
import type { Subscription, SubscriptionItem } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { choice, flag, integer, metadata, pagination, required, text } from "./fields.js";
import { deleted } from "./lookup.js";
import { pageOf } from "./page-of.js";
import { ownRoute } from "./route.js";

const locate = (world: World, id: string): { item: SubscriptionItem; subscription: Subscription } => {
  for (const subscription of Object.values(world.subscriptions)) {
    const item = subscription.items.data.find((row) => row.id === id);
    if (item) return { item, subscription };
  }
  throw missing("subscription item", id);
};

const billing = {
  off_session: flag(),
  payment_behavior: choice("allow_incomplete", "default_incomplete", "error_if_incomplete"),
  proration_behavior: choice("always_invoice", "create_prorations", "none"),
  proration_date: integer(0),
};

/** `/v1/subscription_items` */
export const subscriptionItemRoutes = [
  ownRoute(
    "POST",
    "/v1/subscription_items",
    {
      ...billing,
      metadata: metadata(),
      price: required(text()),
      quantity: integer(0),
      subscription: required(text()),
    },
    ({ world, ctx, params }) => {
      const { subscription: id, price, quantity, metadata: notes, ...rest } = params;
      needLiving(world, id, "subscription");
      const item = { price, metadata: notes ?? {}, ...(quantity === undefined ? {} : { quantity }) };
      const subscription = updateSubscription(world, ctx, id, { ...rest, items: [item] });
      const added = subscription.items.data.at(-1);
      if (!added) throw missing("subscription item", id);
      return added;
    },
  ),
  ownRoute("GET", "/v1/subscription_items/:id", {}, ({ world, id }) => locate(world, id).item),
  ownRoute(
    "POST",
    "/v1/subscription_items/:id",
    { ...billing, metadata: metadata(), price: text(), quantity: integer(0) },
    ({ world, ctx, id, params }) => {
      const { price, quantity, metadata: notes, ...rest } = params;
      const { item, subscription } = locate(world, id);
      const change = {
        id,
        ...(price === undefined ? {} : { price }),
        ...(quantity === undefined ? {} : { quantity }),
        ...(notes === undefined ? {} : { metadata: notes }),
      };
      updateSubscription(world, ctx, subscription.id, { ...rest, items: [change] });
      return item;
    },
  ),
  ownRoute("DELETE", "/v1/subscription_items/:id", billing, ({ world, ctx, id, params }) => {
    const { subscription } = locate(world, id);
    updateSubscription(world, ctx, subscription.id, { ...params, items: [{ id, deleted: true }] });
    return deleted("subscription_item", id);
  }),
  ownRoute(
    "GET",
    "/v1/subscription_items",
    { ...pagination, subscription: required(text()) },
    ({ world, params }) =>
      pageOf(
        needLiving(world, params.subscription, "subscription").items.data,
        params,
        `/v1/subscription_items?subscription=${params.subscription}`,
      ),
  ),
];
