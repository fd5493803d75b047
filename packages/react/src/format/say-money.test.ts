import { expect, test } from "vitest";
import { sayMoney } from "./say-money.js";

test.each([
  ["ar", "\u2068\u200f29\u00a0\u2068US$\u2069\u2069"],
  ["he", "\u2068\u200f29\u00a0\u200f$\u2069"],
  ["en", "$29"],
  ["de", "29\u00a0$"],
])("isolates amounts and their Latin symbols in right-to-left text only: %s", (locale, expected) => {
  expect(sayMoney({ amount: 2900, currency: "usd" }, locale)).toBe(expected);
});
