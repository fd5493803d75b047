import { expect, it } from "vitest";
import type { Interval } from "../language/interval.js";
import { monthlyAmount } from "./monthly-amount.js";

it.each<[number, Interval, number]>([
  [2_900, "month", 2_900],
  [29_000, "year", 2_417],
  [8_100, "3_months", 2_700],
  [72_000, "3_years", 2_000],
  [1_000, "week", 4_333],
  [1_200, "week", 5_200],
  [2_400, "2_weeks", 5_200],
  [100, "day", 3_042],
])("%i for each %s is %i in an average month", (amount, interval, monthly) => {
  expect(Math.round(monthlyAmount(amount, interval))).toBe(monthly);
});

it("loses nothing of a sum by rounding its parts", () => {
  const twelve = Array.from({ length: 12 }, () => monthlyAmount(1, "year"));
  expect(Math.round(twelve.reduce((sum, one) => sum + one, 0))).toBe(1);
});
