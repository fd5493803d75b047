import fc from "fast-check";
import { expect, it } from "vitest";
import type { Interval } from "../language/interval.js";
import { periodAt } from "./period-at.js";

const at = (text: string) => new Date(`${text}T10:00:00.000Z`);
const period = (start: string, end: string) => ({
  start: at(start).toISOString(),
  end: at(end).toISOString(),
});

it.each<[Interval, string, ReturnType<typeof period>, ReturnType<typeof period>]>([
  ["day", "2026-03-05", period("2026-03-01", "2026-03-02"), period("2026-03-05", "2026-03-06")],
  ["week", "2026-03-20", period("2026-03-01", "2026-03-08"), period("2026-03-15", "2026-03-22")],
  ["2_weeks", "2026-03-16", period("2026-03-01", "2026-03-15"), period("2026-03-15", "2026-03-29")],
  ["month", "2026-02-28", period("2025-12-31", "2026-01-31"), period("2026-02-28", "2026-03-31")],
  ["3_months", "2026-06-01", period("2025-11-30", "2026-02-28"), period("2026-05-28", "2026-08-28")],
  ["year", "2027-06-01", period("2025-01-01", "2026-01-01"), period("2027-01-01", "2028-01-01")],
  ["3_years", "2035-01-01", period("2022-06-15", "2025-06-15"), period("2034-06-15", "2037-06-15")],
])("a %s renews on its days: at %s the period after %j is %j", (interval, now, ended, running) => {
  expect(periodAt(ended, interval, at(now))).toEqual(running);
});

it("the period at any time contains it, begins where the one before ends, and a running one stays", () => {
  const interval = fc.constantFrom<Interval>(
    ...(["day", "10_days", "week", "6_weeks", "month", "3_months", "6_months", "year", "2_years"] as const),
  );
  const start = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2026, 0) });
  const later = fc.integer({ min: 0, max: 12 * 365 * 86_400_000 });
  fc.assert(
    fc.property(interval, start, later, (one, begun, ms) => {
      const first = { start: new Date(begun - 1).toISOString(), end: new Date(begun).toISOString() };
      const now = new Date(begun + ms);
      const found = periodAt(first, one, now);
      expect(Date.parse(found.start)).toBeLessThanOrEqual(now.getTime());
      expect(Date.parse(found.end)).toBeGreaterThan(now.getTime());
      // Step by step it comes to the same.
      const before = periodAt(first, one, new Date(Date.parse(found.start) - 1));
      expect(before.end).toBe(found.start);
      expect(periodAt(first, one, new Date(found.start))).toEqual(found);
      expect(periodAt(found, one, now)).toBe(found);
    }),
    { numRuns: 2000 },
  );
});
