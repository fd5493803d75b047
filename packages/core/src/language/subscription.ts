import type { Cancellation } from "./cancellation.js";
import type { Interval } from "./interval.js";
import type { Currency } from "./money.js";
import type { PriceRate } from "./price-rate.js";
import type { DiscountTerms, Retention } from "./retention.js";
import type { IsoTime } from "./time.js";

/**
 * Where a subscription stands, in the same words for every provider. A scheduled cancellation, a pause of collection
 * and a pending change are kept beside the status, never in it.
 */
export type SubscriptionStatus =
  | "incomplete"
  | "trialing"
  | "active"
  | "past_due"
  | "unpaid"
  | "paused"
  | "ended";

/** `full`: no service, no invoices. `collection`: service continues, invoices are not collected. */
export interface SubscriptionPause {
  readonly kind: "full" | "collection";
  /** `null`: until somebody resumes it. */
  readonly resumesAt: IsoTime | null;
  /**
   * Why it is paused in full: `trial_ended` without a payment method, a payment that `failed`, or somebody who `asked`.
   * Absent where the provider doesn't say, and in a record from before it was stored.
   */
  readonly reason?: "trial_ended" | "failed" | "asked";
}

/** When a subscription that is cancelled ends. */
export type CancelTime = "now" | "period_end";

/** A change that is agreed and will happen at `at`. */
export interface PendingChange {
  readonly planId: string;
  readonly interval: Interval;
  readonly quantity: number;
  /** How many of which add-on it will have; absent: none, and none are held now either. */
  readonly addOns?: AddOnQuantities;
  readonly at: IsoTime;
}

/** How many of each add-on, by its id; none of what is left out. */
export type AddOnQuantities = Readonly<Record<string, number>>;

/** A span of service: from `start` up to, but not including, `end`. */
export interface Period {
  readonly start: IsoTime;
  readonly end: IsoTime;
}

/** The invoice that could not be collected; of several, the latest one that was tried. */
export interface FailedPayment {
  /** The provider's id: `in_…`. */
  readonly invoiceId: string;
  /** What is left to pay of it, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** How often the provider has tried by itself; `null` where it doesn't count. */
  readonly attempts: number | null;
  /** When the provider tries again by itself; `null`: it has given up, or doesn't say. */
  readonly nextAttemptAt: IsoTime | null;
}

/** What was paid for a subscription before the payment that failed, and what failed. */
export interface Arrears {
  /** The latest span of service that is paid for; `null` when nothing was ever paid: a trial costs nothing. */
  readonly paidPeriod: Period | null;
  /** `null`: nothing was tried in vain. Absent where the provider doesn't say, and in a record from before it was stored. */
  readonly failed?: FailedPayment | null;
}

/** A failed payment that the customer is told of until it is settled, and how far the telling has come. */
export interface Dunning extends FailedPayment {
  /** Since when we know that it failed, by the provider's time: the days of the notices count from here. */
  readonly since: IsoTime;
  /** When the latest attempt was made, or we heard of it, by the provider's time. */
  readonly attemptedAt: IsoTime;
  /** The day of the latest notice that was told, 0 for the first; `null`: none was. */
  readonly noticed: number | null;
}

/** One line of a subscription, as the provider bills it. */
export interface SubscriptionItem {
  /** The provider's id of the item. */
  readonly id: string;
  /** The provider's id of the price; it may be an old one that is no longer sold. */
  readonly priceId: string;
  /** The catalog's plan that the price belongs to; `null` for a line that is not a plan. */
  readonly planId: string | null;
  /** The plan's group; `null` for a line that is not a plan. */
  readonly group: string | null;
  /** How often the plan or add-on is billed; `null` for a line that is neither. */
  readonly interval: Interval | null;
  /** The catalog's add-on that the price belongs to; absent for a line that is none. */
  readonly addOnId?: string;
  readonly quantity: number;
  /** Per unit and interval, in minor units; `null` where the provider has no fixed unit amount. */
  readonly unitAmount: number | null;
  /** What several units cost where there is no amount for each; absent: there is, or nobody knows. */
  readonly rate?: PriceRate;
  /** The metered feature whose use it bills, when the interval is over; absent: it bills its quantity. */
  readonly usageOf?: string;
  readonly currentPeriod: Period | null;
}

/** A coupon that is at work on a subscription. */
export interface SubscriptionDiscount extends DiscountTerms {
  /** The provider's id: `di_…`. */
  readonly id: string;
}

/**
 * A subscription as a provider reports it, made neutral; it does not know the app's own customer id. Every field is
 * always there: a field that a state lacks is kept in the record from the state before it, as with what a later release
 * wrote.
 */
export interface ProviderSubscription {
  /** The provider's id: `sub_…`. */
  readonly id: string;
  /** Which provider it lives at: `stripe`. */
  readonly provider: string;
  /** The provider's id of the customer: `cus_…`. */
  readonly providerCustomerId: string;
  /**
   * From its first line that is a plan, as are `group`, `interval`, `quantity` and `currentPeriod`. A price that was
   * added at the provider may bring a second plan: `planLinesOf` lists them all.
   */
  readonly planId: string;
  readonly group: string;
  readonly interval: Interval;
  readonly currency: Currency;
  readonly status: SubscriptionStatus;
  readonly quantity: number;
  readonly items: readonly SubscriptionItem[];
  /** The plan's current service period. */
  readonly currentPeriod: Period | null;
  /** Known while it is `past_due`; `null` otherwise, and in a record from before it was stored. */
  readonly arrears: Arrears | null;
  readonly startedAt: IsoTime;
  /** When it will end, if a cancellation is scheduled. */
  readonly cancelAt: IsoTime | null;
  /**
   * What the customer said when they cancelled, here or on the provider's pages; `null` when they said nothing, or are
   * not leaving. Absent where the provider keeps no such thing: what is stored stays then.
   */
  readonly cancellation?: Cancellation | null;
  readonly endedAt: IsoTime | null;
  /** When the trial ends or ended; `null` if there never was one. */
  readonly trialEndsAt: IsoTime | null;
  readonly pause: SubscriptionPause | null;
  readonly pendingChange: PendingChange | null;
  /** What is taken off all of it, for now or for good. Absent: nothing is, or the provider doesn't say. */
  readonly discounts?: readonly SubscriptionDiscount[];
  /** The ids of these alone, where an event says no more of them. It is never stored. */
  readonly discountIds?: readonly string[];
  /** `checkout`: one of our checkouts opened it. `provider`: somebody made it there, in the dashboard or by API. */
  readonly origin: "checkout" | "provider";
}

/** A subscription of one of the app's customers: what the store keeps and every decision reads. */
export interface Subscription extends ProviderSubscription {
  /** The app's own id of the customer who pays. */
  readonly customerId: string;
  /**
   * Since when we know it as `past_due`, by the provider's time; `null` unless it is. Grace counts from here:
   * when events arrive out of order it may be a little late, never early, so nobody loses a day of it.
   */
  readonly pastDueSince: IsoTime | null;
  /**
   * What the customer owes and was told about it; `null` unless a payment failed, and where the provider doesn't say
   * which. Kept while it is `unpaid`.
   */
  readonly dunning: Dunning | null;
  /** Which card the customer was last told of that it runs out, and when it does; absent: of none. */
  readonly expiringTold?: string;
  /**
   * From when on usage counts in a period that a change began before the previous one had run out, by the period's
   * start: the previous count continues. A period that is not named counts from its own start.
   */
  readonly countedFrom: Readonly<Record<IsoTime, IsoTime>>;
  /** In a trial that was given to somebody who had paid before: no free trial of a new customer. */
  readonly givenTrial?: true;
  /** What the customer was offered to stay, and what they said. Absent: nothing was. */
  readonly retention?: Retention;
  /** The provider's own time of this state, to the second: an event from before it is stale. */
  readonly asOf: IsoTime;
}

/**
 * What most subscriptions have nothing of: no trial, pause, cancellation, change ahead or missed payment. Whatever builds
 * one for a test begins with it.
 *
 * @example
 * const { pause } = plainSubscription; // null
 */
export const plainSubscription = {
  arrears: null,
  cancelAt: null,
  endedAt: null,
  trialEndsAt: null,
  pause: null,
  pendingChange: null,
  pastDueSince: null,
  dunning: null,
  countedFrom: {},
} as const satisfies Partial<Subscription>;

/** A subscription as it is stored. */
export interface StoredSubscription {
  readonly subscription: Subscription;
  /**
   * Differs after every save, even one that saved the same again: compare it to see whether another save came in
   * between.
   */
  readonly revision: string;
  /**
   * The record as an earlier release wrote it: a field that was added since is not in it, and what `subscription` has
   * for it is our guess. Absent when this release or a later one wrote it.
   */
  readonly written?: object;
}
