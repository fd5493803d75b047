import type { Agreement } from "./consent.js";
import type { Currency } from "./money.js";
import type { OwnerStamp } from "./ownership.js";
import type { ProviderSubscription } from "./subscription.js";
import type { IsoTime } from "./time.js";

/**
 * How fine a provider's times of events are: whole seconds, or milliseconds; `none`: it gives no time that the order of
 * two events could be taken from, so that each event only says that there is news.
 */
export type EventClock = "second" | "millisecond" | "none";

interface EventBase {
  /** The provider's id of the event; the same id is the same event. */
  readonly id: string;
  readonly provider: string;
  /** The provider's own time, as fine as its `events.clock`; where that is `none`, when we heard of it. */
  readonly occurredAt: IsoTime;
  /** The provider's id of the customer; `null` where the event names none. */
  readonly providerCustomerId: string | null;
  /** What its object says about whose it is; absent: nothing, or not known. */
  readonly stamp?: OwnerStamp;
  /**
   * The app's own id of its customer, from what nobody but our server can have written. Somebody who is not linked yet is
   * linked by it; absent: it claims nobody.
   */
  readonly claimedCustomerId?: string;
}

/** A subscription reached a new state. */
export interface SubscriptionEvent extends EventBase {
  readonly type:
    | "subscription.created"
    | "subscription.updated"
    | "subscription.paused"
    | "subscription.resumed"
    | "subscription.ended"
    | "trial.ending";
  readonly subscriptionId: string;
  /**
   * The state that the event carries; `"unreadable"` when it carries none, or one that was written in an API version
   * other than ours, so that the object has to be read again; `"foreign"` when no line of it is in our catalog.
   */
  readonly state: ProviderSubscription | "unreadable" | "foreign";
}

/**
 * A checkout was paid (or needed no payment), ran out of time, or was completed with money that did not arrive in the
 * end, such as a bank debit that is refused days later.
 */
export interface CheckoutEvent extends EventBase {
  readonly type: "checkout.completed" | "checkout.expired" | "checkout.failed";
  readonly checkoutId: string;
  readonly productId: string | null;
  readonly quantity: number;
  readonly subscriptionId: string | null;
  /** In minor units: what was charged, or for a failed one what was to be charged; `null` when nothing was charged. */
  readonly amountTotal: number | null;
  readonly currency: Currency | null;
  /** What was agreed to in one that was completed. @default nothing was asked */
  readonly agreed?: Agreement;
}

/** An invoice of a subscription was paid, failed, or waits for the customer (3-D Secure). */
export interface PaymentEvent extends EventBase {
  readonly type: "payment.succeeded" | "payment.failed" | "payment.action_required";
  readonly subscriptionId: string | null;
  readonly invoiceId: string | null;
  /** Whether a line of the invoice is in our catalog; given only where there is no subscription. */
  readonly isOfCatalog: boolean;
  /** How often the provider has tried to collect it, this time included; `null` where it doesn't count. */
  readonly attempt: number | null;
  /** In minor units. */
  readonly amount: number;
  readonly currency: Currency;
}

/** A subscription renews in some days, as far as nothing changes until then. */
export interface RenewalEvent extends EventBase {
  readonly type: "renewal.upcoming";
  readonly subscriptionId: string;
}

/** A customer was deleted at the provider, by hand or through its API. */
export interface CustomerEvent extends EventBase {
  readonly type: "customer.deleted";
  readonly providerCustomerId: string;
}

/** A customer's email or name was changed at the provider, by whomever: by us, too. */
export interface ProfileEvent extends EventBase {
  readonly type: "customer.updated";
  readonly providerCustomerId: string;
}

/** A refund was made, or reached another state: what it is now, and whose, the provider is asked. */
export interface RefundEvent extends EventBase {
  readonly type: "refund.updated";
  readonly refundId: string;
}

/** A payment is contested, or its dispute reached another state: what it is now, and whose, the provider is asked. */
export interface DisputeEvent extends EventBase {
  readonly type: "dispute.updated";
  readonly disputeId: string;
}

/** A card's network warned that a payment may be fraud. */
export interface FraudWarningEvent extends EventBase {
  readonly type: "fraud_warning.created";
  readonly warningId: string;
}

/** A genuine event whose object lacks what it should have, so that all that can be done is to show it. */
export interface UnreadableEvent extends EventBase {
  readonly type: "unreadable";
  /** The provider's own name of the event, and what is wrong with it, in words. */
  readonly reason: string;
}

/**
 * A genuine event of a world other than the one that the key opens: of the other mode (live, test), or of a connected
 * account. It is about nothing here, whatever ids it names.
 */
export interface OutsideEvent extends EventBase {
  readonly type: "outside";
  /** The provider's own name of the event, and whose it is, in words. */
  readonly reason: string;
}

/** A provider's webhook made neutral: a past fact. */
export type BillingEvent =
  | SubscriptionEvent
  | CheckoutEvent
  | PaymentEvent
  | RenewalEvent
  | CustomerEvent
  | ProfileEvent
  | RefundEvent
  | DisputeEvent
  | FraudWarningEvent
  | UnreadableEvent
  | OutsideEvent;
/** What an event reports: `subscription.updated`, `payment.failed`. */
export type BillingEventType = BillingEvent["type"];

/** Every type that this release knows; the compiler asks for those that are added later. */
const eventTypes = {
  "subscription.created": true,
  "subscription.updated": true,
  "subscription.paused": true,
  "subscription.resumed": true,
  "subscription.ended": true,
  "trial.ending": true,
  "checkout.completed": true,
  "checkout.expired": true,
  "checkout.failed": true,
  "payment.succeeded": true,
  "payment.failed": true,
  "payment.action_required": true,
  "renewal.upcoming": true,
  "customer.updated": true,
  "customer.deleted": true,
  "refund.updated": true,
  "dispute.updated": true,
  "fraud_warning.created": true,
  unreadable: true,
  outside: true,
} as const satisfies Record<BillingEventType, true>;

/** Every type of event that this release can deal with: what a later release kept is left to it. */
export const billingEventTypes: readonly string[] = /* @__PURE__ */ Object.keys(eventTypes);
