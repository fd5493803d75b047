import { day } from "../world/context.js";
import { invalidRequest } from "../world/stripe-error.js";

/** A price's rhythm: every `interval_count` intervals. */
export type Cycle = {
  interval: string;
  interval_count: number;
  /**
   * The day that months and years are counted to, if the anchor itself could not be on it: an anchor of 28
   * February that was asked to be on the 31st renews on 31 March. @default the anchor's own day
   */
  day_of_month?: number;
};

/** The last day of a month; `month` may run past the year's end. */
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** `months` after a time, on the same day of the month or on the month's last day. Times are in seconds. */
const addMonths = (anchor: number, months: number, dayOfMonth?: number): number => {
  const date = new Date(anchor * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const wanted = Math.min(dayOfMonth ?? date.getUTCDate(), lastDay(year, month));
  const timeOfDay = anchor % day;
  return Date.UTC(year, month, wanted) / 1000 + timeOfDay;
};

/**
 * The anchor moved by `times` whole periods. Always counted from the anchor, so that a subscription of
 * 31 January renews on 28 February and again on 31 March. Times are in seconds since 1970 and in UTC, as
 * Stripe counts: a renewal keeps its time of day in UTC, and no clock is ever set forward or back.
 */
export const fromAnchor = (anchor: number, cycle: Cycle, times: number): number => {
  const count = cycle.interval_count * times;
  if (cycle.interval === "day") return anchor + count * day;
  if (cycle.interval === "week") return anchor + count * 7 * day;
  return addMonths(anchor, cycle.interval === "year" ? count * 12 : count, cycle.day_of_month);
};

const roughLength = (cycle: Cycle): number =>
  ({ day, week: 7 * day, month: 31 * day, year: 366 * day })[cycle.interval] ?? 31 * day;

/**
 * The period that contains a time: the last renewal at or before it, and the next one after it. An anchor in the
 * future gives the whole period that would end at it or before it; the first one is a part of that.
 */
export const periodAt = (anchor: number, cycle: Cycle, time: number): { start: number; end: number } => {
  let times = Math.floor((time - anchor) / (roughLength(cycle) * cycle.interval_count));
  while (fromAnchor(anchor, cycle, times) > time) times--;
  while (fromAnchor(anchor, cycle, times + 1) <= time) times++;
  return { start: fromAnchor(anchor, cycle, times), end: fromAnchor(anchor, cycle, times + 1) };
};

/** Three years: https://docs.stripe.com/api/prices/create#create_price-recurring-interval_count */
const longest: Record<string, number> = { day: 1095, week: 156, month: 36, year: 3 };

/** Refuses a rhythm of less than one interval or of more than three years. */
export const checkCycle = (cycle: Cycle, param = "recurring[interval_count]"): void => {
  const most = longest[cycle.interval] ?? 36;
  if (cycle.interval_count < 1)
    throw invalidRequest(
      "This value must be greater than or equal to 1.",
      "parameter_invalid_integer",
      param,
    );
  if (cycle.interval_count > most)
    throw invalidRequest(
      `Interval count may not be more than ${most} for interval ${cycle.interval}.`,
      undefined,
      param,
    );
};
