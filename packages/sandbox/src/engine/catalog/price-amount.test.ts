import { describe, expect, it } from "vitest";
import { platformAccount } from "../accounts/platform-account.js";
import type { Price, PriceTier } from "../world/wire.js";
import { createWorld } from "../world/world.js";
import { piecesOf } from "./price-amount.js";

const tier = (up_to: number | null, unit: string | null, flat: string | null = null): PriceTier => ({
  flat_amount: null,
  flat_amount_decimal: flat,
  unit_amount: null,
  unit_amount_decimal: unit,
  up_to,
});

const price = (fields: Partial<Price>): Price => ({
  id: "price_1",
  object: "price",
  active: true,
  billing_scheme: "per_unit",
  created: 0,
  currency: "usd",
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  metadata: {},
  nickname: null,
  product: "prod_1",
  recurring: null,
  tax_behavior: "unspecified",
  tiers_mode: null,
  transform_quantity: null,
  type: "one_time",
  unit_amount: null,
  unit_amount_decimal: null,
  ...fields,
});

const amounts = (
  fields: Partial<Price>,
  quantity: number | string,
  tiers: PriceTier[] | null = null,
): number[] => {
  const world = createWorld(platformAccount(0));
  world.hidden.priceParts.price_1 = { tiers, currency_options: {} };
  return piecesOf(world, price(fields), quantity).map((piece) => piece.amount);
};

const steps = [tier(10, "500", "1000"), tier(20, "400"), tier(null, "0.5", "99")];

describe("a price's amount", () => {
  it.each<[string, number | string, number[]]>([
    ["graduated", 0, [0, 1000]],
    ["graduated", 1, [500, 1000]],
    ["graduated", 10, [5000, 1000]],
    ["graduated", 11, [5000, 1000, 400]],
    ["graduated", 20, [5000, 1000, 4000]],
    ["graduated", 21, [5000, 1000, 4000, 1, 99]],
    ["graduated", "10.25", [5000, 1000, 100]],
    ["volume", 0, [0, 1000]],
    ["volume", 10, [5000, 1000]],
    ["volume", 11, [4400]],
    ["volume", 20, [8000]],
    ["volume", 21, [11, 99]],
  ])("in %s tiers for %s is %j", (mode, quantity, expected) => {
    expect(amounts({ billing_scheme: "tiered", tiers_mode: mode }, quantity, steps)).toEqual(expected);
  });

  it.each<[string, number | string, number]>([
    ["0.5", 1, 1],
    ["0.4999", 1, 0],
    ["0.000000000001", 499_999_999_999, 0],
    ["0.000000000001", 500_000_000_000, 1],
    ["1.005", 100, 101],
    ["33.333333333333", 3, 100],
    ["99999999", 999_999, 99_999_899_000_001],
  ])("of %s times %s is %s, exactly and rounded half up", (unit, quantity, expected) => {
    expect(amounts({ unit_amount_decimal: unit }, quantity)).toEqual([expected]);
  });

  it.each([
    ["up", 0, 0],
    ["up", 1, 800],
    ["up", 60, 800],
    ["up", 61, 1600],
    ["down", 59, 0],
    ["down", 119, 800],
  ])("in packages of 60, rounded %s, for %s is %s", (round, quantity, expected) => {
    expect(
      amounts({ unit_amount_decimal: "800", transform_quantity: { divide_by: 60, round } }, quantity),
    ).toEqual([expected]);
  });
});
