import type { Interval } from "../language/interval.js";
import type { Period } from "../language/subscription.js";

const monthsOf = { month: 1, year: 12 } as const;

/**
 * The period that runs at a given time, if nothing but renewals happens: if the event of one is late, the next period
 * begins at the end of the last, as it will at the provider.
 */
export function periodAt(period: Period, interval: Interval, at: Date): Period {
  const end = new Date(period.end);
  if (!(at >= end)) return period;
  let start = end;
  for (let passed = 1; ; passed += 1) {
    const next = addMonths(end, passed * monthsOf[interval]);
    if (at < next) return { start: start.toISOString(), end: next.toISOString() };
    start = next;
  }
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
