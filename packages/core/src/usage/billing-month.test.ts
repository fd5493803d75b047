import { describe, expect, it } from "vitest";
import { billingMonthOf, firstMonthFrom } from "./billing-month.js";
import { calendarPeriodOf } from "./calendar-period.js";

const midnight = (day: string) => `${day}T00:00:00.000Z`;
const period = (start: string, end: string) => ({ start: midnight(start), end: midnight(end) });

/** When each month of a period begins, found by asking hour by hour. */
function monthsOf(whole: { readonly start: string; readonly end: string }): readonly string[] {
  const starts = new Set<string>();
  for (let at = Date.parse(whole.start); at < Date.parse(whole.end); at += 3600_000) {
    const { start, end } = billingMonthOf(whole, new Date(at));
    if (Date.parse(start) > at || Date.parse(end) <= at) throw new Error("It does not run then.");
    starts.add(start.slice(0, 10));
  }
  return [...starts];
}

describe("the months of a billing period", () => {
  it("of a year that began on 31 May begin on the 31st, or on the last day of a shorter month: twelve times", () => {
    expect(monthsOf(period("2026-05-31", "2027-05-31"))).toEqual([
      ...["2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"],
      ...["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"],
    ]);
  });

  it.each([
    ["a month", "2026-01-15", "2026-02-15", ["2026-01-15"]],
    ["a month from a last day that was cut", "2026-06-30", "2026-07-31", ["2026-06-30"]],
    [
      "a quarter from a last day that was cut",
      "2026-11-30",
      "2027-03-31",
      ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"],
    ],
    ["two months of a 30th", "2026-01-30", "2026-03-30", ["2026-01-30", "2026-02-28"]],
    ["a trial of two weeks", "2026-01-17", "2026-01-31", ["2026-01-17"]],
    ["a trial of some weeks", "2026-01-17", "2026-03-31", ["2026-01-17", "2026-02-17", "2026-03-17"]],
    [
      "a leap year's",
      "2024-02-29",
      "2025-02-28",
      [
        ...["2024-02-29", "2024-03-29", "2024-04-29", "2024-05-29", "2024-06-29", "2024-07-29"],
        ...["2024-08-29", "2024-09-29", "2024-10-29", "2024-11-29", "2024-12-29", "2025-01-29"],
      ],
    ],
  ])("of %s", (_name, start, end, expected) => {
    expect(monthsOf(period(start, end))).toEqual(expected);
  });

  it("keep the time of day", () => {
    const whole = { start: "2026-01-31T10:20:30.000Z", end: "2027-01-31T10:20:30.000Z" };
    expect(billingMonthOf(whole, new Date("2026-02-28T10:20:29.999Z")).start).toBe(whole.start);
    expect(billingMonthOf(whole, new Date("2026-02-28T10:20:30.000Z"))).toEqual({
      start: "2026-02-28T10:20:30.000Z",
      end: "2026-03-31T10:20:30.000Z",
    });
  });
});

describe("the first month after a change", () => {
  const first = (countedFrom: Readonly<Record<string, string>>, start: string) =>
    firstMonthFrom({ countedFrom }, midnight(start)).slice(0, 10);

  it.each([
    ["counts from its own start when the period before had run out", {}, "2026-08-10", "2026-08-10"],
    [
      "continues the month of the year that was cut short",
      { [midnight("2026-08-10")]: midnight("2026-05-31") },
      "2026-08-10",
      "2026-07-31",
    ],
    [
      "continues the first month of the period that was cut short",
      { [midnight("2026-06-10")]: midnight("2026-05-31") },
      "2026-06-10",
      "2026-05-31",
    ],
    [
      "continues through several changes within a month",
      {
        [midnight("2026-08-10")]: midnight("2026-05-31"),
        [midnight("2026-08-12")]: midnight("2026-05-31"),
        [midnight("2026-08-20")]: midnight("2026-05-31"),
      },
      "2026-08-20",
      "2026-07-31",
    ],
    [
      "continues the month of the last change, where that has months of its own",
      {
        [midnight("2026-08-10")]: midnight("2026-05-31"),
        [midnight("2026-10-12")]: midnight("2026-05-31"),
      },
      "2026-10-12",
      "2026-10-10",
    ],
  ])("%s", (_name, countedFrom, start, expected) => {
    expect(first(countedFrom, start)).toBe(expected);
  });
});

describe("the calendar's periods", () => {
  it.each([
    ["month", "2026-02-28T23:59:59.999Z", "2026-02-01", "2026-03-01"],
    ["month", "2026-12-01T00:00:00.000Z", "2026-12-01", "2027-01-01"],
    ["week", "2026-11-30T00:00:00.000Z", "2026-11-30", "2026-12-07"],
    ["week", "2026-11-29T23:59:59.999Z", "2026-11-23", "2026-11-30"],
    ["week", "2027-01-01T12:00:00.000Z", "2026-12-28", "2027-01-04"],
    ["day", "2026-12-31T23:59:59.999Z", "2026-12-31", "2027-01-01"],
    ["day", "2026-03-29T01:30:00.000Z", "2026-03-29", "2026-03-30"],
  ] as const)("the %s of %s begins on %s", (unit, at, start, end) => {
    expect(calendarPeriodOf(unit, new Date(at))).toEqual(period(start, end));
  });
});
