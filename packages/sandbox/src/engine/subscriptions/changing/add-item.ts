import { takePrice } from "../../catalog/choose-price.js";
import { setDiscounts } from "../../discounts/set-discounts.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import type { Context } from "../../world/context.js";
import { countRows } from "../../world/count-rows.js";
import { mergeMetadata } from "../../world/metadata.js";
import type { Price, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { NewItem } from "../terms/new-subscription.js";
import { createItem } from "../terms/subscription-item.js";
import type { Period } from "../terms/subscription-period.js";
import type { ItemChange } from "./check-item-changes.js";

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
  countRows(subscription.items);
  discountItem(world, ctx, subscription, item, given.discounts);
};
