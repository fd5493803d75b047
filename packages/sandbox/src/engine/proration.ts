import { type Context, seconds } from "./context.js";
import { itemLine, productName } from "./invoice-line.js";
import { priceAmount } from "./price-amount.js";
import type { InvoiceLine, Price, SubscriptionItem } from "./wire.js";
import type { World } from "./world.js";

type Share = { at: number; start: number; end: number };

/** The part of an amount that belongs to the rest of the period, rounded to the minor unit. */
const remainingShare = (amount: number, { at, start, end }: Share): number => {
  if (end <= start) return 0;
  return Math.round((amount * (end - Math.min(Math.max(at, start), end))) / (end - start));
};

const date = (time: number): string =>
  new Date(time * 1000).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

const named = (world: World, price: Price, quantity: number): string =>
  quantity === 1 ? productName(world, price) : `${quantity} × ${productName(world, price)}`;

/** What is given back for the rest of the period; `item` still holds what it had. */
export const creditLine = (
  world: World,
  ctx: Context,
  item: SubscriptionItem,
  at = seconds(ctx),
): InvoiceLine => {
  const quantity = item.quantity ?? 1;
  const share = { at, start: item.current_period_start, end: item.current_period_end };
  return itemLine(ctx, item, {
    amount: -remainingShare(priceAmount(world, item.price, quantity), share),
    description: `Unused time on ${named(world, item.price, quantity)} after ${date(at)}`,
    period: { start: at, end: item.current_period_end },
    proration: true,
    quantity,
  });
};

/** What the rest of the period costs; `item` already holds what it gets. */
export const debitLine = (
  world: World,
  ctx: Context,
  item: SubscriptionItem,
  at = seconds(ctx),
): InvoiceLine => {
  const quantity = item.quantity ?? 1;
  const share = { at, start: item.current_period_start, end: item.current_period_end };
  return itemLine(ctx, item, {
    amount: remainingShare(priceAmount(world, item.price, quantity), share),
    description: `Remaining time on ${named(world, item.price, quantity)} after ${date(at)}`,
    period: { start: at, end: item.current_period_end },
    proration: true,
    quantity,
  });
};
