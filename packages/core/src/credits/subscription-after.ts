import type { Change } from "../change/change.js";
import type { Period, Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { carryCounts } from "../usage/carry-counts.js";
import { periodAt, periodBefore } from "../usage/period-at.js";

/**
 * A subscription as it will be once a change has happened, as far as what plans grant follows from it: its plan, interval
 * and period.
 *
 * @param renewsAt when it renews after the change, by the provider; `null`: it doesn't say
 * @example
 * function planAfter(change: Change): string {
 *   return subscriptionAfter(change, null).planId; // "team"
 * }
 */
export function subscriptionAfter(change: Change, renewsAt: IsoTime | null): Subscription {
  const { subscription, itemId, to, effectiveAt, kind } = change;
  if (kind === "undo") return subscription;
  const { planId, group, interval, quantity } = to;
  const currentPeriod = periodAfter(change, renewsAt);
  const items = subscription.items.map((one) =>
    one.id === itemId ? { ...one, planId, group, interval, quantity, currentPeriod } : one,
  );
  const own = group === subscription.group ? { planId, interval, quantity, currentPeriod } : {};
  const after = { ...subscription, ...own, items, asOf: effectiveAt, pendingChange: null };
  return { ...after, countedFrom: carryCounts(subscription, after) };
}

/**
 * Another interval's period ends when the provider says, and began where it would have or with the one before, whatever is
 * later: some providers keep the day on which they bill, others begin anew. A trial goes on.
 */
function periodAfter(
  { subscription, itemId, to, at, effectiveAt }: Change,
  renewsAt: IsoTime | null,
): Period | null {
  const item = subscription.items.find(({ id }) => id === itemId);
  const period = item?.currentPeriod ?? subscription.currentPeriod;
  const isSame = (item?.interval ?? subscription.interval) === to.interval;
  if (at !== "period_end" && (isSame || subscription.status === "trialing")) return period;
  if (at === "period_end" || renewsAt === null) {
    return periodAt({ start: effectiveAt, end: effectiveAt }, to.interval, new Date(effectiveAt));
  }
  const { start } = periodBefore({ start: renewsAt, end: renewsAt }, to.interval);
  return { start: period !== null && period.start > start ? period.start : start, end: renewsAt };
}
