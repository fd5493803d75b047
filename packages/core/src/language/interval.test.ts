import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareIntervals, type Interval, intervalParts, isInterval, toInterval } from "./interval.js";

describe("an interval", () => {
  it.each([
    ["day", 1, "day"],
    ["day", 10, "10_days"],
    ["day", 7, "week"],
    ["day", 28, "4_weeks"],
    ["day", 1095, "1095_days"],
    ["week", 2, "2_weeks"],
    ["month", 1, "month"],
    ["month", 3, "3_months"],
    ["month", 12, "year"],
    ["month", 36, "3_years"],
    ["year", 2, "2_years"],
  ] as const)("of each %s times %i is %s: one span has one name", (unit, count, name) => {
    expect(toInterval(unit, count)).toBe(name);
  });

  it.each([
    ["day", 0],
    ["day", 1096],
    ["week", 157],
    ["month", 37],
    ["year", 4],
    ["month", 1.5],
    ["month", -1],
    ["month", Number.NaN],
  ] as const)("of each %s times %d is none: Stripe bills by no more than three years", (unit, count) => {
    expect(toInterval(unit, count)).toBeNull();
  });

  it("says of how many of which unit it is, and the name is made of them again", () => {
    const unit = fc.constantFrom("day" as const, "week" as const, "month" as const, "year" as const);
    fc.assert(
      fc.property(unit, fc.integer({ min: 1, max: 1095 }), (one, count) => {
        const name = toInterval(one, count);
        fc.pre(name !== null);
        const parts = intervalParts(name);
        expect(toInterval(parts.unit, parts.count)).toBe(name);
        expect(isInterval(name)).toBe(true);
      }),
    );
  });

  it.each([
    "12_months",
    "7_days",
    "1_months",
    "03_months",
    "3_month",
    "3months",
    "quarter",
    "4_years",
    "",
    "_",
    "toString",
  ])("is not called %j", (text) => {
    expect(isInterval(text)).toBe(false);
  });
});

it("intervals are ordered by their length, whatever they are made of", () => {
  const inOrder: Interval[] = [
    ...["day", "6_days", "week", "10_days", "2_weeks", "30_days", "month", "31_days", "5_weeks", "2_months"],
    ...["3_months", "52_weeks", "365_days", "year", "366_days", "13_months", "2_years", "3_years"],
  ] as Interval[];
  expect(inOrder.toReversed().sort(compareIntervals)).toEqual(inOrder);
});
