import type { Interval } from "../language/interval.js";
import type { Period } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { periodAt } from "../usage/period-at.js";

/**
 * The first renewal at or after a time, if nothing but renewals happens: before it nobody pays another price, because what
 * runs is paid for.
 *
 * @example
 * const period = { start: "2026-01-31T00:00:00.000Z", end: "2026-02-28T00:00:00.000Z" };
 * firstRenewal(period, "month", "2026-03-01T00:00:00.000Z"); // "2026-03-31T00:00:00.000Z"
 */
export function firstRenewal(period: Period, interval: Interval, at: IsoTime): IsoTime {
  if (at <= period.end) return period.end;
  const anchor = anchorOf(period, interval);
  const { start, end } = periodAt({ start: anchor, end: anchor }, interval, new Date(at));
  return start === at ? at : end;
}

/** The end of a period in a short month has lost the day that its start still has; a trial's start says nothing. */
function anchorOf({ start, end }: Period, interval: Interval): IsoTime {
  const isWhole = periodAt({ start, end: start }, interval, new Date(start)).end === end;
  return isWhole && dayOf(start) > dayOf(end) ? start : end;
}

function dayOf(time: IsoTime): number {
  return new Date(time).getUTCDate();
}
