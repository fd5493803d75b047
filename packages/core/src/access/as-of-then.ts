import type { Subscription } from "../language/subscription.js";
import { periodBefore } from "../usage/period-at.js";

/**
 * The subscriptions as they are known to have been a little earlier, at most a period ago: one that has ended since ran,
 * one that had not begun was not there, and what was not paid since was not yet due. Which plan it was is taken to be the
 * same.
 */
export function asOfThen(subscriptions: readonly Subscription[], at: Date): readonly Subscription[] {
  return subscriptions
    .filter(({ startedAt }) => Date.parse(startedAt) <= at.getTime())
    .map((subscription) => inPeriodThen(inStatusThen(subscription, at), at));
}

function inStatusThen(subscription: Subscription, at: Date): Subscription {
  const { status, endedAt, pastDueSince, trialEndsAt } = subscription;
  const isLater = (time: string | null) => time !== null && Date.parse(time) > at.getTime();
  const running = { ...subscription, cancelAt: null, arrears: null, pastDueSince: null };
  if (status === "ended")
    return isLater(endedAt) ? { ...running, status: "active", endedAt: null } : subscription;
  if (status === "active" && isLater(trialEndsAt)) return { ...subscription, status: "trialing" };
  if (status === "past_due" || status === "unpaid")
    return isLater(pastDueSince) ? { ...running, status: "active" } : subscription;
  return subscription;
}

function inPeriodThen(subscription: Subscription, at: Date): Subscription {
  const before = <T extends Pick<Subscription, "currentPeriod">>(
    one: T,
    interval: Subscription["interval"] | null,
  ): T => {
    const period = one.currentPeriod;
    if (period === null || interval === null || Date.parse(period.start) <= at.getTime()) return one;
    return { ...one, currentPeriod: periodBefore(period, interval) };
  };
  const items = subscription.items.map((item) => before(item, item.interval));
  return { ...before(subscription, subscription.interval), items };
}
