import { find } from "../../world/find.js";
import type { Billed } from "../../world/hidden.js";
import type { InvoiceLine, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/**
 * Notes what lines charge for subscription items: in flexible billing mode a credit gives back a part of
 * that, and not of what the item costs now.
 * https://docs.stripe.com/billing/subscriptions/prorations#credit-prorations
 */
export const noteBilled = (world: World, lines: readonly InvoiceLine[]): void => {
  const noted = new Set<string>();
  for (const line of lines) {
    const item = line.parent?.subscription_item_details?.subscription_item;
    if (!item || line.amount < 0) continue;
    const off = (line.discount_amounts ?? []).reduce((sum, discount) => sum + discount.amount, 0);
    const { start, end } = line.period;
    const earlier = noted.has(item) ? find(world.hidden.billed, item) : undefined;
    // Tiers of one period are lines of their own; usage belongs to a period that is over.
    const same = earlier?.start === start && earlier.end === end;
    world.hidden.billed[item] = { amount: line.amount - off + (same ? earlier.amount : 0), start, end };
    noted.add(item);
  }
};

/** What was last charged for an item, or undefined if that was for another period. */
export const billedFor = (world: World, item: SubscriptionItem): Billed | undefined => {
  const billed = find(world.hidden.billed, item.id);
  return billed && billed.end > item.current_period_start ? billed : undefined;
};
