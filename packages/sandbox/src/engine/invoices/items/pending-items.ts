import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { rowsOf } from "../../world/owned-rows.js";
import type { Invoice, InvoiceItem, InvoiceLine, Subscription, TaxRate } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { lineOfItem } from "../lines/line-of-item.js";

/** The subscription that an invoice item is for, or undefined. */
export const subscriptionOfItem = (item: InvoiceItem): string | undefined =>
  item.parent?.subscription_details?.subscription;

/**
 * The invoice items that wait for an invoice like this one: those of its subscription, and those of its
 * customer that are for no subscription in particular. Oldest first.
 */
export const pendingItems = (
  world: World,
  wanted: { customer: string; subscription: string | null; currency: string },
): InvoiceItem[] =>
  rowsOf(world, "ii", wanted.customer).filter((item) => {
    const own = subscriptionOfItem(item);
    return (
      item.invoice === null &&
      item.currency === wanted.currency &&
      (own === undefined || wanted.subscription === null || own === wanted.subscription)
    );
  });

/** The invoice items that wait for this very subscription. */
export const pendingItemsFor = (world: World, { id, customer, currency }: Subscription): InvoiceItem[] =>
  pendingItems(world, { customer: customer as string, subscription: id, currency }).filter(
    (item) => subscriptionOfItem(item) === id,
  );

/** Puts everything that waited onto an invoice and returns the lines. */
export const takePendingItems = (world: World, ctx: Context, invoice: Invoice): InvoiceLine[] => {
  const wanted = {
    customer: invoice.customer as string,
    subscription: (invoice.parent?.subscription_details?.subscription ?? null) as string | null,
    currency: invoice.currency,
  };
  return pendingItems(world, wanted).map((item) => {
    item.invoice = invoice.id;
    const line = lineOfItem(ctx, item);
    if (item.tax_rates?.length) world.hidden.taxRatesOfLine[line.id] = item.tax_rates.map((rate) => rate.id);
    return line;
  });
};

/** A line's own rates, as whole objects, the way an item holds them. */
const ratesOfLine = (world: World, line: InvoiceLine): TaxRate[] =>
  (find(world.hidden.taxRatesOfLine, line.id) ?? []).flatMap((id) => {
    const rate = find<TaxRate>(world.taxRates, id);
    return rate ? [structuredClone(rate)] : [];
  });

/** Keeps the lines of a change for the subscription's next invoice, as invoice items. */
export const createProrationItems = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  lines: InvoiceLine[],
): InvoiceItem[] =>
  lines.map((line) => {
    const parent = line.parent?.subscription_item_details;
    const item: InvoiceItem = {
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
      invoice: null,
      livemode: false,
      metadata: { ...line.metadata },
      net_amount: line.amount,
      parent: {
        subscription_details: {
          subscription: subscription.id,
          ...(parent ? { subscription_item: parent.subscription_item } : {}),
        },
        type: "subscription_details",
      },
      period: { ...line.period },
      pricing: line.pricing && { ...line.pricing },
      proration: parent?.proration ?? false,
      proration_details: { credited_items: null, discount_amounts: [] },
      quantity: line.quantity ?? 1,
      quantity_decimal: line.quantity_decimal ?? String(line.quantity ?? 1),
      tax_rates: ratesOfLine(world, line),
      test_clock: subscription.test_clock,
    };
    world.invoiceItems[item.id] = item;
    emit(world, ctx, "invoiceitem.created", item);
    return item;
  });
