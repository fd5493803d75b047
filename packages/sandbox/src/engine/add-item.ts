import type { ItemChange } from "./check-item-changes.js";
import { takePrice } from "./choose-price.js";
import type { Context } from "./context.js";
import { mergeMetadata } from "./metadata.js";
import { needTaxRates } from "./need-tax-rates.js";
import type { NewItem } from "./new-subscription.js";
import { setDiscounts } from "./set-discounts.js";
import { createItem } from "./subscription-item.js";
import type { Period } from "./subscription-period.js";
import type { Price, Subscription, SubscriptionItem } from "./wire.js";
import type { World } from "./world.js";

/** Sets an item's discounts; those of its subscription may be kept. */
export const discountItem = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  given: ItemChange["discounts"],
): void => {
  const { customer, currency, discounts } = subscription;
  const target = { object: item, customer: customer as string, currency, held: [...discounts] as string[] };
  setDiscounts(world, ctx, target, given);
};

/** Adds an item to a subscription, new or running; its first period follows from its price. */
export const addItem = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  given: ItemChange | NewItem,
  periodOf: (price: Price) => Period,
): void => {
  const price = takePrice(world, ctx, given);
  if (!price) return;
  const item = createItem(ctx, {
    subscription: subscription.id,
    price,
    quantity: given.quantity ?? 1,
    period: periodOf(price),
    metadata: mergeMetadata({}, given.metadata),
    taxRates: needTaxRates(world, given.tax_rates, "tax_rates"),
  });
  subscription.items.data.push(item);
  discountItem(world, ctx, subscription, item, given.discounts);
};
