import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proratedShare, shareOf, spread } from "./share.js";

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

describe("a prorated share of an amount", () => {
  const month = 2_592_000;
  it.each([
    ["a half of a credit", -1000, 6480, month, -3],
    ["a half of a debit", 1800, 6480, month, 4],
    ["a half of several units", 3000, 6480, month, 7],
    ["less than a half of a credit", -2000, 1, 3, -667],
    ["less than a half of a debit", 1000, 1, 3, 333],
    ["a credit that a plain floor would make larger", -1000, 445_540, 2_678_400, -166],
    ["a debit that a plain floor would make smaller", 3252, 445_540, 2_678_400, 541],
    ["nothing", 0, 1, 2, 0],
    ["a half of one", 1, 1, 2, 0],
    ["a half of minus one", -1, 1, 2, -1],
    ["the whole", -1000, 1, 1, -1000],
  ])("of %s goes to the nearest unit, and a half down", (_, amount, part, whole, share) => {
    expect(proratedShare(amount, part, whole)).toBe(share);
  });

  it("is never minus zero", () => {
    expect(Object.is(proratedShare(-1, 1, 1000), 0)).toBe(true);
  });
});

describe("an amount spread over weights", () => {
  it.each([
    [500, [1000, 2000], [166, 334]],
    [100, [100, 100, 100], [33, 33, 34]],
    [1, [500, 499], [0, 1]],
    [1000, [2000, 0, 1000], [666, 0, 334]],
    [999, [500, 499, 1], [499, 499, 1]],
    [10, [4, 3], [4, 3]],
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
