import { priceAmount } from "../../catalog/price-amount.js";
import { discountTermsOf, isRunning } from "../../discounts/discount.js";
import { takeDiscount } from "../../discounts/take-discounts.js";
import { itemLine, productName } from "../../invoices/lines/invoice-line.js";
import { shareOf } from "../../money/share.js";
import { type Context, seconds } from "../../world/context.js";
import type { InvoiceLine, Price, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { billedFor } from "../terms/billed-item.js";
import type { BilledPeriod } from "../terms/subscription-period.js";

type Span = { start: number; end: number };

/** The part of an amount that belongs to the rest of a period, rounded to the minor unit. */
const remainingShare = (amount: number, at: number, { start, end }: Span): number =>
  end <= start ? 0 : shareOf(amount, end - Math.min(Math.max(at, start), end), end - start);

/** The part of a whole period's amount that a shorter one costs. */
export const partOf = (amount: number, { start, end, whole }: BilledPeriod): number =>
  whole.end <= whole.start ? 0 : shareOf(amount, end - start, whole.end - whole.start);

/** Made once: making one costs more than a hundred uses. */
const dates = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** Such as "11 Jan 2026". */
export const shortDate = (time: number): string => dates.format(time * 1000);

/** Such as "Pro" or "2 × Pro". */
export const namedQuantity = (world: World, price: Price, quantity: number): string =>
  quantity === 1 ? productName(world, price) : `${quantity} × ${productName(world, price)}`;

/** What an item costs for a whole period, after the discounts that run: prorations show them included. */
const costOf = (world: World, ctx: Context, subscription: Subscription, item: SubscriptionItem): number => {
  const lines = subscription.items.data.map((each) => ({
    id: each.id,
    left: priceAmount(world, each.price, each.quantity ?? 1, subscription.currency),
    product: each.price.product as string,
    discountable: true,
    taken: [],
  }));
  const own = lines.find((line) => line.id === item.id);
  if (!own) return priceAmount(world, item.price, item.quantity ?? 1, subscription.currency);
  const now = seconds(ctx);
  const take = (discounts: Subscription["discounts"], covered: typeof lines): void => {
    for (const id of discounts as string[])
      if (isRunning(world, id, now)) takeDiscount(covered, discountTermsOf(world, id, subscription.currency));
  };
  take(item.discounts, [own]);
  take(subscription.discounts, lines);
  return own.left;
};

/** A removed item's rates would be forgotten by the time its credit is billed. */
const withRates = (world: World, item: SubscriptionItem, line: InvoiceLine): InvoiceLine => {
  if (item.tax_rates?.length) world.hidden.taxRatesOfLine[line.id] = item.tax_rates.map((rate) => rate.id);
  return line;
};

/**
 * What is given back for the rest of the period; `item` still holds what it had. In flexible billing mode it is
 * a part of what was asked for, in classic mode a part of what the item costs now.
 */
export const creditLine = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at = seconds(ctx),
): InvoiceLine => {
  const quantity = item.quantity ?? 1;
  const period = { start: item.current_period_start, end: item.current_period_end };
  const flexible = subscription.billing_mode.type === "flexible";
  const billed = (flexible && billedFor(world, item)) || {
    amount: costOf(world, ctx, subscription, item),
    ...period,
  };
  const share = remainingShare(billed.amount, at, billed);
  const line = itemLine(ctx, item, {
    amount: share === 0 ? 0 : -share,
    currency: subscription.currency,
    description: `Unused time on ${namedQuantity(world, item.price, quantity)} after ${shortDate(at)}`,
    period: { start: at, end: period.end },
    proration: true,
    quantity,
  });
  return withRates(world, item, line);
};

/** What the rest of the period costs; `item` already holds what it gets, and `whole` is the period it is a part of. */
export const debitLine = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at = seconds(ctx),
  whole: Span = { start: item.current_period_start, end: item.current_period_end },
): InvoiceLine => {
  const quantity = item.quantity ?? 1;
  const line = itemLine(ctx, item, {
    amount: remainingShare(costOf(world, ctx, subscription, item), at, whole),
    currency: subscription.currency,
    description: `Remaining time on ${namedQuantity(world, item.price, quantity)} after ${shortDate(at)}`,
    period: { start: at, end: item.current_period_end },
    proration: true,
    quantity,
  });
  return withRates(world, item, line);
};
