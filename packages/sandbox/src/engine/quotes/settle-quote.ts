import { createSchedule } from "../changes/subscription-schedule.js";
import { needCustomer } from "../customers/customer.js";
import { isRecurring } from "../invoices/lines/given-line-item.js";
import { askedMode } from "../subscriptions/terms/new-subscription.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Quote } from "../world/wire.js";
import type { World } from "../world/world.js";
import { quoteLines } from "./quote.js";
import { draftQuoteInvoice, startSubscription } from "./quote-amounts.js";

const needStatus = (quote: Quote, verb: string, ...allowed: string[]): void => {
  if (!allowed.includes(quote.status))
    throw invalidRequest(
      `You cannot ${verb} this quote because it has a status of ${quote.status}. ` +
        `Only quotes with one of the following statuses may be ${verb}ed: ${allowed.join(", ")}.`,
    );
};

const numberFor = (world: World, quote: Quote): string => {
  const { invoice_prefix } = needCustomer(world, quote.customer as string);
  const earlier = Object.values(world.quotes).filter(
    (row) => row.customer === quote.customer && row.number !== null,
  );
  return `QT-${invoice_prefix}-${String(earlier.length + 1).padStart(4, "0")}-1`;
};

/** Makes a draft an offer that can be accepted. */
export const finalizeQuote = (
  world: World,
  now: Context,
  quote: Quote,
  { expires_at }: { expires_at?: number },
): Quote => {
  needStatus(quote, "finaliz", "draft");
  if (quote.customer === null)
    throw invalidRequest("A quote needs a customer to be finalized.", "parameter_missing", "customer");
  if (quoteLines(world, quote).length === 0)
    throw invalidRequest("A quote needs line items to be finalized.", "parameter_missing", "line_items");
  const ctx = atCustomer(world, now, quote.customer as string);
  quote.number = numberFor(world, quote);
  quote.status = "open";
  quote.status_transitions.finalized_at = seconds(ctx);
  if (expires_at !== undefined) quote.expires_at = expires_at;
  emit(world, ctx, "quote.finalized", quote);
  return quote;
};

const start = (world: World, ctx: Context, quote: Quote): void => {
  const terms = { quote, lines: quoteLines(world, quote) };
  if (!terms.lines.some(isRecurring)) {
    quote.invoice = draftQuoteInvoice(world, ctx, terms).id;
    return;
  }
  const starts = quote.subscription_data.effective_date;
  if (starts === null || starts <= seconds(ctx)) {
    const subscription = startSubscription(world, ctx, terms);
    quote.subscription = subscription.id;
    quote.invoice = subscription.latest_invoice as string | null;
    return;
  }
  const items = terms.lines.filter(isRecurring).map(({ price, quantity }) => ({
    price: price?.id ?? "",
    quantity: quantity ?? 1,
  }));
  const [rhythm] = terms.lines.filter(isRecurring).map((line) => line.price?.recurring);
  const known = (["day", "week", "month", "year"] as const).find((name) => name === rhythm?.interval);
  const interval = known ?? "month";
  quote.subscription_schedule = createSchedule(world, ctx, {
    customer: quote.customer as string,
    start_date: starts,
    billing_mode: askedMode(quote.subscription_data.billing_mode),
    end_behavior: "release",
    phases: [{ items, duration: { interval, interval_count: rhythm?.interval_count ?? 1 } }],
  }).id;
};

/** Turns an offer into what it sells: an invoice, a subscription, or a schedule for a later start. */
export const acceptQuote = (world: World, now: Context, quote: Quote): Quote => {
  needStatus(quote, "accept", "open");
  const ctx = atCustomer(world, now, quote.customer as string);
  if (quote.expires_at <= seconds(ctx))
    throw invalidRequest("This quote has expired and can no longer be accepted.");
  start(world, ctx, quote);
  quote.status = "accepted";
  quote.status_transitions.accepted_at = seconds(ctx);
  emit(world, ctx, "quote.accepted", quote);
  return quote;
};

/** Cancels a quote. */
export const cancelQuote = (world: World, now: Context, quote: Quote): Quote => {
  needStatus(quote, "cancel", "draft", "open");
  const ctx = atCustomer(world, now, quote.customer as string | null);
  quote.status = "canceled";
  quote.status_transitions.canceled_at = seconds(ctx);
  emit(world, ctx, "quote.canceled", quote);
  return quote;
};
