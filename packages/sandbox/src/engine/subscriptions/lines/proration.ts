import { priceAmount } from "../../catalog/price-amount.js";
import { discountTermsOf, isRunning } from "../../discounts/discount.js";
import { type Discounted, takeDiscount, takeEvenly } from "../../discounts/take-discounts.js";
import { type CreditedItems, itemLine, type Proration } from "../../invoices/lines/invoice-line.js";
import { itemIdOf } from "../../invoices/totals/item-id-of.js";
import { proratedShare } from "../../money/share.js";
import { type Context, seconds } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { Billed } from "../../world/hidden.js";
import type { InvoiceLine, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { billedFor } from "../terms/billed-item.js";
import type { BilledPeriod } from "../terms/subscription-period.js";
import { discountText, namedQuantity, shortDate } from "./line-texts.js";

type Span = { start: number; end: number };

/** The part of an amount that belongs to the rest of a period, in the minor unit. */
const remainingShare = (amount: number, at: number, { start, end }: Span): number =>
  end <= start ? 0 : proratedShare(amount, end - Math.min(Math.max(at, start), end), end - start);

/** The part of a whole period's amount that a shorter one costs. */
export const partOf = (amount: number, { start, end, whole }: BilledPeriod): number =>
  whole.end <= whole.start ? 0 : proratedShare(amount, end - start, whole.end - whole.start);

type Taken = Discounted["taken"];

/** What is to be paid, and the discounts that made it less. */
type Cost = { amount: number; taken: Taken };

const addUp = (taken: Taken): number => taken.reduce((sum, { amount }) => sum + amount, 0);

/**
 * What an item costs for a whole period, after the discounts that run: prorations show them included. In classic
 * billing mode an amount off is the same for every item, otherwise it follows what they cost.
 * https://docs.stripe.com/billing/subscriptions/billing-mode/compare
 */
const costOf = (world: World, ctx: Context, subscription: Subscription, item: SubscriptionItem): Cost => {
  const lines = subscription.items.data.map((each) => ({
    id: each.id,
    left: priceAmount(world, each.price, each.quantity ?? 1, subscription.currency),
    product: each.price.product as string,
    discountable: true,
    taken: [] as Taken,
  }));
  const own = lines.find((line) => line.id === item.id);
  if (!own)
    return {
      amount: priceAmount(world, item.price, item.quantity ?? 1, subscription.currency),
      taken: [],
    };
  const now = seconds(ctx);
  const off = subscription.billing_mode.type === "classic" ? takeEvenly : takeDiscount;
  const take = (discounts: Subscription["discounts"], covered: typeof lines): void => {
    for (const id of discounts as string[])
      if (isRunning(world, id, now)) off(covered, discountTermsOf(world, id, subscription.currency));
  };
  take(item.discounts, [own]);
  take(subscription.discounts, lines);
  return { amount: own.left, taken: own.taken.filter(({ amount }) => amount > 0) };
};

/** How a line shows a part of a cost, and what discounts took off it. */
type Shown = Pick<Proration, "amount" | "discount_amounts"> & { included: Taken };

/**
 * A part of a cost: after its discounts, or where they are itemized, before them, with each discount's own part.
 * https://docs.stripe.com/changelog/clover/2025-09-30/itemize-proration-discount-amounts
 */
const shownPart = (
  { billing_mode }: Subscription,
  { amount, taken }: Cost,
  part: (amount: number) => number,
): Shown => {
  const parts = taken.map((one) => ({ ...one, amount: part(one.amount) }));
  return billing_mode.flexible?.proration_discounts === "itemized"
    ? { amount: part(amount + addUp(taken)), discount_amounts: parts, included: [] }
    : { amount: part(amount), discount_amounts: [], included: parts };
};

/** A removed item's rates would be forgotten by the time its credit is billed. */
const withRates = (world: World, item: SubscriptionItem, line: Proration): Proration => {
  if (item.tax_rates?.length) world.hidden.taxRatesOfLine[line.id] = item.tax_rates.map((rate) => rate.id);
  return line;
};

/** What a credit names as its original: the lines that were charged, or the item that still waits for an invoice. */
const creditedBy = (world: World, charge: Billed): CreditedItems => {
  const item = find(world.invoiceItems, charge.item);
  if (item && item.invoice === null) return { invoice_item: item.id, type: "invoice_item" };
  const invoice = charge.invoice ?? (item?.invoice as string | undefined);
  if (!invoice) return null;
  const lines = find(world.invoices, invoice)?.lines.data ?? [];
  const ids = lines.filter((line) => itemIdOf(line) === item?.id).map(({ id }) => id);
  return {
    invoice_line_item_details: { invoice, invoice_line_items: charge.lines.length > 0 ? charge.lines : ids },
    type: "invoice_line_items",
  };
};

/** The credit for the rest of one charge; the line shows the price and quantity that were charged. */
const creditLine = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  charge: Billed,
  at: number,
): Proration => {
  const price = find(world.prices, charge.price) ?? item.price;
  const quantity = charge.quantity ?? item.quantity ?? 1;
  const from = Math.max(at, charge.start);
  const { amount, discount_amounts, included } = shownPart(subscription, charge, (whole) =>
    remainingShare(-whole, from, charge),
  );
  const off = discountText(world, included, subscription.currency);
  const line = itemLine(
    ctx,
    { ...item, price },
    {
      amount,
      currency: subscription.currency,
      description: `Unused time on ${namedQuantity(world, price, quantity)}${off} after ${shortDate(at)}`,
      period: { start: at, end: charge.end },
      proration: true,
      quantity,
    },
  );
  const proration = { credited: creditedBy(world, charge), included };
  return withRates(world, item, { ...line, discount_amounts, proration });
};

/**
 * What is given back for the rest of the period; `item` still holds what it had. In flexible billing mode it is
 * a part of what was asked for, a line for each charge, and in classic mode a part of what the item costs now.
 * https://docs.stripe.com/billing/subscriptions/prorations#credit-prorations
 */
export const creditLines = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at = seconds(ctx),
): Proration[] => {
  const charges = billedFor(world, item);
  if (subscription.billing_mode.type === "flexible")
    return charges
      .filter(({ end }) => end > at)
      .map((charge) => creditLine(world, ctx, subscription, item, charge, at));
  const cost = costOf(world, ctx, subscription, item);
  const { current_period_start: start, current_period_end: end, price, quantity = 1 } = item;
  const last = charges.at(-1) ?? { invoice: null, lines: [], item: null };
  const now: Billed = { ...last, ...cost, start, end, price: price.id, quantity };
  return [creditLine(world, ctx, subscription, item, now, at)];
};

/** What the rest of the period costs; `item` already holds what it gets, and `whole` is the period it is a part of. */
export const debitLine = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at = seconds(ctx),
  whole: Span = { start: item.current_period_start, end: item.current_period_end },
): Proration => {
  const quantity = item.quantity ?? 1;
  const cost = costOf(world, ctx, subscription, item);
  const { amount, discount_amounts, included } = shownPart(subscription, cost, (part) =>
    remainingShare(part, at, whole),
  );
  const name = namedQuantity(world, item.price, quantity);
  const line: InvoiceLine = itemLine(ctx, item, {
    amount,
    currency: subscription.currency,
    description: `Remaining time on ${name}${discountText(world, included, subscription.currency)} after ${shortDate(at)}`,
    period: { start: at, end: item.current_period_end },
    proration: true,
    quantity,
  });
  return withRates(world, item, { ...line, discount_amounts, proration: { credited: null, included } });
};
