import type { EndedByDeletion } from "./deletion.js";
import type { Dispute, FraudWarning } from "./dispute.js";
import type { ErrorCode } from "./error-status.js";
import type { Interval } from "./interval.js";
import type { Currency, Money } from "./money.js";
import type { Refund } from "./refund.js";
import type { Subscription } from "./subscription.js";
import type { IsoTime } from "./time.js";
import type { TopUpTrouble } from "./top-up.js";

/** What a callback about a subscription receives. */
export interface SubscriptionCallbackData {
  readonly customerId: string;
  readonly planId: string;
  readonly subscription: Subscription;
  /** The state before; `null` for the first one we saw. */
  readonly previous: Subscription | null;
}

/** What a callback about a payment receives. */
export interface PaymentCallbackData {
  readonly customerId: string;
  readonly subscriptionId: string | null;
  readonly invoiceId: string | null;
  /** In minor units. */
  readonly amount: number;
  readonly currency: Currency;
}

/** What `product.purchased`, `product.returned` and `product.restored` receive. */
export interface PurchaseCallbackData {
  readonly customerId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly checkoutId: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: Currency;
}

/** What `checkout.failed` receives. */
export interface CheckoutCallbackData {
  readonly customerId: string;
  readonly checkoutId: string;
  /** What was to be bought once; `null` when it was a plan. */
  readonly productId: string | null;
  readonly quantity: number;
  /** The subscription that was opened; `null` when it was not a plan. */
  readonly subscriptionId: string | null;
  /** What was to be paid, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
}

/** What to do about a second running subscription of the same plan group that one of our checkouts opened. */
export type DuplicateAction =
  /** End it at once, and pay back everything that was paid for it. */
  | "cancel_and_refund"
  /** End it at once. */
  | "cancel"
  /** Leave it. */
  | "keep";

/** What `subscription.duplicate` receives. */
export interface DuplicateCallbackData {
  readonly customerId: string;
  readonly planId: string;
  /** The second one. */
  readonly subscription: Subscription;
  /** The one that continues. */
  readonly kept: Subscription;
  /**
   * Everything that was paid back so far; `null` when nothing was, or nothing had been paid. Told again with the new
   * sum when a payment came in after the cancellation and was given back too.
   */
  readonly refund: Money | null;
  /** Present where the provider has yet to approve the refund, and might refuse it. */
  readonly refundPending?: true;
  /** What was done: of your policy, as much as the provider can do. */
  readonly action: DuplicateAction;
}

/** What the callbacks about a payment that could not be collected have in common. */
export interface DunningCallbackData {
  readonly customerId: string;
  readonly planId: string;
  readonly provider: string;
  readonly subscriptionId: string;
  readonly invoiceId: string;
  /** What was to be paid, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** How often the provider has tried by itself; `null` where it doesn't count. */
  readonly attempts: number | null;
  /** Since when it is known to have failed, by the provider's time. */
  readonly since: IsoTime;
  /** The day of the latest notice about it, counted from `since`; `null`: it was never announced. */
  readonly noticed: number | null;
}

/** What `dunning.notice` receives. */
export interface DunningNoticeData extends DunningCallbackData {
  /** Which notice it is, by its day: 0, 3, 5 or 7 by default. */
  readonly noticed: number;
  /** Whether it is the last one of the sequence. */
  readonly final: boolean;
  /** When the provider tries again by itself; `null`: it has given up, or doesn't say. */
  readonly nextAttemptAt: IsoTime | null;
  /** When the plan closes; `null` when it is closed already. */
  readonly graceEndsAt: IsoTime | null;
  /** Where the customer enters another card: an address of your app that stays valid. */
  readonly updateUrl: string;
}

/** What `payment.recovered` receives. */
export interface RecoveredCallbackData extends DunningCallbackData {
  readonly recoveredAt: IsoTime;
}

/** What `dunning.ended` receives. */
export interface DunningEndedData extends DunningCallbackData {
  readonly endedAt: IsoTime;
  /**
   * What became of the subscription: the provider gave up and left it `unpaid`, `paused` it or let it have `ended`; or
   * it was `cancelled`, by the customer or by you, before the provider gave up.
   */
  readonly outcome: "unpaid" | "paused" | "ended" | "cancelled";
}

/** What `payment_method.expiring` receives. */
export interface ExpiringCallbackData {
  readonly customerId: string;
  readonly planId: string;
  readonly provider: string;
  readonly subscriptionId: string;
  /** The provider's id: `pm_…`. */
  readonly paymentMethodId: string;
  /** `visa`, as the provider writes it. */
  readonly brand: string;
  readonly last4: string | null;
  /** From when on it can't be charged: the end of its month, in UTC. */
  readonly expiresAt: IsoTime;
  /** When it is charged next. */
  readonly renewsAt: IsoTime;
  /** Where the customer enters another card: an address of your app that stays valid. */
  readonly updateUrl: string;
}

/** What `customer.updated` receives. */
export interface ProfileCallbackData {
  readonly customerId: string;
  readonly provider: string;
  readonly providerCustomerId: string;
  /** What was changed, as it is at the provider now; `null`: it was taken away, and absent: it was not changed. */
  readonly changed: { readonly email?: string | null; readonly name?: string | null };
}

/** What the callbacks about a refund receive. */
export interface RefundCallbackData extends Omit<Refund, "id" | "key" | "status"> {
  readonly customerId: string;
  /** The provider's id: `re_…`. */
  readonly refundId: string;
  /** What it was paid for; `null`: no subscription. */
  readonly subscriptionId: string | null;
  /** Of the whole payment, in minor units: what came in as money, what went back so far, and what is on its way back. */
  readonly payment: { readonly paid: number; readonly refunded: number; readonly pending: number };
}

/** What `customer.deleted` receives. */
export interface DeletedCallbackData {
  /** Your own id of the customer; for what came after the deletion, its reference. */
  readonly customerId: string;
  /** Whether your app asked for it, or somebody deleted them at the provider. */
  readonly by: "app" | "provider";
  /** What was ended for it. */
  readonly ended: readonly EndedByDeletion[];
  /** What they are called in what is kept; `null` where they were deleted at the provider alone. */
  readonly reference: string | null;
}

/** What the callbacks about a dispute receive. */
export interface DisputeCallbackData extends Omit<Dispute, "id"> {
  readonly customerId: string;
  /** The provider's id: `du_…`. */
  readonly disputeId: string;
  /** What was paid for; `null`: no subscription. */
  readonly subscriptionId: string | null;
}

/** What `fraud_warning.received` receives. */
export interface FraudWarningCallbackData extends Omit<FraudWarning, "id"> {
  readonly customerId: string;
  /** The provider's id: `issfr_…`. */
  readonly warningId: string;
  readonly invoiceId: string | null;
  readonly subscriptionId: string | null;
  /** What was paid, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** Whether it is disputed already. */
  readonly disputed: boolean;
}

/** What the callbacks about a new price receive; amounts in minor units, before discounts and taxes. */
export interface PriceChangeCallbackData {
  readonly customerId: string;
  readonly provider: string;
  readonly subscriptionId: string;
  /** The id that the migration was started under. */
  readonly migrationId: string;
  /** Whose price they had. */
  readonly previousPlanId: string;
  /** Whose price they have from then on: mostly the same plan's. */
  readonly planId: string;
  readonly interval: Interval;
  /** Seats. */
  readonly quantity: number;
  readonly currency: Currency;
  /** What the plan costs per interval, for all seats, until then. */
  readonly oldAmount: number;
  /** The same from then on: both as they were when the migration was started, whatever the catalog says by now. */
  readonly newAmount: number;
  /** The first renewal at the new price. */
  readonly effectiveAt: IsoTime;
  /** The page of your app where they see their plan and may leave it. */
  readonly manageUrl: string;
}

/** What `credits.low` receives. */
export interface CreditsLowData {
  readonly customerId: string;
  /** One of the catalog's credits. */
  readonly credit: string;
  /** How many can still be used. */
  readonly available: number;
  /** The catalog's `lowAt`. */
  readonly lowAt: number;
}

/** What `usage.threshold_reached` receives. */
export interface UsageThresholdData {
  readonly customerId: string;
  /** One of the catalog's metered features. */
  readonly feature: string;
  /** Its name in the catalog. */
  readonly name: string;
  /** The plan by which it is open; `null`: none. */
  readonly planId: string | null;
  /** Which of the feature's `alertAt` was reached. */
  readonly percent: number;
  /** Of what: of what is included in the period, or of what a cap leaves beyond it. */
  readonly of: "limit" | "cap";
  /** How many were used when it was reached, as access shows it too. */
  readonly used: number;
  /** How many are included in the period; of a cap: how many can be used at most, included ones too. */
  readonly limit: number;
  /** What becomes of use beyond what is included; `null`: it ends there. */
  readonly overage: "billed" | "allowed" | null;
  /** Of a cap: whose it is, and who can raise it. `null`: of what is included. */
  readonly cap: {
    readonly setBy: "plan" | "app" | "customer";
    readonly raisedBy: "manager" | "app";
    readonly money: Money | null;
  } | null;
  /** When the count began, and when it starts again; `null`: never. */
  readonly period: { readonly startsAt: IsoTime; readonly endsAt: IsoTime | null };
}

/** What `credits.topped_up` receives. */
export interface ToppedUpData {
  readonly customerId: string;
  /** One of the catalog's credits. */
  readonly credit: string;
  readonly productId: string;
  /** How many were granted. */
  readonly credits: number;
  /** What was charged, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly invoiceId: string;
}

/** What `credits.top_up_failed` receives. */
export interface TopUpFailedData {
  readonly customerId: string;
  /** One of the catalog's credits. */
  readonly credit: string;
  readonly productId: string;
  /** What was to be charged, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly reason: TopUpTrouble;
  /** The issuer's reason, where the payment was declined and it gave one. */
  readonly detail: string | null;
  /** `null`: there is none. It is void, except for `action_required`: paying it confirms the payment. */
  readonly invoiceId: string | null;
  /** Whether it is still switched on: only for `action_required` and `cap_reached`. */
  readonly active: boolean;
}

/** What `seats.changed` receives. */
export interface SeatsCallbackData {
  readonly customerId: string;
  readonly planId: string;
  readonly group: string;
  readonly provider: string;
  readonly subscriptionId: string;
  /** How many members the app says there are. */
  readonly used: number;
  /** How many are billed now. */
  readonly quantity: number;
  /** How many were billed when it was told before. */
  readonly previousQuantity: number;
  /** How many are billed from the next period on; `null`: as many. */
  readonly next: { readonly quantity: number; readonly at: IsoTime } | null;
}

/** What `seats.unpaid` receives. */
export interface UnpaidSeatsData extends Omit<SeatsCallbackData, "previousQuantity"> {
  /** What stands in the way: `payment_failed`, `cancel_scheduled`, `limit_reached` where no more are sold, … */
  readonly reason: ErrorCode;
}

/** Every callback that an app can give to `createBilling({ on })`, with what it receives. */
export interface CallbackData {
  /** It took effect, with a trial or paid. A trial that turns into a paid period is not told again. */
  "subscription.activated": SubscriptionCallbackData;
  /** Another plan, interval or quantity, on any of its lines; a plan that was added to it or removed from it. */
  "subscription.changed": SubscriptionCallbackData;
  /** It will end at `subscription.cancelAt`; `subscription.cancellation` has what the customer said. */
  "subscription.cancel_scheduled": SubscriptionCallbackData;
  "subscription.cancel_undone": SubscriptionCallbackData;
  "subscription.past_due": SubscriptionCallbackData;
  /** Paid again after `past_due` or `unpaid`. */
  "subscription.recovered": SubscriptionCallbackData;
  /** In full, or only its collection: `subscription.pause.kind` says which. */
  "subscription.paused": SubscriptionCallbackData;
  /** A pause of either kind is over. */
  "subscription.resumed": SubscriptionCallbackData;
  "subscription.ended": SubscriptionCallbackData;
  /**
   * A customer had paid for two subscriptions of one plan group, say in two tabs, and the second was dealt with. Where
   * it was cancelled, `subscription.ended` reports its end too, while `kept` continues.
   */
  "subscription.duplicate": DuplicateCallbackData;
  /** The trial ends in about three days; told again when it was put off and its new end comes near. */
  "trial.ending": SubscriptionCallbackData;
  "payment.succeeded": PaymentCallbackData;
  /** Once for each attempt of the provider; what the customer tries by hand in between is not told. */
  "payment.failed": PaymentCallbackData;
  "payment.action_required": PaymentCallbackData;
  /**
   * A failed payment is to be brought to the customer's mind: once for each day of the sequence, and no more once it is
   * paid. Of several that came due while nothing ran, only the latest is told.
   */
  "dunning.notice": DunningNoticeData;
  /** What had failed is settled, and the subscription is in good standing again. */
  "payment.recovered": RecoveredCallbackData;
  /** What had failed was never paid: the provider has given up, or the subscription was cancelled before. */
  "dunning.ended": DunningEndedData;
  /** The card that pays runs out before the coming renewal or within a month after it; once for each card and month. */
  "payment_method.expiring": ExpiringCallbackData;
  /** A payment is being given back, in whole or in part, by you or in the provider's dashboard; it has not arrived yet. */
  "refund.pending": RefundCallbackData;
  /** The money went back. Of a refund that goes through at once this is the only one that is told. */
  "refund.succeeded": RefundCallbackData;
  /** It never arrived, for the reason in `failure`, maybe days after it had gone through: it can be refunded again. */
  "refund.failed": RefundCallbackData;
  /**
   * A payment is contested, and wants an answer until `respondBy`: once for an inquiry of the bank's, and once for a
   * chargeback, also where an inquiry became one.
   */
  "dispute.opened": DisputeCallbackData;
  /** It is over, by its `status`: `won`, `lost`, `prevented` by giving the money back, or an inquiry that was `closed`. */
  "dispute.closed": DisputeCallbackData;
  /** A card's network warns that a payment may be contested as fraud. Where it is paid back, `refund.succeeded` tells it. */
  "fraud_warning.received": FraudWarningCallbackData;
  /**
   * A customer's price is going to change: once for each date, the days before it that `billing.priceMigrations.start` was
   * given. Told again only where their date was put off, as by a pause.
   */
  "price_change.announced": PriceChangeCallbackData;
  /** Their renewal has happened, and is the first at the new price. */
  "price_change.applied": PriceChangeCallbackData;
  /** A customer's credits have fallen to the catalog's `lowAt`; again only once there were more in between. */
  "credits.low": CreditsLowData;
  /**
   * What a customer used has reached a part of what is included, or of their cap: once for each period and part, however
   * many come at once; of several that are passed in one step only the highest. A limit that was raised is told anew.
   */
  "usage.threshold_reached": UsageThresholdData;
  /** Credits were bought by themselves, as the customer had chosen, because few were left. */
  "credits.topped_up": ToppedUpData;
  /**
   * They were not, and why: once for each attempt, of which there is one in an hour at most. After a payment that failed it
   * is switched off, until somebody chooses it again.
   */
  "credits.top_up_failed": TopUpFailedData;
  /** Another number of seats is billed, now or from the next period on: members came or left, or somebody chose it. */
  "seats.changed": SeatsCallbackData;
  /**
   * Members are there for whom no seat could be paid: once for each reason, until the seats are paid or they leave. It is
   * tried again by itself.
   */
  "seats.unpaid": UnpaidSeatsData;
  "product.purchased": PurchaseCallbackData;
  /** All that was paid for a product went back, by a refund or a lost dispute: by your policy it is no longer owned. */
  "product.returned": PurchaseCallbackData;
  /** What took it back did not last, such as a refund that failed days later: it is owned again. */
  "product.restored": PurchaseCallbackData;
  /**
   * A checkout was completed, but its money did not arrive: a bank debit that was refused days later. For a product,
   * `product.purchased` was never told; for a plan, `payment.failed` and `subscription.past_due` tell the rest.
   */
  "checkout.failed": CheckoutCallbackData;
  /**
   * The email or name that bills go to was changed on the provider's pages or in its dashboard. What your app gave the
   * provider is not told.
   */
  "customer.updated": ProfileCallbackData;
  /**
   * A customer was deleted: by your app, once everything of it is done, and again should something have been paid for
   * meanwhile and been ended, too; or by somebody at the provider, where what they had has ended.
   */
  "customer.deleted": DeletedCallbackData;
}

/** The name of a callback, a key of `createBilling({ on })`. */
export type CallbackType = keyof CallbackData;

const typesKnown = {
  "subscription.activated": true,
  "subscription.changed": true,
  "subscription.cancel_scheduled": true,
  "subscription.cancel_undone": true,
  "subscription.past_due": true,
  "subscription.recovered": true,
  "subscription.paused": true,
  "subscription.resumed": true,
  "subscription.ended": true,
  "subscription.duplicate": true,
  "trial.ending": true,
  "payment.succeeded": true,
  "payment.failed": true,
  "payment.action_required": true,
  "dunning.notice": true,
  "payment.recovered": true,
  "dunning.ended": true,
  "payment_method.expiring": true,
  "refund.pending": true,
  "refund.succeeded": true,
  "refund.failed": true,
  "dispute.opened": true,
  "dispute.closed": true,
  "fraud_warning.received": true,
  "price_change.announced": true,
  "price_change.applied": true,
  "credits.low": true,
  "usage.threshold_reached": true,
  "credits.topped_up": true,
  "credits.top_up_failed": true,
  "product.purchased": true,
  "seats.changed": true,
  "seats.unpaid": true,
  "product.returned": true,
  "product.restored": true,
  "checkout.failed": true,
  "customer.updated": true,
  "customer.deleted": true,
} as const satisfies Record<CallbackType, true>;

/** Every type of callback that this release knows; the compiler asks for those that are added later. */
export const callbackTypes: readonly string[] = /* @__PURE__ */ Object.keys(typesKnown);

/**
 * A callback that waits in the outbox. `id` is the same at each attempt: deduplicate by it. It is made from what it is
 * about (`in_1:payment.succeeded`, `cs_1:product.purchased`), so that two events of one fact are one callback.
 */
export type Callback = {
  readonly [T in CallbackType]: { readonly id: string; readonly type: T; readonly data: CallbackData[T] };
}[CallbackType];

/**
 * The app's own functions. Each runs at least once per fact, in the background, retried when it throws.
 *
 * @example
 * const on: CallbackHandlers = {
 *   "subscription.activated": async ({ customerId, planId }) => console.warn(customerId, planId),
 * };
 */
export type CallbackHandlers = {
  readonly [T in CallbackType]?: (
    data: CallbackData[T],
    callback: { readonly id: string },
  ) => void | Promise<void>;
};
