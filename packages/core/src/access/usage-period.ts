import type { MeteredFeature } from "../catalog/catalog.js";
import type { PlanLine } from "../plan-lines.js";
import type { Subscription } from "../subscription.js";
import type { IsoTime } from "../time.js";

/** The span over which a metered feature is counted. */
export interface UsagePeriod {
  /** The same for every count of the period: counts are kept under it. */
  readonly startsAt: IsoTime;
  /** When the count starts again; `null`: never. */
  readonly endsAt: IsoTime | null;
}

const always: UsagePeriod = { startsAt: "1970-01-01T00:00:00.000Z", endsAt: null };
const monthsOf = { month: 1, year: 12 } as const;

/**
 * The period that is running: the subscription's own, as the provider tells it, or the calendar month in UTC
 * where nothing was bought. Where the news of a renewal is late, the next period begins with the end of the
 * last, as it will at the provider: its count is kept under the same start. A period that is not paid brings
 * nothing new: until it is, the last one that is paid goes on.
 *
 * @param grant The terms of the plan that grants the feature; `null`: the free plan does, or none.
 */
export function usagePeriodOf(
  feature: MeteredFeature,
  grant: (Pick<PlanLine, "currentPeriod" | "interval"> & Pick<Subscription, "arrears">) | null,
  now: Date,
): UsagePeriod {
  if (feature.reset === "never") return always;
  const period = grant?.currentPeriod ?? null;
  if (grant === null || period === null) return calendarMonthOf(now);
  const paid = grant.arrears?.paidPeriod ?? null;
  if (paid !== null && Date.parse(paid.end) < Date.parse(period.end)) {
    return { startsAt: paid.start, endsAt: period.end };
  }
  const end = new Date(period.end);
  if (!(now >= end)) return { startsAt: period.start, endsAt: period.end };
  let startsAt = end;
  for (let passed = 1; ; passed += 1) {
    const endsAt = addMonths(end, passed * monthsOf[grant.interval]);
    if (now < endsAt) return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
    startsAt = endsAt;
  }
}

function calendarMonthOf(now: Date): UsagePeriod {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return {
    startsAt: new Date(Date.UTC(year, month)).toISOString(),
    endsAt: new Date(Date.UTC(year, month + 1)).toISOString(),
  };
}

/** The same day and time of a later month, or its last day where it is too short. */
function addMonths(time: Date, months: number): Date {
  const later = new Date(time);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(time.getUTCDate(), lastDay));
  return later;
}
