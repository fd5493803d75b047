/** A price's rhythm: every `interval_count` intervals. */
export type Cycle = { interval: string; interval_count: number };

const day = 86_400;

/** The last day of a month; `month` may run past the year's end. */
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** `months` after a time, on the same day of the month or on the month's last day. Times are in seconds. */
const addMonths = (anchor: number, months: number): number => {
  const date = new Date(anchor * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const dayOfMonth = Math.min(date.getUTCDate(), lastDay(year, month));
  const timeOfDay = anchor % day;
  return Date.UTC(year, month, dayOfMonth) / 1000 + timeOfDay;
};

/**
 * The anchor moved by `times` whole periods. Always counted from the anchor, so that a subscription of
 * 31 January renews on 28 February and again on 31 March. Times are in seconds since 1970, UTC.
 */
export const fromAnchor = (anchor: number, cycle: Cycle, times: number): number => {
  const count = cycle.interval_count * times;
  if (cycle.interval === "day") return anchor + count * day;
  if (cycle.interval === "week") return anchor + count * 7 * day;
  return addMonths(anchor, cycle.interval === "year" ? count * 12 : count);
};

const roughLength = (cycle: Cycle): number =>
  ({ day, week: 7 * day, month: 31 * day, year: 366 * day })[cycle.interval] ?? 31 * day;

/** The period that contains a time: the last renewal at or before it, and the next one after it. */
export const periodAt = (anchor: number, cycle: Cycle, time: number): { start: number; end: number } => {
  let times = Math.floor((time - anchor) / (roughLength(cycle) * cycle.interval_count));
  while (fromAnchor(anchor, cycle, times + 1) <= time) times++;
  return { start: fromAnchor(anchor, cycle, times), end: fromAnchor(anchor, cycle, times + 1) };
};
