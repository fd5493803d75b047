import type Stripe from "stripe";

/**
 * A Stripe object as it travels and as the world stores it: references are ids (they become objects only
 * when a request asks to `expand` them) and decimals are strings (the SDK turns them into `Decimal`).
 */
type Wire<T> = [T] extends [Stripe.Decimal | null | undefined]
  ? Stripe.Decimal extends T
    ? string | Exclude<T, Stripe.Decimal>
    : T
  : [string] extends [Extract<T, string>]
    ? Exclude<T, { object: string } | { deleted?: unknown; id: string }>
    : WireEach<T>;

type WireEach<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Array<infer Item>
    ? Array<Wire<Item>>
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;

export type Account = { id: string; object: "account"; [key: string]: unknown };
export type Product = Wire<Stripe.Product>;
export type Price = Wire<Stripe.Price>;
export type Customer = Wire<Stripe.Customer>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
export type CheckoutSession = Wire<Stripe.Checkout.Session>;
export type LineItem = Wire<Stripe.LineItem>;
export type Subscription = Wire<Stripe.Subscription>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;
export type Invoice = Wire<Stripe.Invoice>;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type InvoicePayment = Wire<Stripe.InvoicePayment>;
export type PaymentIntent = Wire<Stripe.PaymentIntent>;
export type SetupIntent = Wire<Stripe.SetupIntent>;
export type Charge = Wire<Stripe.Charge>;
export type Refund = Wire<Stripe.Refund>;
export type PortalSession = Wire<Stripe.BillingPortal.Session>;
export type PortalConfiguration = Wire<Stripe.BillingPortal.Configuration>;
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>;

/** An event as it is delivered: a snapshot of the object at the time, and what changed before it. */
export type StripeEvent = {
  id: string;
  object: "event";
  api_version: string | null;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null } | null;
  type: string;
};
