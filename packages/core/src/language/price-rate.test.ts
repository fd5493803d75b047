import { describe, expect, it, test } from "vitest";
import { costOf, type PriceRate, type PriceTier } from "./price-rate.js";
import { sayRate } from "./say-rate.js";

const tiers: readonly PriceTier[] = [
  { upTo: 10, perUnit: 500, flat: 1000 },
  { upTo: 20, perUnit: 400, flat: 0 },
  { upTo: null, perUnit: 1, flat: 99 },
];

describe("what several units cost", () => {
  test.each<[string, PriceRate, readonly (readonly [number, number])[]]>([
    [
      "each tier's own units at its amount, and its flat amount for whoever enters it",
      { kind: "graduated", tiers },
      [
        [0, 1000],
        [1, 1500],
        [10, 6000],
        [11, 6400],
        [20, 10_000],
        [21, 10_100],
        [30, 10_109],
      ],
    ],
    [
      "all units at the amount of the tier that is reached",
      { kind: "volume", tiers },
      [
        [1, 1500],
        [10, 6000],
        [11, 4400],
        [20, 8000],
        [21, 120],
      ],
    ],
    [
      "each package that is begun",
      { kind: "package", amount: 800, size: 60 },
      [
        [0, 0],
        [1, 800],
        [60, 800],
        [61, 1600],
      ],
    ],
  ])("is %s", (_, rate, expected) => {
    for (const [quantity, cost] of expected) {
      expect(costOf({ amount: 0, rate }, quantity), String(quantity)).toBe(cost);
    }
  });

  it("is an amount for each where there is no rate, and unknown where nothing is known", () => {
    expect(costOf({ amount: 900 }, 7)).toBe(6300);
    expect(costOf({ amount: null }, 7)).toBeNull();
  });
});

test.each<[PriceRate, string]>([
  [{ kind: "package", amount: 800, size: 60 }, "$800 per 60 begun"],
  [
    { kind: "graduated", tiers },
    "$1000 and $500 each up to 10, then $400 each up to 20, then $99 and $1 each",
  ],
  [{ kind: "volume", tiers: tiers.slice(1) }, "$400 each up to 20, or for more than that $99 and $1 each"],
  [
    {
      kind: "graduated",
      tiers: [
        { upTo: 5, perUnit: 0, flat: 4900 },
        { upTo: null, perUnit: 900, flat: 0 },
      ],
    },
    "$4900 up to 5, then $900 each",
  ],
  [{ kind: "graduated", tiers: [{ upTo: null, perUnit: 0, flat: 0 }] }, "nothing"],
])("a rate is said in words", (rate, words) => {
  expect(sayRate(rate, (amount) => `$${amount}`)).toBe(words);
});
