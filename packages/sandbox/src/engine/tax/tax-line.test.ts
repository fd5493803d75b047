import { describe, expect, it } from "vitest";
import { type AppliedRate, addedTax, includedTax, taxLine } from "./tax-line.js";

const rate = (percent: number, inclusive: boolean, id = `txr_${percent}`): AppliedRate => ({
  id,
  percent,
  inclusive,
  reason: "standard_rated",
});

describe("the taxes on a line", () => {
  it.each([
    ["20% on top", 1000, [rate(20, false)], [200], 1000],
    ["20% inside", 1200, [rate(20, true)], [200], 1000],
    ["8.25% on top, half a cent up", 1000, [rate(8.25, false)], [83], 1000],
    ["7% of 50, half a cent up", 50, [rate(7, false)], [4], 50],
    ["two on top, each rounded for itself", 999, [rate(5, false), rate(9.975, false)], [50, 100], 999],
    ["two inside, taken out together", 1150, [rate(5, true), rate(10, true)], [50, 100], 1000],
    ["one inside and one on top of what remains", 1100, [rate(10, true), rate(5, false)], [100, 50], 1000],
    ["a credit, mirrored", -1000, [rate(8.25, false)], [-83], -1000],
    ["yen, which have no cents", 1001, [rate(10, false)], [100], 1001],
    ["dinars, which have a thousand fils", 12_345, [rate(5, true)], [588], 11_757],
    ["nothing", 0, [rate(20, false)], [0], 0],
  ])("are right for %s", (_, amount, rates, taxes, taxable) => {
    const found = taxLine(amount, rates);
    expect(found.map((tax) => tax.amount)).toEqual(taxes);
    expect(found.map((tax) => tax.taxable_amount)).toEqual(rates.map(() => taxable));
  });

  it("distinguish what is contained in the amount from what comes on top", () => {
    const taxes = taxLine(1100, [rate(10, true), rate(5, false)]);
    expect([includedTax(taxes), addedTax(taxes)]).toEqual([100, 50]);
  });

  it("are zero, with the reason, for whoever need not pay them", () => {
    expect(taxLine(1000, [{ ...rate(0, false), reason: "reverse_charge" }])).toEqual([
      {
        amount: 0,
        tax_behavior: "exclusive",
        tax_rate_details: { tax_rate: "txr_0" },
        taxability_reason: "reverse_charge",
        taxable_amount: 0,
        type: "tax_rate_details",
      },
    ]);
  });
});
