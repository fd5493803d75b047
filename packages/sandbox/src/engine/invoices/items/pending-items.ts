import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { rowsOf } from "../../world/owned-rows.js";
import type { Invoice, InvoiceItem, InvoiceLine, Subscription, TaxRate } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { Proration } from "../lines/invoice-line.js";
import { lineOfItem } from "../lines/line-of-item.js";
import { itemIdOf } from "../totals/item-id-of.js";

/** The subscription that an invoice item is for, or undefined. */
export const subscriptionOfItem = (item: InvoiceItem): string | undefined =>
  item.parent?.subscription_details?.subscription;

/**
 * The invoice items that wait for an invoice like this one: those of its subscription, and those of its
 * customer that are for no subscription in particular. Newest first, as Stripe puts them on it.
 */
export const pendingItems = (
  world: World,
  wanted: { customer: string; subscription: string | null; currency: string },
): InvoiceItem[] =>
  rowsOf(world, "ii", wanted.customer)
    .filter((item) => {
      const own = subscriptionOfItem(item);
      return (
        item.invoice === null &&
        item.currency === wanted.currency &&
        (own === undefined || wanted.subscription === null || own === wanted.subscription)
      );
    })
    .reverse();

/** The invoice items that wait for this very subscription. */
export const pendingItemsFor = (world: World, { id, customer, currency }: Subscription): InvoiceItem[] =>
  pendingItems(world, { customer: customer as string, subscription: id, currency }).filter(
    (item) => subscriptionOfItem(item) === id,
  );

/** A credit for what waited on the same customer names the line that it became. */
const nameCredited = (world: World, lines: readonly InvoiceLine[]): void => {
  for (const line of lines) {
    const details = line.parent?.subscription_item_details ?? line.parent?.invoice_item_details;
    const id = find(world.invoiceItems, itemIdOf(line))?.proration_details?.credited_items?.invoice_item;
    const invoice = find(world.invoiceItems, id)?.invoice as string | null | undefined;
    if (!details?.proration_details || !invoice) continue;
    const candidates = [...lines, ...(find(world.invoices, invoice)?.lines.data ?? [])];
    const ids = candidates.filter((other) => itemIdOf(other) === id).map((other) => other.id);
    details.proration_details.credited_items = { invoice, invoice_line_items: [...new Set(ids)] };
  }
};

/** Puts everything that waited onto an invoice and returns the lines. */
export const takePendingItems = (world: World, ctx: Context, invoice: Invoice): InvoiceLine[] => {
  const wanted = {
    customer: invoice.customer as string,
    subscription: (invoice.parent?.subscription_details?.subscription ?? null) as string | null,
    currency: invoice.currency,
  };
  const lines = pendingItems(world, wanted).map((item) => {
    item.invoice = invoice.id;
    const line = lineOfItem(ctx, item);
    if (item.tax_rates?.length) world.hidden.taxRatesOfLine[line.id] = item.tax_rates.map((rate) => rate.id);
    return line;
  });
  nameCredited(world, lines);
  return lines;
};

/** A line's own rates, as whole objects, the way an item holds them. */
const ratesOfLine = (world: World, line: InvoiceLine): TaxRate[] =>
  (find(world.hidden.taxRatesOfLine, line.id) ?? []).flatMap((id) => {
    const rate = find<TaxRate>(world.taxRates, id);
    return rate ? [structuredClone(rate)] : [];
  });

/** What a subscription's line becomes while it waits for an invoice. */
const itemOfLine = (world: World, ctx: Context, subscription: Subscription, line: Proration): InvoiceItem => {
  const own = line.parent?.subscription_item_details;
  const taken = structuredClone(line.discount_amounts ?? []);
  return {
    id: ctx.ids.id("ii"),
    object: "invoiceitem",
    amount: line.amount,
    currency: line.currency,
    customer: subscription.customer as string,
    customer_account: null,
    date: seconds(ctx),
    description: line.description,
    discountable: line.discountable,
    discounts: [],
    frozen_fields: ["pricing", "quantity", "discounts"],
    invoice: null,
    invoicing_rules: [],
    livemode: false,
    metadata: { ...line.metadata },
    net_amount: line.amount - taken.reduce((sum, { amount }) => sum + amount, 0),
    parent: {
      subscription_details: {
        subscription: subscription.id,
        ...(own ? { subscription_item: own.subscription_item } : {}),
      },
      type: "subscription_details",
    },
    period: { ...line.period },
    pricing: line.pricing && { ...line.pricing },
    proration: own?.proration ?? false,
    proration_details: { credited_items: line.proration?.credited ?? null, discount_amounts: taken },
    quantity: line.quantity ?? 1,
    quantity_decimal: line.quantity_decimal ?? String(line.quantity ?? 1),
    tax_rates: ratesOfLine(world, line),
    test_clock: subscription.test_clock,
  };
};

/**
 * Keeps the lines of a change for the subscription's next invoice, as invoice items. Lists begin with the newest
 * and Stripe's with what is unused, so the last line is stored first.
 */
export const createProrationItems = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  lines: Proration[],
  {
    outlives = false,
  }: { /** Whether it waits for any invoice, because its subscription ends. */ outlives?: boolean } = {},
): InvoiceItem[] =>
  lines
    .toReversed()
    .map((line) => {
      const item = itemOfLine(world, ctx, subscription, line);
      world.invoiceItems[item.id] = item;
      if (outlives) {
        item.parent = null;
        delete item.proration_details;
      }
      const own = line.parent?.subscription_item_details;
      if (own) own.invoice_item = item.id;
      emit(world, ctx, "invoiceitem.created", item);
      return item;
    })
    .reverse();
