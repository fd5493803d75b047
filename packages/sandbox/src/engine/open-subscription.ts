import { periodAt } from "./billing-cycle.js";
import { type Context, seconds } from "./context.js";
import { needCustomer } from "./customer.js";
import { emit, moveLastEvent } from "./emit.js";
import { need } from "./find.js";
import { createInvoice } from "./invoice.js";
import { describeItem, itemLine } from "./invoice-line.js";
import { needRecurring } from "./need-recurring.js";
import { type MissingMethod, newSubscription } from "./new-subscription.js";
import { priceAmount } from "./price-amount.js";
import { invalidRequest } from "./stripe-error.js";
import { createItem } from "./subscription-item.js";
import type { Customer, Invoice, Price, Subscription } from "./wire.js";
import type { World } from "./world.js";

type PaymentBehavior = "allow_incomplete" | "default_incomplete" | "error_if_incomplete";

export type NewSubscription = {
  customer: string;
  items: Array<{ price: string; quantity?: number; metadata?: Record<string, string> }>;
  default_payment_method?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  /** Seconds since 1970; wins over `trial_period_days`. */
  trial_end?: number | null;
  trial_period_days?: number | null;
  missing_payment_method?: MissingMethod;
  payment_behavior?: PaymentBehavior;
  off_session?: boolean;
  save_default_payment_method?: "off" | "on_subscription";
};

const day = 86_400;

/** Reads the items' prices, which must agree in their currency. */
export const pricesOf = (world: World, fields: NewSubscription): Price[] => {
  const prices = fields.items.map((item, index) =>
    needRecurring(world, item.price, `items[${index}][price]`),
  );
  if (prices.length === 0)
    throw invalidRequest("Missing required param: items.", "parameter_missing", "items");
  if (new Set(prices.map((price) => price.currency)).size > 1)
    throw invalidRequest("All prices on a subscription must have the same currency.", undefined, "items");
  return prices;
};

/** When the trial ends, in seconds, or null if there is none. */
export const trialEndOf = (ctx: Context, fields: NewSubscription): number | null => {
  if (fields.trial_end !== undefined && fields.trial_end !== null) return fields.trial_end;
  return fields.trial_period_days ? seconds(ctx) + fields.trial_period_days * day : null;
};

const ownMethod = (world: World, customer: Customer, id: string | null | undefined): string | null => {
  if (!id) return null;
  const method = need(world.paymentMethods, "PaymentMethod", id, "default_payment_method");
  if (method.customer !== customer.id)
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      "resource_missing",
      "default_payment_method",
    );
  return id;
};

/** Lays down the subscription and its items, and says nothing yet. */
const build = (world: World, ctx: Context, fields: NewSubscription): Subscription => {
  const customer = needCustomer(world, fields.customer);
  const prices = pricesOf(world, fields);
  const now = seconds(ctx);
  const trialEnd = trialEndOf(ctx, fields);
  if (trialEnd !== null && trialEnd <= now)
    throw invalidRequest(
      "Invalid timestamp: must be an integer Unix timestamp in the future.",
      undefined,
      "trial_end",
    );
  const anchor = trialEnd ?? now;
  const subscription = newSubscription(ctx, {
    customer: customer.id,
    currency: prices[0]?.currency ?? "usd",
    status: trialEnd === null ? "incomplete" : "trialing",
    anchor,
    trialEnd,
    defaultPaymentMethod: ownMethod(world, customer, fields.default_payment_method),
    metadata: fields.metadata ?? {},
    description: fields.description ?? null,
    missingPaymentMethod: fields.missing_payment_method ?? "create_invoice",
    saveDefault: fields.save_default_payment_method ?? "off",
  });
  subscription.test_clock = customer.test_clock ?? null;
  subscription.items.data = prices.map((price, index) => {
    const cycle = price.recurring ?? { interval: "month", interval_count: 1 };
    const period = trialEnd === null ? periodAt(anchor, cycle, now) : { start: now, end: trialEnd };
    const { quantity = 1, metadata = {} } = fields.items[index] ?? {};
    return createItem(ctx, { subscription: subscription.id, price, quantity, period, metadata });
  });
  return subscription;
};

/** The first invoice: the first period, or a trial for nothing. */
const firstInvoice = (world: World, ctx: Context, subscription: Subscription): Invoice => {
  const trial = subscription.status === "trialing";
  const lines = subscription.items.data.map((item) => {
    const quantity = item.quantity ?? 1;
    const period = { start: item.current_period_start, end: item.current_period_end };
    return itemLine(ctx, item, {
      amount: trial ? 0 : priceAmount(world, item.price, quantity, subscription.currency),
      description: trial ? "Free trial" : describeItem(world, item.price, quantity),
      period,
      quantity,
    });
  });
  const customer = need(world.customers, "customer", subscription.customer as string, "customer");
  const now = seconds(ctx);
  const period = { start: now, end: now };
  const invoice = createInvoice(world, ctx, {
    customer,
    subscription,
    lines,
    reason: "subscription_create",
    period,
    finalizesAt: null,
  });
  subscription.latest_invoice = invoice.id;
  return invoice;
};

/** Registers a new subscription with its finalized first invoice, not yet collected. */
export const openSubscription = (
  world: World,
  ctx: Context,
  fields: NewSubscription,
): { subscription: Subscription; invoice: Invoice; position: number } => {
  const subscription = build(world, ctx, fields);
  world.subscriptions[subscription.id] = subscription;
  const customer = world.customers[fields.customer];
  if (customer) customer.currency ??= subscription.currency;
  const position = world.events.length;
  const invoice = firstInvoice(world, ctx, subscription);
  return { subscription, invoice, position };
};

/** Tells of a new subscription, before the events of its invoice. */
export const announce = (world: World, ctx: Context, subscription: Subscription, position: number): void => {
  emit(world, ctx, "customer.subscription.created", subscription);
  moveLastEvent(world, position);
};
