import {
  type Arrears,
  type Cancellation,
  cancelReasons,
  type Period,
  type ProviderSubscription,
  type SubscriptionItem,
  type SubscriptionPause,
  type SubscriptionStatus,
} from "@tollgate/core";
import type Stripe from "stripe";
import { toDiscounts } from "../language/discount-terms.js";
import { idOf } from "../language/id-of.js";
import {
  addOnOfPrice,
  metadataKeys,
  type PriceMarks,
  planOfPrice,
  readMetadata,
  usageOfPrice,
} from "../language/names.js";
import { inCurrency, pricedOf } from "../language/price-terms.js";
import { readRateMark } from "../language/rate-mark.js";
import { defaultView, type StripeView } from "../language/stripe-view.js";
import { toIsoTime, toIsoTimeOrNull } from "../language/to-iso-time.js";
import { findPendingChange } from "./find-pending-change.js";

/** Stripe's statuses (https://docs.stripe.com/api/subscriptions/object#subscription_object-status). */
const statuses: Readonly<Record<string, SubscriptionStatus>> = {
  incomplete: "incomplete",
  incomplete_expired: "ended",
  trialing: "trialing",
  active: "active",
  past_due: "past_due",
  unpaid: "unpaid",
  paused: "paused",
  canceled: "ended",
};

/**
 * A subscription in our words. `"foreign"` when none of its prices is this app's; `"unreadable"` when it has a status
 * that we don't know, or a schedule that is not expanded, so that what it will change to is not known; when it is past
 * due and nobody has checked what was paid, as in an event or a list; or when it pays a price in another currency than the
 * price's own, and what that is was not expanded.
 *
 * @param arrears what `readArrears` returned for this very state
 */
export function normalizeSubscription(
  subscription: Stripe.Subscription,
  view: StripeView = defaultView,
  arrears: Arrears | null = null,
): ProviderSubscription | "foreign" | "unreadable" {
  const found = findPlanItem(subscription.items.data, view);
  if (found === null) return "foreign";
  const status = Object.hasOwn(statuses, subscription.status) ? statuses[subscription.status] : undefined;
  const ended = status === "ended";
  if (status === undefined || (typeof subscription.schedule === "string" && !ended)) return "unreadable";
  if (status === "past_due" && arrears === null) return "unreadable";
  const { currency } = subscription;
  if (subscription.items.data.some(({ price }) => inCurrency(price, currency) === null)) return "unreadable";
  const { item, plan } = found;
  const quantity = item.quantity ?? 1;
  const currentPeriod = toPeriod(item);
  return {
    id: subscription.id,
    provider: view.provider,
    providerCustomerId: idOf(subscription.customer),
    planId: plan.planId,
    group: plan.group,
    interval: plan.interval,
    currency,
    status,
    quantity,
    items: subscription.items.data.map((one) => toItem(one, currency, view)),
    currentPeriod,
    arrears,
    startedAt: toIsoTime(subscription.start_date),
    cancelAt: ended ? null : toCancelAt(subscription, currentPeriod),
    cancellation: toCancellation(subscription),
    endedAt: toIsoTimeOrNull(subscription.ended_at),
    trialEndsAt: toIsoTimeOrNull(subscription.trial_end),
    pause: ended ? null : toPause(subscription),
    pendingChange: ended ? null : findPendingChange(subscription, { ...plan, quantity }, view),
    ...toDiscounts(subscription),
    // Our checkout writes it on the subscription; one made by hand doesn't have it.
    origin: readMetadata(subscription.metadata, metadataKeys.customer) === null ? "provider" : "checkout",
  };
}

function findPlanItem(items: readonly Stripe.SubscriptionItem[], marks: PriceMarks) {
  for (const item of items) {
    const plan = planOfPrice(item.price, marks);
    if (plan !== null) return { item, plan };
  }
  return null;
}

function toItem(item: Stripe.SubscriptionItem, currency: string, marks: PriceMarks): SubscriptionItem {
  const usage = usageOfPrice(item.price, marks.app);
  const { planId = null, group = null } = planOfPrice(item.price, marks) ?? {};
  const addOn = addOnOfPrice(item.price, marks);
  const { interval = null } = planOfPrice(item.price, marks) ?? addOn ?? {};
  return {
    id: item.id,
    priceId: item.price.id,
    planId,
    group,
    interval,
    ...(addOn !== null && { addOnId: addOn.addOnId }),
    // A metered price has no quantity.
    quantity: item.quantity ?? 1,
    ...toUnitPrice(inCurrency(item.price, currency) ?? item.price),
    ...(usage !== null && { usageOf: usage.feature }),
    currentPeriod: toPeriod(item),
  };
}

/** An event shows no tiers: those of our own prices are in their metadata. */
function toUnitPrice(price: Stripe.Price): Pick<SubscriptionItem, "unitAmount" | "rate"> {
  const { amount, rate } = pricedOf(price);
  const known = rate ?? readRateMark(readMetadata(price.metadata, metadataKeys.rate));
  return { unitAmount: amount, ...(amount === null && known !== null && { rate: known }) };
}

/** Periods are the items' own, and may differ between them. */
function toPeriod(item: Stripe.SubscriptionItem): Period {
  return { start: toIsoTime(item.current_period_start), end: toIsoTime(item.current_period_end) };
}

/** Stripe schedules an end in either of two ways, never both. */
function toCancelAt(subscription: Stripe.Subscription, period: Period): string | null {
  if (subscription.cancel_at !== null) return toIsoTime(subscription.cancel_at);
  return subscription.cancel_at_period_end ? period.end : null;
}

/** Our reasons are Stripe's `feedback`, and its `comment` is our feedback; what it may add later is another reason. */
function toCancellation({ cancellation_details: details }: Stripe.Subscription): Cancellation | null {
  const { feedback: chosen = null, comment = null } = details ?? {};
  if (chosen === null && comment === null) return null;
  const known = cancelReasons.find((one) => one === chosen);
  return { reason: chosen === null ? null : (known ?? "other"), feedback: comment };
}

/** Stripe's reasons (https://docs.stripe.com/api/subscriptions/object#subscription_object-status_details). */
const pauseReasons: Readonly<Record<string, NonNullable<SubscriptionPause["reason"]>>> = {
  trial_end_without_payment_method: "trial_ended",
  first_payment_failure: "failed",
  final_payment_failure: "failed",
  pause_requested: "asked",
};

function toPause(subscription: Stripe.Subscription): SubscriptionPause | null {
  const { status, pause_collection, status_details } = subscription;
  if (status === "paused") {
    const told = status_details?.paused?.subscription?.type ?? "";
    const reason = Object.hasOwn(pauseReasons, told) ? pauseReasons[told] : undefined;
    return { kind: "full", resumesAt: null, ...(reason !== undefined && { reason }) };
  }
  if (pause_collection === null) return null;
  return { kind: "collection", resumesAt: toIsoTimeOrNull(pause_collection.resumes_at) };
}
