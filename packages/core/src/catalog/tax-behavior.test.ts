import { expect, it } from "vitest";
import { taxBehaviorIn } from "./tax-behavior.js";

it.each([
  [undefined, "usd", null],
  ["inclusive", "usd", "inclusive"],
  [{ eur: "inclusive" }, "eur", "inclusive"],
  [{ eur: "inclusive" }, "usd", null],
  [{ eur: "inclusive" }, "toString", null],
] as const)("of %j, prices in %s contain tax: %s", (given, currency, expected) => {
  expect(taxBehaviorIn(given, currency)).toBe(expected);
});
