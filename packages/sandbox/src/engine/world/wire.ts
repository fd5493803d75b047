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

/** "And whatever comes later", which the SDK adds to its enums. */
type Open = string & Record<never, never>;
type Same<A, B> = (<G>() => G extends A ? 1 : 2) extends <G>() => G extends B ? 1 : 2 ? true : false;

/**
 * A request's parameters once decoded, from the SDK's own type for them: enums are closed, decimals are
 * strings, and what an empty string clears is null (a text stays the empty string).
 */
export type Given<T> = T extends ""
  ? null
  : T extends string
    ? Same<T, Open> extends true
      ? never
      : T
    : T extends number | boolean | null | undefined
      ? T
      : T extends Stripe.Decimal
        ? string
        : T extends Array<infer Item>
          ? Given<Item>[]
          : T extends object
            ? [string, T[keyof T]] extends [keyof T, number | string | null]
              ? Record<string, string>
              : { [K in keyof T]: Given<Exclude<T[K], undefined>> }
            : T;

export type Account = Wire<Stripe.Account>;
export type BusinessProfile = NonNullable<Account["business_profile"]>;
export type AccountLink = Wire<Stripe.AccountLink>;
export type Product = Wire<Stripe.Product>;
export type Price = Wire<Stripe.Price>;
export type PriceTier = Wire<Stripe.Price.Tier>;
export type CurrencyOption = Wire<Stripe.Price.CurrencyOptions>;
export type Customer = Wire<Stripe.Customer>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
export type PaymentMethodConfiguration = Wire<Stripe.PaymentMethodConfiguration>;
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

export type ActiveEntitlement = Wire<Stripe.Entitlements.ActiveEntitlement>;
export type Alert = Wire<Stripe.Billing.Alert>;
export type AlertTriggered = Wire<Stripe.Billing.AlertTriggered>;
export type ApplicationFee = Wire<Stripe.ApplicationFee>;
export type Balance = Wire<Stripe.Balance>;
export type BalanceTransaction = Wire<Stripe.BalanceTransaction>;
export type Capability = Wire<Stripe.Capability>;
export type Card = Wire<Stripe.Card>;
export type Coupon = Wire<Stripe.Coupon>;
export type CreditBalanceSummary = Wire<Stripe.Billing.CreditBalanceSummary>;
export type CreditBalanceTransaction = Wire<Stripe.Billing.CreditBalanceTransaction>;
export type CreditGrant = Wire<Stripe.Billing.CreditGrant>;
export type CreditNote = Wire<Stripe.CreditNote>;
export type CreditNoteLine = Wire<Stripe.CreditNoteLineItem>;
export type CustomerBalanceTransaction = Wire<Stripe.CustomerBalanceTransaction>;
export type CustomerSession = Wire<Stripe.CustomerSession>;
export type ConfirmationToken = Wire<Stripe.ConfirmationToken>;
export type Discount = Wire<Stripe.Discount>;
export type Dispute = Wire<Stripe.Dispute>;
export type EarlyFraudWarning = Wire<Stripe.Radar.EarlyFraudWarning>;
export type ExternalAccount = Wire<Stripe.BankAccount>;
export type FeeRefund = Wire<Stripe.FeeRefund>;
export type Feature = Wire<Stripe.Entitlements.Feature>;
export type FeedbackOption = Wire<Stripe.Billing.FeedbackOption>;
export type FileLink = Wire<Stripe.FileLink>;
export type StripeFile = Wire<Stripe.File>;
export type InvoiceItem = Wire<Stripe.InvoiceItem>;
export type Meter = Wire<Stripe.Billing.Meter>;
export type MeterEvent = Wire<Stripe.Billing.MeterEvent>;
export type MeterEventAdjustment = Wire<Stripe.Billing.MeterEventAdjustment>;
export type MeterEventSummary = Wire<Stripe.Billing.MeterEventSummary>;
export type PaymentLink = Wire<Stripe.PaymentLink>;
export type Payout = Wire<Stripe.Payout>;
export type Plan = Wire<Stripe.Plan>;
export type ProductFeature = Wire<Stripe.ProductFeature>;
export type PromotionCode = Wire<Stripe.PromotionCode>;
export type Quote = Wire<Stripe.Quote>;
export type SetupAttempt = Wire<Stripe.SetupAttempt>;
export type ShippingRate = Wire<Stripe.ShippingRate>;
export type SubscriptionSchedule = Wire<Stripe.SubscriptionSchedule>;
export type TaxCode = Wire<Stripe.TaxCode>;
export type TaxId = Wire<Stripe.TaxId>;
export type TaxRate = Wire<Stripe.TaxRate>;
export type TaxRegistration = Wire<Stripe.Tax.Registration>;
export type TaxSettings = Wire<Stripe.Tax.Settings>;
export type Token = Wire<Stripe.Token>;
export type Transfer = Wire<Stripe.Transfer>;
export type TransferReversal = Wire<Stripe.TransferReversal>;
export type TestClock = Wire<Stripe.TestHelpers.TestClock>;

/** An event as it is delivered: a snapshot of the object at the time, and what changed before it. */
export type StripeEvent = {
  id: string;
  object: "event";
  /** The connected account that it happened in. */
  account?: string;
  api_version: string | null;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null } | null;
  type: string;
};

/** An event of `/v2/core/events`: it names an object instead of carrying it. A notification is one without `data`. */
export type ThinEvent = {
  id: string;
  object: "v2.core.event";
  /** ISO 8601. */
  created: string;
  livemode: boolean;
  type: string;
  /** The connected account that it happened in. */
  context?: string;
  reason: { type: "request"; request: { id: string; idempotency_key: string } } | null;
  /** Left out of an event that is about no object. */
  related_object?: { id: string; type: string; url: string } | null;
  /** The id of its twin among the snapshot events. */
  snapshot_event?: string;
  data?: Record<string, unknown>;
};

/** Where events go, as `/v2/core/event_destinations` knows it; its address and secret are hidden. */
export type EventDestination = {
  id: string;
  object: "v2.core.event_destination";
  created: string;
  description: string;
  enabled_events: string[];
  event_payload: "snapshot" | "thin";
  events_from: string[];
  livemode: boolean;
  metadata: Record<string, string>;
  name: string;
  snapshot_api_version?: string;
  status: "disabled" | "enabled";
  status_details?: { disabled: { reason: "user" } };
  type: "webhook_endpoint";
  updated: string;
};
