import type { MeteredFeature } from "../catalog/catalog.js";
import { type PlanLine, planLinesOf } from "../language/plan-lines.js";
import type { Period, Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { billingMonthOf, firstMonthFrom, hasBillingMonths } from "../usage/billing-month.js";
import { calendarPeriodOf } from "../usage/calendar-period.js";
import { countedFromOf } from "../usage/carry-counts.js";
import { periodAt } from "../usage/period-at.js";

/** The span over which a metered feature is counted. */
export interface UsagePeriod {
  /** The same for every count of the period: counts are kept under it. */
  readonly startsAt: IsoTime;
  /** When the count starts again; `null`: never. */
  readonly endsAt: IsoTime | null;
}

const always: UsagePeriod = { startsAt: "1970-01-01T00:00:00.000Z", endsAt: null };

/**
 * The current period of a feature whose count goes with the subscription: the subscription's own, as the provider reports
 * it, or a month of it; the calendar month in UTC where nothing was bought. If the event of a renewal is late, the next
 * period begins at the end of the last one, as it will at the provider: its count is kept under the same start. A period
 * that is not paid brings no new quota: until it is paid, the last paid one continues. Nor does a period that a change
 * began before the previous one had run out: it continues the previous count (`carryCounts`). Calendar months, weeks and
 * days are the same for everybody.
 *
 * @param grant The terms of the plan that grants the feature; `null`: the free plan does, or none.
 */
export function usagePeriodOf({ reset }: MeteredFeature, grant: UsageTerms | null, now: Date): UsagePeriod {
  if (reset === "never") return always;
  if (reset === "month" || reset === "week" || reset === "day")
    return startingFrom(calendarPeriodOf(reset, now));
  const period = grant?.currentPeriod ?? null;
  const byMonth = reset === "billing_month";
  if (grant === null || period === null || (byMonth && !hasBillingMonths(grant.interval))) {
    return startingFrom(calendarPeriodOf("month", now));
  }
  const running = periodAt(period, grant.interval, now);
  const paid = grant.arrears?.paidPeriod ?? null;
  const isPaid = paid === null || Date.parse(paid.end) >= Date.parse(period.end);
  if (byMonth) {
    const month = billingMonthOf(running, now);
    const startsAt = isPaid ? monthFrom(grant, running, month) : lastMonthFrom(grant, paid);
    return { startsAt, endsAt: month.end };
  }
  if (!isPaid) return { startsAt: countedFromOf(grant, paid.start), endsAt: period.end };
  return { startsAt: countedFromOf(grant, running.start), endsAt: running.end };
}

/** What the period of a count follows from. */
type UsageTerms = Pick<PlanLine, "currentPeriod" | "interval"> &
  Pick<Subscription, "arrears" | "countedFrom">;
type Carried = Pick<Subscription, "countedFrom">;

function monthFrom(carried: Carried, period: Period, month: Period): IsoTime {
  return month.start === period.start ? firstMonthFrom(carried, period.start) : month.start;
}

/** Of a period that is over. */
function lastMonthFrom(carried: Carried, period: Period): IsoTime {
  return monthFrom(carried, period, billingMonthOf(period, new Date(Date.parse(period.end) - 1)));
}

function startingFrom({ start, end }: Period): UsagePeriod {
  return { startsAt: start, endsAt: end };
}

/**
 * Under which starts counts may be kept that matter although the period which was known when they were counted is over:
 * what a change carried over, and the last paid period of whoever is behind.
 *
 * @example
 * function mayMatter(subscription: Subscription, startsAt: string): boolean {
 *   return keptStartsOf(subscription).includes(startsAt);
 * }
 */
export function keptStartsOf(subscription: Subscription): readonly IsoTime[] {
  const periods = planLinesOf(subscription).flatMap(({ currentPeriod }) => currentPeriod ?? []);
  const paid = subscription.arrears?.paidPeriod ?? null;
  const last = paid === null ? [] : [lastMonthFrom(subscription, paid)];
  const first = [...periods, ...(paid === null ? [] : [paid])].flatMap(({ start }) => [
    countedFromOf(subscription, start),
    firstMonthFrom(subscription, start),
  ]);
  return [...first, ...last];
}
