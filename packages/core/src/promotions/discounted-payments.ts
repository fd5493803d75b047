import { type Interval, intervalParts } from "../language/interval.js";
import { addDays } from "../language/time.js";

/**
 * How many payments fall into a discount's months, which begin with the subscription, trial included: one that is due the
 * moment they end is not reduced any more. So three months reduce three payments by the month, and one by the year.
 */
export function discountedPayments(input: {
  readonly months: number;
  readonly interval: Interval;
  readonly trialDays: number;
  readonly now: Date;
}): number {
  const { months, interval, trialDays, now } = input;
  const end = addMonths(now, months);
  const first = new Date(addDays(now.toISOString(), trialDays));
  let count = 0;
  while (paymentAt(first, interval, count) < end) count += 1;
  return count;
}

/** When a payment is due, by how many come before it. */
export function paymentAt(first: Date, interval: Interval, index: number): Date {
  const { unit, count } = intervalParts(interval);
  const units = count * index;
  if (unit === "month" || unit === "year") return addMonths(first, unit === "year" ? units * 12 : units);
  return new Date(addDays(first.toISOString(), unit === "week" ? units * 7 : units));
}

/** On the same day, or on the last one of a month that does not have it. */
function addMonths(from: Date, months: number): Date {
  const to = new Date(from);
  to.setUTCMonth(from.getUTCMonth() + months);
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to;
}
