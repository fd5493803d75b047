import { shareOf } from "../money/share.js";
import type { InvoiceLine } from "../world/wire.js";

type Tax = NonNullable<InvoiceLine["taxes"]>[number];

/** A rate as it applies to one line; `percent` is 0 for whoever need not pay it. */
export type AppliedRate = {
  id: string;
  percent: number;
  inclusive: boolean;
  reason: Tax["taxability_reason"];
};

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/**
 * The taxes on what a line costs after its discounts, each rounded separately. Inclusive rates are taken out
 * of the amount together; exclusive ones come on top of what then remains. A credit's taxes are negative.
 */
export const taxLine = (amount: number, rates: readonly AppliedRate[]): Tax[] => {
  const included = sum(rates.map((rate) => (rate.inclusive ? rate.percent : 0)));
  const contained = rates.map((rate) => (rate.inclusive ? shareOf(amount, rate.percent, 100 + included) : 0));
  const net = amount - sum(contained);
  return rates.map((rate, index) => ({
    amount: rate.inclusive ? (contained[index] ?? 0) : shareOf(net, rate.percent, 100),
    tax_behavior: rate.inclusive ? "inclusive" : "exclusive",
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: rate.reason,
    taxable_amount: rate.percent === 0 ? 0 : net,
    type: "tax_rate_details",
  }));
};

/** The part of the taxes that an amount already contains. */
export const includedTax = (taxes: readonly Tax[]): number =>
  sum(taxes.map((tax) => (tax.tax_behavior === "inclusive" ? tax.amount : 0)));

/** The part of the taxes that comes on top. */
export const addedTax = (taxes: readonly Tax[]): number =>
  sum(taxes.map((tax) => (tax.tax_behavior === "exclusive" ? tax.amount : 0)));
