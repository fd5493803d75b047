import { find } from "../world/find.js";
import type { Plan, Price } from "../world/wire.js";
import type { World } from "../world/world.js";
import { planOf } from "./plan-of.js";

/** Whatever was sold at a price and shows it whole. */
type Sold = { price?: Price | null; plan?: Plan };

const everythingSold = (world: World): Sold[] => [
  ...Object.values(world.subscriptions).flatMap(({ items, pending_update: pending }) => [
    ...items.data,
    ...(pending?.subscription_items ?? []),
  ]),
  ...Object.values(world.hidden.checkouts).flatMap(({ lineItems }) => lineItems),
  ...Object.values(world.hidden.quoteLines).flat(),
  ...Object.values(world.hidden.paymentLinkLines).flat(),
];

/**
 * Shows a price that changed as it is now wherever it was sold: at Stripe these hold the price itself and no copy
 * (https://docs.stripe.com/api/subscription_items/object#subscription_item_object-price). It is written there, because
 * prices change far more rarely than they are read. Events keep what they told, and nobody is told of it again.
 */
export const showPrice = (world: World, id: string): void => {
  const price = find(world.prices, id);
  if (!price) return;
  for (const sold of everythingSold(world)) {
    if (sold.price?.id !== id) continue;
    sold.price = structuredClone(price);
    if (sold.plan) sold.plan = planOf(sold.price);
  }
};
