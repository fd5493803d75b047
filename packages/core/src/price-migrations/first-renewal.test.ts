import { expect, test } from "vitest";
import type { Interval } from "../language/interval.js";
import { firstRenewal } from "./first-renewal.js";

const day = (text: string) => `${text}T10:00:00.000Z`;

test.each<[string, string, Interval, string, string]>([
  ["2026-03-15", "2026-04-15", "month", "2026-03-20", "2026-04-15"],
  ["2026-03-15", "2026-04-15", "month", "2026-04-15", "2026-04-15"],
  ["2026-03-15", "2026-04-15", "month", "2026-04-16", "2026-05-15"],
  ["2026-03-15", "2026-04-15", "month", "2026-06-15", "2026-06-15"],
  // What began on the last day of a long month goes back to it.
  ["2026-01-31", "2026-02-28", "month", "2026-03-01", "2026-03-31"],
  ["2026-01-31", "2026-02-28", "month", "2026-04-02", "2026-04-30"],
  ["2026-02-28", "2026-03-31", "month", "2026-04-01", "2026-04-30"],
  // A trial of two weeks says nothing about the day.
  ["2026-03-20", "2026-04-03", "month", "2026-04-04", "2026-05-03"],
  ["2026-03-15", "2027-03-15", "year", "2027-04-01", "2028-03-15"],
  ["2026-03-02", "2026-03-09", "week", "2026-03-10", "2026-03-16"],
])("from %s to %s, by the %s: at or after %s it renews on %s", (start, end, interval, at, renewal) => {
  expect(firstRenewal({ start: day(start), end: day(end) }, interval, day(at))).toBe(day(renewal));
});
