import { needCustomer } from "../customers/customer.js";
import { setDiscounts } from "../discounts/set-discounts.js";
import { createInvoiceItem } from "../invoices/items/invoice-item.js";
import { isRecurring } from "../invoices/lines/given-line-item.js";
import { createInvoice } from "../invoices/making/invoice.js";
import { cardOnFile, namedBy } from "../methods/on-file.js";
import { createSubscription } from "../subscriptions/opening/create-subscription.js";
import { askedMode } from "../subscriptions/terms/new-subscription.js";
import { type Context, day, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import { scratchOf } from "../world/scratch-world.js";
import type { Invoice, LineItem, Quote, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";

/** What a quote sells, and on which terms; the parts of a request that its acceptance needs again. */
export type QuoteTerms = { quote: Quote; lines: LineItem[] };

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const rateIds = (quote: Quote): string[] => (quote.default_tax_rates ?? []) as string[];

/** Starts what a quote with recurring lines sells. */
export const startSubscription = (world: World, ctx: Context, { quote, lines }: QuoteTerms): Subscription => {
  const data = quote.subscription_data;
  const isSent = quote.collection_method === "send_invoice";
  const customer = needCustomer(world, quote.customer as string);
  const known = cardOnFile(world, namedBy(customer)) !== undefined;
  return createSubscription(world, ctx, {
    customer: customer.id,
    items: lines
      .filter(isRecurring)
      .map(({ price, quantity }) => ({ price: price?.id ?? "", quantity: quantity ?? 1 })),
    add_invoice_items: lines
      .filter((line) => !isRecurring(line))
      .map(({ price, quantity }) => ({ price: price?.id ?? "", quantity: quantity ?? 1 })),
    automatic_tax: { enabled: quote.automatic_tax.enabled },
    billing_mode: askedMode(data.billing_mode),
    collection_method: isSent ? "send_invoice" : "charge_automatically",
    ...(isSent ? { days_until_due: quote.invoice_settings.days_until_due ?? 30 } : {}),
    default_tax_rates: rateIds(quote),
    description: data.description,
    discounts: quote.discounts.map((discount) => discountOf(world, discount as string)),
    metadata: { ...data.metadata },
    trial_period_days: data.trial_period_days,
    // A card that is not there yet can be given later; the quote is accepted all the same.
    payment_behavior: known ? "allow_incomplete" : "default_incomplete",
  });
};

/** A quote's discount is redeemed again by what it becomes. */
const discountOf = (world: World, id: string): { coupon?: string; promotion_code?: string } => {
  const discount = find(world.discounts, id);
  if (discount?.promotion_code) return { promotion_code: discount.promotion_code as string };
  return { coupon: (discount?.source.coupon ?? "") as string };
};

/** Drafts the invoice of a quote that is bought once. */
export const draftQuoteInvoice = (world: World, ctx: Context, { quote, lines }: QuoteTerms): Invoice => {
  const customer = needCustomer(world, quote.customer as string);
  const currency = quote.currency ?? "usd";
  for (const { price, quantity } of lines) {
    const item = createInvoiceItem(world, ctx, {
      customer: customer.id,
      currency,
      pricing: { price: price?.id ?? "" },
      quantity: quantity ?? 1,
    });
    item.date = seconds(ctx);
  }
  const { custom_fields, days_until_due, description, footer } = quote.invoice_settings;
  const isSent = quote.collection_method === "send_invoice";
  return createInvoice(world, ctx, {
    customer,
    subscription: null,
    currency,
    lines: [],
    reason: "quote_accept",
    period: { start: seconds(ctx), end: seconds(ctx) },
    finalizesAt: null,
    takesPending: true,
    prepare: (draft) =>
      setDiscounts(
        world,
        ctx,
        { object: draft, customer: customer.id, currency },
        quote.discounts.map((discount) => discountOf(world, discount as string)),
      ),
    details: {
      automatic_tax: { ...quote.automatic_tax, disabled_reason: null, liability: null, status: null },
      collection_method: quote.collection_method,
      custom_fields,
      default_tax_rates: rateIds(quote).flatMap((id) => structuredClone(find(world.taxRates, id)) ?? []),
      description,
      due_date: isSent ? seconds(ctx) + (days_until_due ?? 30) * day : null,
      footer,
      metadata: { ...quote.metadata },
      parent: { quote_details: { quote: quote.id }, subscription_details: null, type: "quote_details" },
    },
  });
};

const detailsOf = (invoice: Invoice) => ({
  amount_discount: sum((invoice.total_discount_amounts ?? []).map((row) => row.amount)),
  amount_shipping: 0,
  amount_tax: sum((invoice.total_taxes ?? []).map((tax) => tax.amount)),
});

/** The first invoice of a quote, tried out on a copy of the world; null before the quote has a customer. */
const firstInvoice = (world: World, ctx: Context, terms: QuoteTerms): Invoice | null => {
  const scratch = scratchOf(world);
  if (terms.quote.customer === null) return null;
  if (!terms.lines.some(isRecurring)) return draftQuoteInvoice(scratch, ctx, terms);
  const subscription = startSubscription(scratch, ctx, terms);
  return find<Invoice>(scratch.invoices, subscription.latest_invoice as string | null) ?? null;
};

/** Works a quote's amounts out: what is due at first, and what comes again. */
export const recomputeQuote = (world: World, ctx: Context, terms: QuoteTerms): void => {
  const { quote, lines } = terms;
  const plain = sum(lines.map((line) => line.amount_subtotal));
  const invoice = firstInvoice(world, ctx, terms);
  const none = { amount_discount: 0, amount_shipping: 0, amount_tax: 0 };
  const details = invoice ? detailsOf(invoice) : none;
  quote.currency = lines[0]?.currency ?? null;
  quote.amount_subtotal = invoice?.subtotal ?? plain;
  quote.amount_total = invoice?.total ?? plain;
  quote.total_details = { ...details };
  const again = lines.filter(isRecurring);
  const rhythm = again[0]?.price?.recurring;
  const recurring = sum(again.map((line) => line.amount_subtotal));
  quote.computed = {
    recurring: rhythm
      ? {
          amount_subtotal: recurring,
          amount_total: recurring,
          interval: rhythm.interval,
          interval_count: rhythm.interval_count,
          total_details: { ...none },
        }
      : null,
    upfront: {
      amount_subtotal: quote.amount_subtotal,
      amount_total: quote.amount_total,
      total_details: { ...details },
    },
  };
};
