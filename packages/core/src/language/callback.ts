import type { Currency, Money } from "./money.js";
import type { Subscription } from "./subscription.js";

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

/** What `product.purchased` receives. */
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

/** Every callback that an app can give to `createBilling({ on })`, with what it receives. */
export interface CallbackData {
  /** It took effect, with a trial or paid. A trial that turns into a paid period is not told again. */
  "subscription.activated": SubscriptionCallbackData;
  /** Another plan, interval or quantity, on any of its lines; a plan that was added to it or removed from it. */
  "subscription.changed": SubscriptionCallbackData;
  "subscription.cancel_scheduled": SubscriptionCallbackData;
  "subscription.cancel_undone": SubscriptionCallbackData;
  "subscription.past_due": SubscriptionCallbackData;
  /** Paid again after `past_due` or `unpaid`. */
  "subscription.recovered": SubscriptionCallbackData;
  "subscription.paused": SubscriptionCallbackData;
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
  "product.purchased": PurchaseCallbackData;
  /**
   * A checkout was completed, but its money did not arrive: a bank debit that was refused days later. For a product,
   * `product.purchased` was never told; for a plan, `payment.failed` and `subscription.past_due` tell the rest.
   */
  "checkout.failed": CheckoutCallbackData;
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
  "product.purchased": true,
  "checkout.failed": true,
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
