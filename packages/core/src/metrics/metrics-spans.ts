import type { IsoTime } from "../language/time.js";

/** How long each span of a report is. */
export type MetricsStep = "day" | "week" | "month";

/** No chart has more. */
const mostSpans = 1_000;
const dayMs = 86_400_000;

/**
 * Where each span begins, and where the last one ends, in UTC: a month after the 31st is the last day of a shorter one.
 *
 * @throws RangeError when `from` is not before `to`, or there would be more than a thousand
 * @example
 * metricsSpans("2026-01-31T00:00:00.000Z", "2026-03-10T00:00:00.000Z", "month"); // 31 January, 28 February, 10 March
 */
export function metricsSpans(from: IsoTime, to: IsoTime, every: MetricsStep): readonly IsoTime[] {
  const [start, end] = [new Date(from), new Date(to)];
  if (!(start < end)) throw new RangeError("`from` must be before `to`");
  const bounds: IsoTime[] = [];
  for (let count = 0; ; count += 1) {
    const next =
      every === "month" ? monthsAfter(start, count) : daysAfter(start, count * (every === "week" ? 7 : 1));
    if (next >= end) break;
    if (count === mostSpans) throw new RangeError(`there are at most ${mostSpans} spans`);
    bounds.push(next.toISOString());
  }
  return [...bounds, end.toISOString()];
}

function daysAfter(start: Date, days: number): Date {
  return new Date(start.getTime() + days * dayMs);
}

function monthsAfter(start: Date, months: number): Date {
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const moved = new Date(start);
  moved.setUTCFullYear(year, month, Math.min(start.getUTCDate(), lastDay));
  return moved;
}
