import type Stripe from "stripe";
import { needCustomer } from "../customers/customer.js";
import { checkDiscounts } from "../discounts/set-discounts.js";
import { checkLineItems, type GivenLineItem, lineItemsOf } from "../invoices/lines/given-line-item.js";
import { askedMode } from "../subscriptions/terms/new-subscription.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Given, LineItem, Quote } from "../world/wire.js";
import type { World } from "../world/world.js";
import { newQuote } from "./new-quote.js";
import { recomputeQuote } from "./quote-amounts.js";
import { redeemForQuote } from "./redeem-for-quote.js";

export type QuoteFields = Omit<
  Given<Stripe.QuoteCreateParams>,
  "expand" | "from_quote" | "line_items" | "subscription_data"
> & {
  subscription_data?: Given<
    Stripe.QuoteUpdateParams.SubscriptionData &
      Pick<Stripe.QuoteCreateParams.SubscriptionData, "billing_mode">
  >;
  line_items?: Array<GivenLineItem & { id?: string }>;
};

/** What a quote sells. */
export const quoteLines = (world: World, quote: Quote): LineItem[] =>
  find(world.hidden.quoteLines, quote.id) ?? [];

const check = (world: World, ctx: Context, fields: QuoteFields, quote?: Quote): void => {
  const customer = fields.customer ?? (quote?.customer as string | null | undefined) ?? null;
  if (fields.customer !== undefined) needCustomer(world, fields.customer);
  // A line that only changes its quantity keeps the price that was checked before.
  const named = fields.line_items?.filter((line) => line.id === undefined || line.price !== undefined) ?? [];
  if (named.length > 0) checkLineItems(world, named);
  for (const [index, id] of (fields.default_tax_rates ?? []).entries())
    need(world.taxRates, "tax rate", id, `default_tax_rates[${index}]`);
  if (fields.expires_at !== undefined && fields.expires_at <= seconds(ctx))
    throw invalidRequest("The expiry must be in the future.", undefined, "expires_at");
  checkDiscounts(
    world,
    ctx,
    { customer, currency: quote?.currency ?? "usd", amount: null, held: [] },
    fields.discounts,
  );
};

/** Writes what a request says; everything has been checked. */
const write = (world: World, ctx: Context, quote: Quote, fields: QuoteFields): void => {
  for (const key of ["description", "footer", "header"] as const) {
    const value = fields[key];
    if (value !== undefined) quote[key] = value || null;
  }
  if (fields.customer !== undefined) quote.customer = fields.customer;
  if (fields.expires_at !== undefined) quote.expires_at = fields.expires_at;
  if (fields.collection_method !== undefined) quote.collection_method = fields.collection_method;
  if (fields.default_tax_rates !== undefined) quote.default_tax_rates = [...(fields.default_tax_rates ?? [])];
  if (fields.automatic_tax) quote.automatic_tax.enabled = fields.automatic_tax.enabled;
  if (fields.discounts !== undefined)
    quote.discounts = redeemForQuote(world, ctx, quote, fields.discounts ?? []);
  const settings = fields.invoice_settings;
  if (settings?.days_until_due !== undefined) quote.invoice_settings.days_until_due = settings.days_until_due;
  if (settings?.description !== undefined) quote.invoice_settings.description = settings.description || null;
  if (settings?.footer !== undefined) quote.invoice_settings.footer = settings.footer || null;
  if (settings?.custom_fields !== undefined) quote.invoice_settings.custom_fields = settings.custom_fields;
  const data = fields.subscription_data;
  if (data?.description !== undefined) quote.subscription_data.description = data.description || null;
  if (data?.trial_period_days !== undefined)
    quote.subscription_data.trial_period_days = data.trial_period_days;
  if (data?.metadata !== undefined)
    quote.subscription_data.metadata = mergeMetadata(quote.subscription_data.metadata ?? {}, data.metadata);
  if (typeof data?.effective_date === "number") quote.subscription_data.effective_date = data.effective_date;
  quote.metadata = mergeMetadata(quote.metadata, fields.metadata);
};

/** The lines after an update: those that it names by id stay. */
const linesAfter = (world: World, ctx: Context, quote: Quote, fields: QuoteFields): LineItem[] => {
  const known = quoteLines(world, quote);
  if (!fields.line_items) return known;
  return fields.line_items.flatMap((given) => {
    const kept = known.find((line) => line.id === given.id);
    if (!kept || given.price !== undefined || given.price_data) return lineItemsOf(world, ctx, [given]);
    const quantity = given.quantity ?? kept.quantity ?? 1;
    const [line] = lineItemsOf(world, ctx, [{ price: kept.price?.id ?? "", quantity }]);
    return line ? [{ ...line, id: kept.id }] : [];
  });
};

/** Drafts a quote. */
export const createQuote = (world: World, now: Context, fields: QuoteFields): Quote => {
  const ctx = atCustomer(world, now, fields.customer);
  check(world, ctx, fields);
  const quote = newQuote(
    ctx,
    find(world.customers, fields.customer)?.test_clock as string | null | undefined,
  );
  quote.currency = "usd";
  const mode = fields.subscription_data?.billing_mode;
  if (mode) quote.subscription_data.billing_mode = askedMode(mode);
  write(world, ctx, quote, fields);
  const lines = lineItemsOf(world, ctx, fields.line_items ?? []);
  recomputeQuote(world, ctx, { quote, lines });
  world.quotes[quote.id] = quote;
  world.hidden.quoteLines[quote.id] = lines;
  emit(world, ctx, "quote.created", quote);
  return quote;
};

/** Changes a draft. Stripe sends no event. */
export const updateQuote = (world: World, now: Context, quote: Quote, fields: QuoteFields): Quote => {
  const only = Object.keys(fields).find((key) => key !== "metadata" && key !== "expires_at");
  if (quote.status !== "draft" && only !== undefined)
    throw invalidRequest(
      `This quote can't be updated because it has a status of ${quote.status}.`,
      undefined,
      only,
    );
  const ctx = atCustomer(world, now, quote.customer as string | null);
  check(world, ctx, fields, quote);
  write(world, ctx, quote, fields);
  const lines = linesAfter(world, ctx, quote, fields);
  world.hidden.quoteLines[quote.id] = lines;
  if (quote.status === "draft") recomputeQuote(world, ctx, { quote, lines });
  return quote;
};
