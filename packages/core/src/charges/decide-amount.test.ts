import { describe, expect, it } from "vitest";
import { decideAmount } from "./decide-amount.js";

describe("decideAmount", () => {
  it.each([null, "usd"])("takes an amount of a customer who is bound to %s", (required) => {
    expect(decideAmount({ amount: 1, currency: "usd", required })).toEqual({ amount: 1, currency: "usd" });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "100" as unknown as number])(
    "refuses %s, which is no amount",
    (amount) => {
      expect(() => decideAmount({ amount, currency: "usd", required: null })).toThrow(
        expect.objectContaining({ code: "invalid_options" }),
      );
    },
  );

  it.each(["", "USD", "dollars", 840 as unknown as string])(
    "refuses %s, which is no currency",
    (currency) => {
      expect(() => decideAmount({ amount: 1, currency, required: null })).toThrow(
        expect.objectContaining({ code: "invalid_options" }),
      );
    },
  );

  it("refuses another currency than the customer's", () => {
    expect(() => decideAmount({ amount: 1, currency: "eur", required: "usd" })).toThrow(
      expect.objectContaining({ code: "currency_conflict", status: 409, details: { required: "usd" } }),
    );
  });
});
