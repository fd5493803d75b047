import fc from "fast-check";
import { expect, it } from "vitest";
import { costOf, type Priced, type PriceTier } from "../language/price-rate.js";
import { mostUnitsFor } from "./most-units-for.js";

const money = fc.integer({ min: 0, max: 40 });
const tiers = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 15 }), perUnit: money, flat: money }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts): readonly PriceTier[] => {
    let upTo = 0;
    return parts.map(({ size, ...rest }, place) => {
      upTo += size;
      return { ...rest, upTo: place === parts.length - 1 ? null : upTo };
    });
  });
const prices: fc.Arbitrary<Priced> = fc.oneof(
  money.map((amount) => ({ amount })),
  fc.record({ amount: money, size: fc.integer({ min: 1, max: 12 }) }).map((one) => ({
    amount: null,
    rate: { kind: "package" as const, ...one },
  })),
  fc.record({ kind: fc.constantFrom("graduated" as const, "volume" as const), tiers }).map((rate) => ({
    amount: null,
    rate,
  })),
);

it("is the last number up to which no number costs more, by any kind of price", () => {
  fc.assert(
    fc.property(prices, fc.integer({ min: 0, max: 400 }), (price, budget) => {
      const most = mostUnitsFor(price, budget);
      const cost = (units: number) => costOf(price, units) ?? Number.NaN;
      for (let units = 1; units <= Math.min(most, 120); units += 1) {
        expect(cost(units)).toBeLessThanOrEqual(budget);
      }
      if (most < 120) expect(cost(most + 1)).toBeGreaterThan(budget);
    }),
  );
});

it("is nothing where nobody knows the price, and any number where it costs nothing", () => {
  expect(mostUnitsFor({ amount: null }, 1_000)).toBe(0);
  expect(mostUnitsFor({ amount: 0 }, 0)).toBe(Number.POSITIVE_INFINITY);
});
