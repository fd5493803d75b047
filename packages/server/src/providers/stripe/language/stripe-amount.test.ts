import { BillingError } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import { fromStripeAmount, toStripeAmount } from "./stripe-amount.js";

describe("amounts at Stripe", () => {
  it.each([
    ["usd", 2900, 2900],
    ["jpy", 500, 500],
    ["huf", 1045, 1045],
    ["twd", 80_045, 80_045],
    ["isk", 5, 500],
    ["ugx", 5, 500],
    ["mga", 500, 5],
    ["kwd", 5120, 5120],
    ["bhd", 0, 0],
  ])("in %s: our %i is its %i", (currency, ours, stripes) => {
    expect(toStripeAmount({ amount: ours, currency }, "pro")).toBe(stripes);
    expect(fromStripeAmount(stripes, currency)).toBe(ours);
  });

  it.each([
    ["kwd", 5124, 10],
    ["bhd", 1, 10],
    ["jod", 15, 10],
    ["omr", 999, 10],
    ["tnd", 12_345, 10],
    ["mga", 550, 100],
    ["mga", 1, 100],
  ])("refuse in %s our %i, which is not a multiple of %i", (currency, amount, step) => {
    const refused = () => toStripeAmount({ amount, currency }, "tollgate:plan:pro");
    expect(refused).toThrow(BillingError);
    expect(refused).toThrow(
      expect.objectContaining({
        code: "invalid_catalog",
        details: { price: "tollgate:plan:pro", amount, currency, step },
      }),
    );
  });

  it("round what was made by hand with a fraction of a króna", () => {
    expect([fromStripeAmount(549, "isk"), fromStripeAmount(550, "isk")]).toEqual([5, 6]);
  });

  const currencies = Intl.supportedValuesOf("currency").map((code) => code.toLowerCase());

  it.each(currencies)("come back from Stripe as they went, in %s", (currency) => {
    for (const whole of [0, 1, 7, 29, 999, 12_345, 900_719_925_474]) {
      // A multiple of every step that there is.
      const amount = whole * 100;
      expect(fromStripeAmount(toStripeAmount({ amount, currency }, "pro"), currency)).toBe(amount);
    }
  });
});
