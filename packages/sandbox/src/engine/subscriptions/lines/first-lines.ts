import { priceAmount, rateOf } from "../../catalog/price-amount.js";
import { linesFor } from "../../catalog/price-lines.js";
import { itemLine, productName } from "../../invoices/lines/invoice-line.js";
import { fromAnchor } from "../../money/billing-cycle.js";
import { type Context, seconds } from "../../world/context.js";
import type { InvoiceLine, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { isMetered } from "../terms/subscription-item.js";
import {
  type BilledPeriod,
  cycleOf,
  isShort,
  type Period,
  periodFrom,
} from "../terms/subscription-period.js";
import { namedQuantity, shortDate, trialText } from "./line-texts.js";
import { partOf } from "./proration.js";

/** A part of a period is one line, however many tiers it reaches. */
const partLine = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  period: BilledPeriod,
  free: boolean,
): InvoiceLine => {
  const quantity = item.quantity ?? 1;
  const { currency } = subscription;
  const amount = free ? 0 : priceAmount(world, item.price, quantity, currency);
  const { start, end } = period;
  const name = namedQuantity(world, item.price, quantity);
  return itemLine(ctx, item, {
    amount: partOf(amount, period),
    currency,
    description: `Time on ${name} from ${shortDate(start)} until ${shortDate(end)}`,
    period: { start, end },
    quantity,
    unitAmount: rateOf(world, item.price, currency).unit,
  });
};

/** An item's lines for a period that is paid in advance; a metered price has none. */
export const periodLines = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  period: BilledPeriod,
  free = false,
): InvoiceLine[] => {
  if (isMetered(item.price)) return [];
  if (isShort(period)) return [partLine(world, ctx, subscription, item, period, free)];
  const { start, end } = period;
  const { currency } = subscription;
  return linesFor(world, item.price, item.quantity ?? 1, currency).map((line) =>
    itemLine(ctx, item, {
      amount: free ? 0 : line.amount,
      currency,
      description: line.description,
      period: { start, end },
      quantity: line.quantity,
      quantityDecimal: line.quantity_decimal,
      unitAmount: line.unit_amount_decimal,
    }),
  );
};

/** The line of a trial, which costs nothing. */
export const trialLine = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
): InvoiceLine =>
  itemLine(ctx, item, {
    amount: 0,
    currency: subscription.currency,
    description: trialText(world, subscription, item),
    period: { start: item.current_period_start, end: item.current_period_end },
    quantity: item.quantity ?? 1,
    unitAmount: "0",
  });

/** Classic billing mode begins with a line of nothing for what is billed by use; flexible mode with none. */
export const unusedLines = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
): InvoiceLine[] => {
  const { billing_mode, currency, status } = subscription;
  const [line] = linesFor(world, item.price, 0, currency);
  if (billing_mode.type === "flexible" || !line) return [];
  const { current_period_start: start, current_period_end: end, price } = item;
  const description =
    status === "trialing" ? `0 × ${productName(world, price)} (Free trial)` : line.description;
  const unitAmount = line.unit_amount_decimal;
  return [
    itemLine(ctx, item, {
      amount: 0,
      currency,
      description,
      period: { start, end },
      quantity: 0,
      unitAmount,
    }),
  ];
};

/** The periods since a start in the past, as if they had been billed then; the last one ends at `until`. */
const periodsSince = (start: number, item: SubscriptionItem, until: number): BilledPeriod[] => {
  const cycle = cycleOf(item.price);
  const periods: BilledPeriod[] = [];
  for (let times = 0; ; times++) {
    const from = fromAnchor(start, cycle, times);
    if (from >= until) return periods;
    const whole = { start: from, end: fromAnchor(start, cycle, times + 1) };
    periods.push({ start: from, end: Math.min(whole.end, until), whole });
  }
};

/** In classic billing mode, the time that has passed is one line. */
const asOne = (lines: InvoiceLine[], description: string): InvoiceLine[] => {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return [];
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const period: Period = { start: first.period.start, end: last.period.end };
  return [{ ...first, amount, subtotal: amount, description, period }];
};

const sinceStart = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  until: number,
): InvoiceLine[] => {
  const { start_date: start } = subscription;
  const lines = periodsSince(start, item, until).flatMap((period) =>
    periodLines(world, ctx, subscription, item, period),
  );
  if (subscription.billing_mode.type === "flexible") return lines;
  const name = namedQuantity(world, item.price, item.quantity ?? 1);
  return asOne(lines, `Time on ${name} from ${shortDate(start)} until ${shortDate(until)}`);
};

/**
 * The lines of a subscription's first invoice: a trial for nothing, or the first period, which is short if the
 * anchor lies ahead, and the time before now if it was backdated. Without prorations, parts are free.
 * https://docs.stripe.com/billing/subscriptions/backdating
 */
export const firstLines = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  prorates: boolean,
): InvoiceLine[] =>
  subscription.items.data.flatMap((item) => {
    if (isMetered(item.price)) return unusedLines(world, ctx, subscription, item);
    if (subscription.status === "trialing") return [trialLine(world, ctx, subscription, item)];
    const period = periodFrom(
      subscription.billing_cycle_anchor,
      cycleOf(item.price, subscription),
      seconds(ctx),
    );
    const billed = { ...period, end: item.current_period_end };
    const free = isShort(billed) && !prorates;
    const backdated = prorates && subscription.start_date < seconds(ctx);
    if (backdated && isShort(billed)) return sinceStart(world, ctx, subscription, item, billed.end);
    const past = backdated ? sinceStart(world, ctx, subscription, item, seconds(ctx)) : [];
    return [...past, ...periodLines(world, ctx, subscription, item, billed, free)];
  });
