import { periodAt } from "./billing-cycle.js";
import { type Context, seconds } from "./context.js";
import { describeItem, itemLine } from "./invoice-line.js";
import { needRecurring } from "./need-recurring.js";
import { priceAmount } from "./price-amount.js";
import { creditLine, debitLine } from "./proration.js";
import { invalidRequest } from "./stripe-error.js";
import { createItem, setPrice } from "./subscription-item.js";
import type { InvoiceLine, Price, Subscription, SubscriptionItem } from "./wire.js";
import type { World } from "./world.js";

export type ItemChange = {
  id?: string;
  price?: string;
  quantity?: number;
  deleted?: boolean;
  metadata?: Record<string, string> | null;
};

/** `prorations` settle the running period; `periods` are bought anew because the rhythm changed. */
export type ItemsChanged = { prorations: InvoiceLine[]; periods: InvoiceLine[] };

const sameCycle = (one: Price, other: Price): boolean =>
  one.recurring?.interval === other.recurring?.interval &&
  one.recurring?.interval_count === other.recurring?.interval_count;

const indexOfItem = (subscription: Subscription, id: string, param: string): number => {
  const index = subscription.items.data.findIndex((item) => item.id === id);
  if (index < 0) throw invalidRequest(`No such subscription item: '${id}'`, "resource_missing", param);
  return index;
};

/** Refuses what can't be done, before anything is done. */
export const checkItems = (world: World, subscription: Subscription, changes: ItemChange[]): void => {
  changes.forEach((change, index) => {
    if (change.id !== undefined) indexOfItem(subscription, change.id, `items[${index}][id]`);
    if (change.id === undefined && change.price === undefined)
      throw invalidRequest(
        `Missing required param: items[${index}][price].`,
        "parameter_missing",
        `items[${index}][price]`,
      );
    if (change.price === undefined) return;
    const price = needRecurring(world, change.price, `items[${index}][price]`);
    if (price.currency !== subscription.currency)
      throw invalidRequest(
        `The specified price (${price.id}) has currency ${price.currency}, but the subscription is in ${subscription.currency}.`,
        undefined,
        `items[${index}][price]`,
      );
  });
  const removed = changes.filter((change) => change.deleted && change.id !== undefined).length;
  const added = changes.filter((change) => change.id === undefined).length;
  if (subscription.items.data.length - removed + added < 1)
    throw invalidRequest("A subscription must have at least one active item.", undefined, "items");
};

/** The period that a price bought now gets: the running one, or one that starts now. */
const periodOf = (ctx: Context, subscription: Subscription, price: Price, kept: Price | undefined) => {
  const now = seconds(ctx);
  if (subscription.status === "trialing" && subscription.trial_end !== null)
    return { start: subscription.items.data[0]?.current_period_start ?? now, end: subscription.trial_end };
  const cycle = price.recurring ?? { interval: "month", interval_count: 1 };
  const anchor = kept && !sameCycle(kept, price) ? now : subscription.billing_cycle_anchor;
  return periodAt(anchor, cycle, now);
};

const boughtAnew = (world: World, ctx: Context, item: SubscriptionItem): InvoiceLine => {
  const quantity = item.quantity ?? 1;
  return itemLine(ctx, item, {
    amount: priceAmount(world, item.price, quantity),
    description: describeItem(world, item.price, quantity),
    period: { start: item.current_period_start, end: item.current_period_end },
    quantity,
  });
};

type Work = { world: World; ctx: Context; subscription: Subscription; at: number; lines: ItemsChanged };

const addItem = ({ world, ctx, subscription, at, lines }: Work, change: ItemChange): void => {
  const price = needRecurring(world, change.price ?? "", "items");
  const period = periodOf(ctx, subscription, price, undefined);
  const { quantity = 1, metadata } = change;
  const item = createItem(ctx, {
    subscription: subscription.id,
    price,
    quantity,
    period,
    metadata: metadata ?? {},
  });
  subscription.items.data.push(item);
  lines.prorations.push(debitLine(world, ctx, item, at));
};

const changeItem = (
  { world, ctx, subscription, at, lines }: Work,
  change: ItemChange,
  index: number,
): void => {
  const item = subscription.items.data[index];
  if (!item) return;
  if (change.metadata !== undefined) item.metadata = change.metadata ?? {};
  const price = change.price === undefined ? item.price : needRecurring(world, change.price, "items");
  const quantity = change.quantity ?? item.quantity ?? 1;
  if (price.id === item.price.id && quantity === item.quantity) return;
  lines.prorations.push(creditLine(world, ctx, item, at));
  const anew = !sameCycle(item.price, price) && subscription.status !== "trialing";
  const period = anew ? periodOf(ctx, subscription, price, item.price) : null;
  setPrice(item, price);
  item.quantity = quantity;
  if (!period) {
    lines.prorations.push(debitLine(world, ctx, item, at));
    return;
  }
  item.current_period_start = period.start;
  item.current_period_end = period.end;
  subscription.billing_cycle_anchor = seconds(ctx);
  lines.periods.push(boughtAnew(world, ctx, item));
};

/**
 * Applies item changes and answers with what they cost. Another interval starts a new period now, as with
 * Stripe; the same interval keeps the running one. `at` is the moment to prorate from, in seconds.
 */
export const changeItems = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  changes: ItemChange[],
  at: number,
): ItemsChanged => {
  const work: Work = { world, ctx, subscription, at, lines: { prorations: [], periods: [] } };
  for (const change of changes) {
    if (change.id === undefined) {
      addItem(work, change);
      continue;
    }
    const index = indexOfItem(subscription, change.id, "items");
    if (!change.deleted) {
      changeItem(work, change, index);
      continue;
    }
    const [removed] = subscription.items.data.splice(index, 1);
    if (removed) work.lines.prorations.push(creditLine(world, ctx, removed, at));
  }
  return work.lines;
};
