import { priceAmount } from "../../catalog/price-amount.js";
import type { Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { cycleOf } from "../terms/subscription-period.js";
import type { SubscriptionFields } from "./check-update.js";

const isFree = (world: World, { items, currency }: Subscription): boolean =>
  items.data.every((item) => priceAmount(world, item.price, 1, currency) === 0);

const rhythm = (item: SubscriptionItem): string => {
  const { interval, interval_count } = cycleOf(item.price);
  return `${interval_count} ${interval}`;
};

/**
 * Whether the billing cycle starts again now: when asked for, and in classic billing mode also when no item keeps
 * its rhythm, or when what was free no longer is, and the reverse.
 * https://docs.stripe.com/billing/subscriptions/billing-mode/compare
 */
export const startsAgain = (
  world: World,
  before: Subscription,
  draft: Subscription,
  fields: SubscriptionFields,
): boolean => {
  if (fields.billing_cycle_anchor?.type === "now") return true;
  if (before.billing_mode.type === "flexible") return false;
  const rhythms = new Set(before.items.data.map(rhythm));
  return (
    !draft.items.data.some((item) => rhythms.has(rhythm(item))) ||
    isFree(world, before) !== isFree(world, draft)
  );
};
