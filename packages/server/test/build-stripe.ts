import Stripe from "stripe";

/** Objects as Stripe sends them, with the fields that billing reads; typed by the SDK. */

/** 2026-03-01 00:00:00 UTC, in seconds. */
export const march = Date.UTC(2026, 2, 1) / 1000;
export const april = Date.UTC(2026, 3, 1) / 1000;

export function buildPrice(overrides: Partial<Stripe.Price> = {}): Stripe.Price {
  const price: Partial<Stripe.Price> = {
    id: "price_pro_month",
    object: "price",
    active: true,
    currency: "usd",
    unit_amount: 2900,
    product: "tollgate_plan_pro",
    type: "recurring",
    recurring: {
      interval: "month",
      interval_count: 1,
      meter: null,
      trial_period_days: null,
      usage_type: "licensed",
    },
    metadata: { tollgate_plan: "pro", tollgate_group: "main", tollgate_interval: "month" },
    ...overrides,
  };
  return price as Stripe.Price;
}

export function buildItem(overrides: Partial<Stripe.SubscriptionItem> = {}): Stripe.SubscriptionItem {
  const item: Partial<Stripe.SubscriptionItem> = {
    id: "si_1",
    object: "subscription_item",
    current_period_start: march,
    current_period_end: april,
    price: buildPrice(),
    quantity: 1,
    subscription: "sub_1",
    ...overrides,
  };
  return item as Stripe.SubscriptionItem;
}

export function buildStripeSubscription(
  overrides: Partial<Stripe.Subscription> = {},
  items: readonly Stripe.SubscriptionItem[] = [buildItem()],
): Stripe.Subscription {
  const subscription: Partial<Stripe.Subscription> = {
    id: "sub_1",
    object: "subscription",
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    created: march,
    currency: "usd",
    customer: "cus_1",
    discounts: [],
    ended_at: null,
    items: { object: "list", data: [...items], has_more: false, url: "/v1/subscription_items" },
    metadata: { tollgate_customer: "org_1", tollgate_plan: "pro" },
    pause_collection: null,
    schedule: null,
    start_date: march,
    status: "active",
    trial_end: null,
    trial_start: null,
    ...overrides,
  };
  return subscription as Stripe.Subscription;
}

export function buildSession(overrides: Partial<Stripe.Checkout.Session> = {}): Stripe.Checkout.Session {
  const session: Partial<Stripe.Checkout.Session> = {
    id: "cs_1",
    object: "checkout.session",
    amount_total: 2900,
    currency: "usd",
    customer: "cus_1",
    metadata: { tollgate_customer: "org_1", tollgate_plan: "pro" },
    mode: "subscription",
    payment_status: "paid",
    status: "complete",
    subscription: "sub_1",
    ...overrides,
  };
  return session as Stripe.Checkout.Session;
}

export function buildInvoice(overrides: Partial<Stripe.Invoice> = {}): Stripe.Invoice {
  const invoice: Partial<Stripe.Invoice> = {
    id: "in_1",
    object: "invoice",
    attempt_count: 1,
    amount_due: 2900,
    amount_paid: 2900,
    currency: "usd",
    customer: "cus_1",
    parent: {
      type: "subscription_details",
      quote_details: null,
      subscription_details: { metadata: {}, subscription: "sub_1" },
    },
    ...overrides,
  };
  return invoice as Stripe.Invoice;
}

/** An event as it arrives: `buildEvent("invoice.paid", buildInvoice())`. */
export function buildEvent(
  type: string,
  object: object,
  overrides: Partial<Pick<Stripe.Event, "id" | "created" | "api_version">> = {},
) {
  return {
    id: "evt_1",
    object: "event" as const,
    api_version: Stripe.API_VERSION,
    created: march,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    data: { object: { ...object } },
    ...overrides,
  };
}
