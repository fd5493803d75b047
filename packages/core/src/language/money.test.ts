import { describe, expect, it } from "vitest";
import { formatMoney, isMinorUnits, minorUnitDigits } from "./money.js";

/** Locales use several kinds of space as separators; which one is not our promise. */
const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("formatMoney", () => {
  it.each([
    [2900, "usd", "en", "$29"],
    [2950, "usd", "en", "$29.50"],
    [2905, "usd", "en", "$29.05"],
    [0, "usd", "en", "$0"],
    [-2900, "usd", "en", "-$29"],
    [123_456_789, "usd", "en", "$1,234,567.89"],
    [2950, "eur", "de", "29,50 €"],
    [2900, "eur", "fr", "29 €"],
    [2950, "brl", "pt-BR", "R$ 29,50"],
    [2900, "jpy", "ja", "¥2,900"],
    [2900, "cny", "zh-CN", "¥29"],
    [2900, "jpy", "en", "¥2,900"],
    [2500, "kwd", "en", "KWD 2.500"],
    [2000, "kwd", "en", "KWD 2"],
    [100_000, "huf", "en", "HUF 1,000"],
    [100_050, "huf", "en", "HUF 1,000.50"],
    [2900, "USD", "en", "$29"],
  ])("writes %i %s in %s as %s", (amount, currency, locale, text) => {
    expect(plain(formatMoney({ amount, currency }, locale)).replace("￥", "¥")).toBe(text);
  });

  it("keeps every digit of the largest amount", () => {
    expect(formatMoney({ amount: Number.MAX_SAFE_INTEGER, currency: "jpy" }, "en")).toBe(
      "¥9,007,199,254,740,991",
    );
  });

  it("throws for what is not a currency", () => {
    expect(() => formatMoney({ amount: 1, currency: "dollars" }, "en")).toThrow(RangeError);
  });
});

describe("minorUnitDigits", () => {
  it.each([
    ["usd", 2],
    ["jpy", 0],
    ["krw", 0],
    ["kwd", 3],
    ["clf", 4],
    // Intl says 0 for these in some runtimes; providers bill them in hundredths.
    ["huf", 2],
    ["idr", 2],
  ])("follows ISO 4217: %s has %i", (currency, digits) => {
    expect(minorUnitDigits(currency)).toBe(digits);
  });
});

describe("isMinorUnits", () => {
  it("takes whole amounts from zero up", () => {
    expect([0, 1, 2900, Number.MAX_SAFE_INTEGER].every(isMinorUnits)).toBe(true);
  });

  it("refuses everything else", () => {
    const wrong = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "2900", null, undefined, 29n];
    expect(wrong.some(isMinorUnits)).toBe(false);
  });
});
