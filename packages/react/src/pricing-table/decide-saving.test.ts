import { definePlans, describePlans } from "@tollgate/core";
import { expect, test } from "vitest";
import { decideSaving } from "./decide-saving.js";

function saving(...plans: readonly (readonly [month: number, year: number])[]) {
  const entries = plans.map(([month, year], index) => [
    `p${index}`,
    { name: "Plan", prices: { month: { usd: month }, year: { usd: year } }, includes: {} },
  ]);
  return decideSaving(describePlans(definePlans({ features: {}, plans: Object.fromEntries(entries) })).plans);
}

test.each([
  [
    "whole months, the same for each plan, are said as months",
    [
      [2900, 29000],
      [900, 9000],
    ],
    { kind: "months", months: 2 },
  ],
  [
    "an uneven saving is a percentage, rounded down",
    [[1000, 10001]],
    { kind: "percent", percent: 16, upTo: false },
  ],
  [
    "different savings say up to",
    [
      [1000, 9600],
      [2000, 20000],
    ],
    { kind: "percent", percent: 20, upTo: true },
  ],
  ["no saving claims nothing", [[1000, 12000]], null],
  ["a year that costs more claims nothing", [[1000, 13000]], null],
  ["less than one percent claims nothing", [[1000, 11990]], null],
] as const)("%s", (_, plans, expected) => {
  expect(saving(...plans)).toEqual(expected);
});

test("plans without both intervals claim nothing", () => {
  const plans = definePlans({
    features: {},
    plans: {
      free: { name: "Free", includes: {} },
      pro: { name: "Pro", prices: { month: { usd: 1 } }, includes: {} },
    },
  });
  expect(decideSaving(describePlans(plans).plans)).toBeNull();
});
