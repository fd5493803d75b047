import type { Interval } from "./format-money.js";

/** The same moment some intervals later; a month that is too short gives its last day. UTC, in seconds. */
export function addInterval(seconds: number, interval: Interval, count: number): number {
  if (interval === "day" || interval === "week") {
    return seconds + count * (interval === "week" ? 7 : 1) * 86_400;
  }
  const date = new Date(seconds * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (interval === "year" ? 12 : 1));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() / 1000;
}
