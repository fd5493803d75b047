import { expect, test } from "vitest";
import { type PlanBill, switchTime } from "./switch-time.js";

const monthly = (total: number | null): PlanBill => ({ interval: "month", total });
const yearly = (total: number | null): PlanBill => ({ interval: "year", total });

test.each([
  ["more money, now", monthly(900), monthly(2900), "now"],
  ["as much money, now", monthly(900), monthly(900), "now"],
  ["less money, later", monthly(2900), monthly(900), "period_end"],
  ["a longer interval, now", monthly(2900), yearly(29_000), "now"],
  ["a shorter interval, later", yearly(29_000), monthly(2900), "period_end"],
  ["a shorter interval that costs more, later all the same", yearly(900), monthly(2900), "period_end"],
  ["amounts that nobody knows", monthly(null), monthly(900), null],
  ["an amount that nobody knows, of a shorter interval", yearly(null), monthly(900), "period_end"],
] as const)("%s", (_, from, to, expected) => {
  expect(switchTime(from, to)).toBe(expected);
});
