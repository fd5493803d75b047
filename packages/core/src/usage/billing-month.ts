import { type Interval, intervalParts } from "../language/interval.js";
import type { Period, Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { addMonths, anchorDayOf } from "./add-months.js";

/** Whether something billed by this interval has months of its own: a week or some days have none. */
export function hasBillingMonths(interval: Interval): boolean {
  const { unit } = intervalParts(interval);
  return unit === "month" || unit === "year";
}

/**
 * The month of a billing period that runs at a time within it: each begins on the day of the month on which the period
 * did, or on the last day of a month that is too short, and the last one ends with the period.
 */
export function billingMonthOf(period: Period, at: Date): Period {
  const [first, end] = [new Date(period.start), new Date(period.end)];
  const day = anchorDayOf(first, end);
  let [start, months] = [first, 0];
  for (;;) {
    months += 1;
    const next = addMonths(first, months, day);
    if (next >= end) return { start: start.toISOString(), end: period.end };
    if (at < next) return { start: start.toISOString(), end: next.toISOString() };
    start = next;
  }
}

/**
 * Under which start the first month of a period is counted: its own, or, where a change cut the period before short, that
 * of the month which ran then.
 */
export function firstMonthFrom({ countedFrom }: Pick<Subscription, "countedFrom">, start: IsoTime): IsoTime {
  const root = countedFrom[start];
  if (root === undefined) return start;
  const cut = Object.keys(countedFrom).filter((one) => one < start && countedFrom[one] === root);
  const before = [root, ...cut].sort().at(-1) ?? root;
  // Cut short by the change, it had no other end.
  const month = billingMonthOf({ start: before, end: farFuture }, new Date(start));
  return month.start === before ? firstMonthFrom({ countedFrom }, before) : month.start;
}

const farFuture = "9999-01-01T00:00:00.000Z";
