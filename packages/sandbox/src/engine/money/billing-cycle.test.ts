import { describe, expect, it } from "vitest";
import { StripeError } from "../world/stripe-error.js";
import { checkCycle, fromAnchor, periodAt } from "./billing-cycle.js";

const at = (text: string): number => Date.parse(`${text}${text.includes("T") ? "" : "T00:00:00"}Z`) / 1000;
const text = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);
const dayOf = (seconds: number): string => text(seconds).slice(0, 10);

describe("the billing cycle", () => {
  it.each([
    ["month", 1, "2025-01-28", ["2025-02-28", "2025-03-28"]],
    ["month", 1, "2025-01-29", ["2025-02-28", "2025-03-29", "2025-04-29"]],
    ["month", 1, "2024-01-29", ["2024-02-29", "2024-03-29"]],
    ["month", 1, "2025-01-30", ["2025-02-28", "2025-03-30", "2025-04-30"]],
    ["month", 1, "2025-01-31", ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]],
    ["month", 1, "2024-01-31", ["2024-02-29", "2024-03-31"]],
    ["month", 1, "2028-01-31", ["2028-02-29", "2028-03-31"]],
    ["month", 1, "2100-01-31", ["2100-02-28", "2100-03-31"]],
    ["month", 1, "2000-01-31", ["2000-02-29"]],
    ["month", 1, "2025-12-15", ["2026-01-15", "2026-02-15"]],
    ["month", 1, "2025-12-31", ["2026-01-31", "2026-02-28", "2026-03-31"]],
    ["month", 2, "2025-12-31", ["2026-02-28", "2026-04-30", "2026-06-30", "2026-08-31"]],
    ["month", 3, "2025-08-31", ["2025-11-30", "2026-02-28", "2026-05-31", "2026-08-31"]],
    ["month", 3, "2025-11-30", ["2026-02-28", "2026-05-30"]],
    ["month", 6, "2025-08-31", ["2026-02-28", "2026-08-31"]],
    ["month", 13, "2025-01-31", ["2026-02-28", "2027-03-31"]],
    ["month", 36, "2025-02-28", ["2028-02-28", "2031-02-28"]],
    ["year", 1, "2024-02-29", ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]],
    ["year", 1, "2096-02-29", ["2097-02-28", "2098-02-28", "2099-02-28", "2100-02-28", "2101-02-28"]],
    ["year", 3, "2025-01-01", ["2028-01-01", "2031-01-01"]],
    ["week", 1, "2028-02-24", ["2028-03-02", "2028-03-09"]],
    ["week", 2, "2025-12-25", ["2026-01-08", "2026-01-22"]],
    ["week", 156, "2025-01-01", ["2027-12-29"]],
    ["day", 1, "2028-02-28", ["2028-02-29", "2028-03-01"]],
    ["day", 10, "2025-02-25", ["2025-03-07", "2025-03-17"]],
  ])("every %s × %i from %s renews on the right days", (interval, interval_count, anchor, expected) => {
    const cycle = { interval, interval_count };
    const days = expected.map((_, index) => dayOf(fromAnchor(at(anchor), cycle, index + 1)));
    expect(days).toEqual(expected);
  });

  it.each([
    ["2025-02-28", 31, ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]],
    ["2025-02-28", 30, ["2025-02-28", "2025-03-30"]],
    ["2025-04-30", 31, ["2025-04-30", "2025-05-31", "2025-06-30"]],
    ["2025-03-15", 15, ["2025-03-15", "2025-04-15"]],
  ])("an anchor of %s that was asked for day %i goes back to it", (anchor, day_of_month, expected) => {
    const cycle = { interval: "month", interval_count: 1, day_of_month };
    expect(expected.map((_, index) => dayOf(fromAnchor(at(anchor), cycle, index)))).toEqual(expected);
  });

  it.each(["2025-01-31T23:59:58", "2025-03-30T01:30:00", "2025-10-26T02:30:00"])(
    "keeps the time of day of %s to the second, also where clocks are set forward or back",
    (anchor) => {
      for (const interval of ["day", "week", "month", "year"]) {
        const next = text(fromAnchor(at(anchor), { interval, interval_count: 1 }, 1));
        expect(next.slice(11)).toBe(anchor.slice(11));
      }
    },
  );

  it.each([
    ["2025-03-31", "2025-03-31", "2025-04-30"],
    ["2025-03-30T23:59:59", "2025-02-28", "2025-03-31"],
    ["2025-01-31", "2025-01-31", "2025-02-28"],
    ["2024-12-31", "2024-12-31", "2025-01-31"],
    ["2031-07-04", "2031-06-30", "2031-07-31"],
    ["2023-02-27", "2023-01-31", "2023-02-28"],
  ])("finds the period around %s", (time, start, end) => {
    const period = periodAt(at("2025-01-31"), { interval: "month", interval_count: 1 }, at(time));
    expect([period.start, period.end].map(dayOf)).toEqual([start, end]);
  });

  it.each([
    ["month", 1, "2025-03-31", "2025-03-10", "2025-02-28", "2025-03-31"],
    ["month", 3, "2025-08-31", "2025-07-01", "2025-05-31", "2025-08-31"],
    ["year", 1, "2028-02-29", "2027-06-01", "2027-02-28", "2028-02-29"],
    ["week", 2, "2025-01-15", "2025-01-02", "2025-01-01", "2025-01-15"],
  ])(
    "ends the first period of every %s × %i at an anchor that lies ahead",
    (interval, interval_count, ...days) => {
      const [anchor, now, start, end] = days;
      const period = periodAt(at(anchor), { interval, interval_count }, at(now));
      expect([period.start, period.end].map(dayOf)).toEqual([start, end]);
    },
  );

  it.each([
    ["day", 1],
    ["week", 2],
    ["month", 1],
    ["month", 3],
    ["year", 1],
  ])("never leaves a gap between two periods of every %s × %i", (interval, interval_count) => {
    const anchor = at("2024-01-31T12:00:00");
    let time = anchor;
    for (let index = 0; index < 60; index++) {
      const period = periodAt(anchor, { interval, interval_count }, time);
      expect(period.start).toBe(time);
      expect(periodAt(anchor, { interval, interval_count }, period.end - 1)).toEqual(period);
      time = period.end;
    }
  });

  it.each([
    ["day", 1095, 1096],
    ["week", 156, 157],
    ["month", 36, 37],
    ["year", 3, 4],
  ])("is at most three years long: every %s × %i is taken, × %i refused", (interval, longest, longer) => {
    checkCycle({ interval, interval_count: longest });
    expect(() => checkCycle({ interval, interval_count: longer })).toThrow(StripeError);
    expect(() => checkCycle({ interval, interval_count: 0 })).toThrow(StripeError);
  });
});
