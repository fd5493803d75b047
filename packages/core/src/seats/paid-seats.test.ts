import { expect, it } from "vitest";
import type { PriceRate } from "../language/price-rate.js";
import { paidSeats } from "./paid-seats.js";

const base: PriceRate = {
  kind: "graduated",
  tiers: [
    { upTo: 5, perUnit: 0, flat: 4_900 },
    { upTo: null, perUnit: 900, flat: 0 },
  ],
};
const steps: PriceRate = {
  kind: "graduated",
  tiers: [
    { upTo: 10, perUnit: 0, flat: 5_000 },
    { upTo: 20, perUnit: 0, flat: 4_000 },
    { upTo: null, perUnit: 0, flat: 0 },
  ],
};
const volume: PriceRate = {
  kind: "volume",
  tiers: [
    { upTo: 10, perUnit: 0, flat: 5_000 },
    { upTo: null, perUnit: 700, flat: 0 },
  ],
};
const packs: PriceRate = { kind: "package", amount: 5_000, size: 5 };

it.each<[string, number, PriceRate | undefined, number]>([
  ["each costs the same", 7, undefined, 7],
  ["a base contains more", 2, base, 5],
  ["a base contains just these", 5, base, 5],
  ["a base contains fewer", 7, base, 7],
  ["a package is begun", 6, packs, 10],
  ["packages are full", 10, packs, 10],
  ["a tier has one amount", 3, steps, 10],
  ["the next tier costs more", 10, steps, 10],
  ["the next tier costs nothing more, without end", 11, steps, Number.POSITIVE_INFINITY],
  ["the tier that is reached prices all", 4, volume, 10],
  ["all are priced each", 12, volume, 12],
])("where %s, %i with %o pay for %s", (_, quantity, rate, paid) => {
  expect(paidSeats({ quantity, rate })).toBe(paid);
});
