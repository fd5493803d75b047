/** A unit of time that a price is billed by. */
export type IntervalUnit = "day" | "week" | "month" | "year";

/**
 * How often a subscription is billed: every unit (`month`), or every few of them (`3_months`). One span has one name, the
 * shortest: `year` is never `12_months`, `week` never `7_days`.
 */
export type Interval = IntervalUnit | `${number}_${IntervalUnit}s`;

/** How long on average, in days. */
const daysOf = { day: 1, week: 7, month: 30.44, year: 365.25 } as const satisfies Record<
  IntervalUnit,
  number
>;

/** Three years, the longest that Stripe bills by (https://docs.stripe.com/api/prices/create). */
const mostOf = { day: 1095, week: 156, month: 36, year: 3 } as const satisfies Record<IntervalUnit, number>;

/** What a number of one unit is called by a longer one. */
const longer: { readonly [U in IntervalUnit]?: readonly [size: number, unit: IntervalUnit] } = {
  day: [7, "week"],
  month: [12, "year"],
};

/**
 * The interval of so many units; `null`: nobody bills by it, because it is longer than three years or no whole number.
 *
 * @example
 * toInterval("month", 3); // "3_months"
 * toInterval("month", 12); // "year"
 */
export function toInterval(unit: IntervalUnit, count: number): Interval | null {
  if (!Number.isInteger(count) || count < 1 || count > mostOf[unit]) return null;
  const [size, name] = longer[unit] ?? [];
  if (size !== undefined && name !== undefined && count % size === 0) return toInterval(name, count / size);
  return count === 1 ? unit : `${count}_${unit}s`;
}

/**
 * How many of which unit an interval is.
 *
 * @example
 * intervalParts("3_months"); // { unit: "month", count: 3 }
 */
export function intervalParts(interval: Interval): { readonly unit: IntervalUnit; readonly count: number } {
  // The type says what each is.
  return {
    unit: interval.replace(/^\d+_|s$/g, "") as IntervalUnit,
    count: Number.parseInt(interval, 10) || 1,
  };
}

/**
 * Whether a text is the name of an interval.
 *
 * @example
 * isInterval("3_months"); // true
 * isInterval("12_months"); // false: that is a "year"
 */
export function isInterval(text: string): text is Interval {
  const { unit, count } = intervalParts(text as Interval);
  return Object.hasOwn(daysOf, unit) && toInterval(unit, count) === text;
}

/**
 * Orders intervals, the shorter one first.
 *
 * @example
 * (["year", "month", "3_months"] as const).toSorted(compareIntervals); // ["month", "3_months", "year"]
 */
export function compareIntervals(one: Interval, other: Interval): number {
  return lengthOf(one) - lengthOf(other);
}

function lengthOf(interval: Interval): number {
  const { unit, count } = intervalParts(interval);
  return daysOf[unit] * count;
}
