import { linesFor } from "../../catalog/price-lines.js";
import { usageOf } from "../../usage/usage.js";
import { aggregateOf, reportedFor } from "../../usage/usage-record.js";
import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { InvoiceLine, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { itemLine } from "./invoice-line.js";

const used = (world: World, item: SubscriptionItem, customer: string, start: number, end: number): string => {
  const { price } = item;
  if (aggregateOf(world, price) !== undefined) return String(reportedFor(world, item, start, end));
  const meter = find(world.meters, price.recurring?.meter);
  const value = meter ? usageOf(world, meter, customer, start, end) : "0";
  return value.startsWith("-") ? "0" : value;
};

/**
 * What an item with a metered price costs for the time until `end`, which is billed once it is over, even if
 * nothing was used. Nothing for other prices, and nothing for a trial.
 */
export const usageLines = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  end = item.current_period_end,
): InvoiceLine[] => {
  const { price, current_period_start: start } = item;
  const { currency, trial_end } = subscription;
  const inTrial = trial_end !== null && start < trial_end && end <= trial_end;
  if (price.recurring?.usage_type !== "metered" || inTrial || end <= start) return [];
  const quantity = used(world, item, subscription.customer as string, start, end);
  return linesFor(world, price, quantity, currency).map((line) =>
    itemLine(ctx, item, {
      amount: line.amount,
      currency,
      description: line.description,
      period: { start, end },
      quantity: line.quantity,
      quantityDecimal: line.quantity_decimal,
      unitAmount: line.unit_amount_decimal,
    }),
  );
};
