import { describe, expect, it } from "vitest";
import { fromAnchor, periodAt } from "./billing-cycle.js";

const at = (text: string): number => Date.parse(`${text}${text.includes("T") ? "" : "T00:00:00"}Z`) / 1000;
const text = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);

describe("the billing cycle", () => {
  it.each([
    ["month", 1, "2025-01-31", ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]],
    ["month", 1, "2024-01-31", ["2024-02-29", "2024-03-31"]],
    ["month", 1, "2024-01-29", ["2024-02-29", "2024-03-29"]],
    ["month", 1, "2025-01-30", ["2025-02-28", "2025-03-30"]],
    ["month", 3, "2025-11-30", ["2026-02-28", "2026-05-30"]],
    ["month", 1, "2025-12-15", ["2026-01-15", "2026-02-15"]],
    ["year", 1, "2024-02-29", ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]],
    ["week", 2, "2025-12-25", ["2026-01-08", "2026-01-22"]],
    ["day", 10, "2025-02-25", ["2025-03-07", "2025-03-17"]],
  ])("every %s × %i from %s renews on the right days", (interval, interval_count, anchor, expected) => {
    const cycle = { interval, interval_count };
    const days = expected.map((_, index) => text(fromAnchor(at(anchor), cycle, index + 1)).slice(0, 10));
    expect(days).toEqual(expected);
  });

  it("keeps the time of day to the second", () => {
    const anchor = at("2025-01-31T23:59:58");
    expect(text(fromAnchor(anchor, { interval: "month", interval_count: 1 }, 1))).toBe("2025-02-28T23:59:58");
  });

  it.each([
    ["2025-03-31", "2025-03-31", "2025-04-30"],
    ["2025-03-30T23:59:59", "2025-02-28", "2025-03-31"],
    ["2025-01-31", "2025-01-31", "2025-02-28"],
    ["2024-12-31", "2024-12-31", "2025-01-31"],
    ["2031-07-04", "2031-06-30", "2031-07-31"],
  ])("finds the period around %s", (time, start, end) => {
    const period = periodAt(at("2025-01-31"), { interval: "month", interval_count: 1 }, at(time));
    expect([text(period.start), text(period.end)].map((day) => day.slice(0, 10))).toEqual([start, end]);
  });

  it("never leaves a gap between two periods", () => {
    for (const interval of ["day", "week", "month", "year"]) {
      const cycle = { interval, interval_count: 1 };
      let time = at("2024-01-31T12:00:00");
      const anchor = time;
      for (let index = 0; index < 60; index++) {
        const period = periodAt(anchor, cycle, time);
        expect(period.start).toBe(time);
        time = period.end;
      }
    }
  });
});
