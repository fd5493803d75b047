import type { MeteredFeature } from "../catalog/catalog.js";
import type { PlanLine } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
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
 * The current period: the subscription's own, as the provider reports it, or the calendar month in UTC where nothing
 * was bought. If the event of a renewal is late, the next period begins at the end of the last one, as it will at the
 * provider: its count is kept under the same start. A period that is not paid brings no new quota: until it is paid,
 * the last paid one continues. Nor does a period that a change began before the previous one had run out: it continues
 * the previous count (`carryCounts`).
 *
 * @param grant The terms of the plan that grants the feature; `null`: the free plan does, or none.
 */
export function usagePeriodOf(
  feature: MeteredFeature,
  grant:
    | (Pick<PlanLine, "currentPeriod" | "interval"> & Pick<Subscription, "arrears" | "countedFrom">)
    | null,
  now: Date,
): UsagePeriod {
  if (feature.reset === "never") return always;
  const period = grant?.currentPeriod ?? null;
  if (grant === null || period === null) return calendarMonthOf(now);
  const paid = grant.arrears?.paidPeriod ?? null;
  if (paid !== null && Date.parse(paid.end) < Date.parse(period.end)) {
    return { startsAt: countedFromOf(grant, paid.start), endsAt: period.end };
  }
  const { start, end } = periodAt(period, grant.interval, now);
  return { startsAt: countedFromOf(grant, start), endsAt: end };
}

function calendarMonthOf(now: Date): UsagePeriod {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return {
    startsAt: new Date(Date.UTC(year, month)).toISOString(),
    endsAt: new Date(Date.UTC(year, month + 1)).toISOString(),
  };
}
