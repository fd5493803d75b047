import { type Interval, intervalParts } from "../language/interval.js";

/**
 * What an amount for an interval comes to in an average month, in minor units and fractions of them: round the sum, not
 * the parts.
 *
 * @example
 * monthlyAmount(29_000, "year"); // 2416.66…
 */
export function monthlyAmount(amount: number, interval: Interval): number {
  const { unit, count } = intervalParts(interval);
  // Of a year of 365 days, or 52 weeks.
  const perMonth = { day: 365 / 12, week: 52 / 12, month: 1, year: 1 / 12 };
  return (amount * perMonth[unit]) / count;
}
