import type { PriceDescription } from "@tollgate/core";
import { describe, expect, test } from "vitest";
import { decideSeats } from "./decide-seats.js";

const price = (changes: Partial<PriceDescription> = {}): PriceDescription => ({
  interval: "month",
  amount: 1900,
  model: "per_seat",
  minimumQuantity: 3,
  maximumQuantity: 50,
  ...changes,
});

describe("decideSeats", () => {
  test.each([
    ["the minimum, when nothing is said", undefined, undefined, { quantity: 3, seats: 3 }],
    ["what they have, when nothing is said", undefined, 8, { quantity: 8, seats: 8 }],
    ["what is typed", 12, 8, { quantity: 12, seats: 12 }],
    ["both ends of the range", 50, undefined, { quantity: 50, seats: 50 }],
    ["not the start of a number that is too large", 100, undefined, { quantity: 3, seats: 100 }],
    ["not a part of a fraction", 12.5, 8, { quantity: 8, seats: 12.5 }],
    ["not fewer than are sold", 2, undefined, { quantity: 3, seats: 2 }],
    ["nothing for an empty field", Number.NaN, undefined, { quantity: 3, seats: Number.NaN }],
    ["what they have, even if it is no longer sold", 60, 60, { quantity: 60, seats: 60 }],
  ])("buys %s", (_, typed, bought, expected) => {
    expect(decideSeats(price(), typed, bought)).toEqual(expected);
  });

  test("knows the largest number that a checkout sells, where the price has no maximum", () => {
    expect(decideSeats(price({ maximumQuantity: null }), 10_001, undefined).quantity).toBe(3);
    expect(decideSeats(price({ maximumQuantity: null }), 10_000, undefined).quantity).toBe(10_000);
  });

  test.each([
    ["a number between two steps, of which nothing is bought", 7, { quantity: 3, seats: 7 }],
    ["a step", 9, { quantity: 9, seats: 9 }],
    ["the last one", 48, { quantity: 48, seats: 48 }],
  ])("sells in steps: %s", (_, typed, expected) => {
    const inThrees = price({ quantityStep: 3, maximumQuantity: 48 });
    expect(decideSeats(inThrees, typed, undefined)).toEqual(expected);
  });

  test.each(["per_seat", "tiered", "package"] as const)("counts them for a price that is %s", (model) => {
    expect(decideSeats(price({ model }), 12, undefined)).toEqual({ quantity: 12, seats: 12 });
  });

  test("counts no seats where there are none", () => {
    expect(decideSeats(price({ model: "flat" }), 7, undefined)).toEqual({ quantity: 1, seats: 1 });
    expect(decideSeats(null, 7, undefined)).toEqual({ quantity: 1, seats: 1 });
  });
});
