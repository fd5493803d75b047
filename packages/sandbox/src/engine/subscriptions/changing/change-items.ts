import { takePrice } from "../../catalog/choose-price.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import { type Context, seconds } from "../../world/context.js";
import { countRows } from "../../world/count-rows.js";
import { mergeMetadata } from "../../world/metadata.js";
import type { Price, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { setPrice } from "../terms/subscription-item.js";
import { cycleOf, type Period, periodEnd, periodFrom } from "../terms/subscription-period.js";
import { addItem, discountItem } from "./add-item.js";
import type { ItemChange } from "./check-item-changes.js";

/** The period of an item that is bought now: the trial's, or from now until the anchor's next date. */
const periodNow = (ctx: Context, subscription: Subscription, price: Price): Period => {
  const now = seconds(ctx);
  const { status, trial_end, billing_cycle_anchor, cancel_at } = subscription;
  const [first] = subscription.items.data;
  if (status === "trialing" && trial_end !== null)
    return { start: first?.current_period_start ?? now, end: trial_end };
  // A phase that begins with a renewal leaves the whole period to it.
  if (first && periodEnd(subscription) <= now) return { start: now, end: now };
  const { start, end } = periodFrom(billing_cycle_anchor, cycleOf(price, subscription), now, cancel_at);
  return { start, end };
};

const changeItem = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  change: ItemChange,
): void => {
  item.metadata = mergeMetadata(item.metadata, change.metadata);
  if (change.tax_rates !== undefined) item.tax_rates = needTaxRates(world, change.tax_rates, "tax_rates");
  const price = takePrice(world, ctx, change);
  if (price && price.id !== item.price.id) setPrice(item, price);
  if (change.quantity !== undefined && item.quantity !== undefined) item.quantity = change.quantity;
  discountItem(world, ctx, subscription, item, change.discounts);
};

/** Adds, changes and removes items; what that costs is worked out from how they were before. */
export const changeItems = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  changes: readonly ItemChange[],
): void => {
  for (const change of changes) {
    const item = subscription.items.data.find(({ id }) => id === change.id);
    if (!item) addItem(world, ctx, subscription, change, (price) => periodNow(ctx, subscription, price));
    else if (change.deleted) {
      subscription.items.data = subscription.items.data.filter(({ id }) => id !== change.id);
      countRows(subscription.items);
    } else changeItem(world, ctx, subscription, item, change);
  }
};
