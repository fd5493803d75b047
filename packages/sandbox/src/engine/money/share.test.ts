import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOf, spread } from "./share.js";

describe("a share of an amount", () => {
  it.each([
    [1000, 50, 100, 500],
    [999, 50, 100, 500],
    [-999, 50, 100, -500],
    [1, 49.9, 100, 0],
    [250, 8.2, 100, 21],
    [1050, 7.25, 100, 76],
    [3333, 33.33, 100, 1111],
    [99_999_999, 99.9999, 100, 99_999_899],
    [2900, 1_296_000, 2_678_400, 1403],
    [0, 20, 100, 0],
    [1200, 20, 120, 200],
  ])("of %i × %d ÷ %d is %i, halves rounded away from zero", (amount, part, whole, share) => {
    expect(shareOf(amount, part, whole)).toBe(share);
  });

  it("is never minus zero", () => {
    expect(Object.is(shareOf(-1, 1, 1000), 0)).toBe(true);
  });
});

describe("an amount spread over weights", () => {
  it.each([
    [100, [100, 100, 100], [34, 33, 33]],
    [1, [500, 499], [1, 0]],
    [1000, [2000, 0, 1000], [667, 0, 333]],
    [5, [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]],
    [10, [0, 0], [0, 0]],
    [7, [], []],
  ])("of %i over %j is %j", (amount, weights, parts) => {
    expect(spread(amount, weights)).toEqual(parts);
  });

  it("sums to the amount, and no part exceeds its weight", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100_000_000 }), { minLength: 1, maxLength: 20 });
    const cases = fc.tuple(weights, fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(cases, ([given, portion]) => {
        const whole = given.reduce((sum, weight) => sum + weight, 0);
        const amount = Math.floor(whole * portion);
        const parts = spread(amount, given);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        for (const [index, part] of parts.entries()) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(given[index] ?? 0);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
