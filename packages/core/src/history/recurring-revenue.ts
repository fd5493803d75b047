import { intervalParts } from "../language/interval.js";
import { costOf } from "../language/price-rate.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { addDays } from "../language/time.js";

/**
 * Into how many parts a minor unit is divided where revenue is kept, so that rounding is the last step: a twelfth of a
 * yearly price, a third of a quarterly one and 52 twelfths of a weekly one are whole numbers of them.
 */
export const revenueParts = 15_120;

/**
 * What a subscription brings in each month, in parts of a minor unit: its plans with all their seats and tiers and its
 * add-ons, less what a coupon takes off for good. A trial and a pause bring in nothing; a free month that a paying
 * customer was given to stay is neither. What is overdue counts until it is given up. What is charged for use is not
 * known in advance, and doesn't count.
 *
 * What a stored record comes to must not change with a release: the changes that are stored add up to it.
 *
 * @example
 * function perMonth(subscription: Subscription): number {
 *   return Math.round(recurringRevenue(subscription) / revenueParts); // in minor units
 * }
 */
export function recurringRevenue(subscription: Subscription): number {
  if (!bringsIn(subscription)) return 0;
  const lines = subscription.items.map((item) => partsOf(item, subscription));
  return lessDiscounts(
    subscription,
    lines.reduce((sum, one) => sum + one, 0),
  );
}

function partsOf(item: SubscriptionItem, { interval: own }: Subscription): number {
  const { unitAmount: amount, rate, quantity, usageOf } = item;
  if (usageOf !== undefined) return 0;
  // A line that is no plan and no add-on, made at the provider, is billed with the rest.
  return toParts(costOf({ amount, rate }, quantity) ?? 0, item.interval ?? own);
}

/** The multiplication first: what is divided is a whole number. */
function toParts(amount: number, interval: Subscription["interval"]): number {
  const { unit, count } = intervalParts(interval);
  const inTwelve = { day: 365, week: 52, month: 12, year: 1 };
  return Math.round((amount * revenueParts * inTwelve[unit]) / (12 * count));
}

function bringsIn(subscription: Subscription): boolean {
  const { status, pause, givenTrial } = subscription;
  if (status === "trialing") return givenTrial === true;
  if (status !== "active" && status !== "past_due") return false;
  return pause === null || isGift(subscription);
}

/** Days without a charge that somebody was offered who wanted to leave. */
function isGift({ pause, retention }: Subscription): boolean {
  if (retention === undefined || retention.answer === "declined" || retention.offer.kind !== "pause")
    return false;
  return pause?.resumesAt?.slice(0, 10) === addDays(retention.offeredAt, retention.offer.days).slice(0, 10);
}

/** One for a while passes by itself, and says nothing about what comes in month after month. */
function lessDiscounts({ discounts = [], interval }: Subscription, total: number): number {
  let left = total;
  for (const { duration, percentOff, amountOff } of discounts) {
    if (duration !== "forever") continue;
    if (percentOff !== null) left = Math.round((left * (100 - percentOff)) / 100);
    if (amountOff !== null) left = Math.max(0, left - toParts(amountOff.amount, interval));
  }
  return left;
}
