import { type Interval, intervalParts } from "../language/interval.js";
import type { Period } from "../language/subscription.js";
import { addMonths, anchorDayOf } from "./add-months.js";

const dayMs = 86_400_000;

/**
 * The period that runs at a given time, if nothing but renewals happens: if the event of one is late, the next period
 * begins at the end of the last, as it will at the provider.
 */
export function periodAt(period: Period, interval: Interval, at: Date): Period {
  const end = new Date(period.end);
  if (!(at >= end)) return period;
  // No period is longer than this, so none that runs now is passed over.
  const longestMs = later(new Date(0), interval, 1).getTime() + 3 * dayMs;
  let passed = Math.floor((at.getTime() - end.getTime()) / longestMs);
  let start = later(end, interval, passed);
  for (;;) {
    passed += 1;
    const next = later(end, interval, passed);
    if (at < next) return { start: start.toISOString(), end: next.toISOString() };
    start = next;
  }
}

/** The period before, if nothing but renewals happened: of months from a day that is missing in this one's, too. */
export function periodBefore({ start, end }: Period, interval: Interval): Period {
  const { unit, count } = intervalParts(interval);
  const months = { month: count, year: 12 * count, week: 0, day: 0 }[unit];
  const [from, to] = [new Date(start), new Date(end)];
  const before = months > 0 ? addMonths(from, -months, anchorDayOf(from, to)) : later(from, interval, -1);
  return { start: before.toISOString(), end: start };
}

/** So many intervals after a time. */
function later(time: Date, interval: Interval, times: number): Date {
  const { unit, count } = intervalParts(interval);
  const units = times * count;
  if (unit === "month") return addMonths(time, units);
  if (unit === "year") return addMonths(time, units * 12);
  return new Date(time.getTime() + units * (unit === "week" ? 7 : 1) * dayMs);
}
