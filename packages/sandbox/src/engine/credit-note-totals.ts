import type { CreditNote, CreditNoteLine } from "./wire.js";

/** A credit note's `total_taxes`, one entry per rate. */
export const totalTaxes = (lines: CreditNoteLine[]): NonNullable<CreditNote["total_taxes"]> => {
  const byRate = new Map<string, NonNullable<CreditNote["total_taxes"]>[number]>();
  for (const tax of lines.flatMap((line) => line.taxes ?? [])) {
    const key = `${tax.tax_rate_details?.tax_rate}/${tax.tax_behavior}`;
    const known = byRate.get(key);
    if (!known) byRate.set(key, structuredClone(tax));
    else {
      known.amount += tax.amount;
      known.taxable_amount = (known.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    }
  }
  return [...byRate.values()];
};

/** A credit note's `discount_amounts`, one entry per discount. */
export const discountsOf = (lines: CreditNoteLine[]): CreditNote["discount_amounts"] => {
  const byId = new Map<string, number>();
  for (const { amount, discount } of lines.flatMap((line) => line.discount_amounts))
    byId.set(discount as string, (byId.get(discount as string) ?? 0) + amount);
  return [...byId].map(([discount, amount]) => ({ amount, discount }));
};
