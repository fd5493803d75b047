import type { PriceRate, PriceTier } from "./price-rate.js";

/**
 * A rate in words, for whoever runs the app.
 *
 * @param money Writes an amount in minor units.
 * @example
 * const tiers = [{ upTo: 5, perUnit: 0, flat: 4900 }, { upTo: null, perUnit: 900, flat: 0 }];
 * sayRate({ kind: "graduated", tiers }, (amount) => `$${amount / 100}`); // "$49 up to 5, then $9 each"
 */
export function sayRate(rate: PriceRate, money: (amount: number) => string): string {
  if (rate.kind === "package") return `${money(rate.amount)} per ${rate.size} begun`;
  const joint = rate.kind === "graduated" ? ", then " : ", or for more than that ";
  const parts = rate.tiers.map((tier) => {
    const end = tier.upTo === null ? "" : ` up to ${tier.upTo}`;
    return `${sayTier(tier, money)}${end}`;
  });
  return parts.join(joint);
}

function sayTier({ perUnit, flat }: PriceTier, money: (amount: number) => string): string {
  if (flat === 0) return perUnit === 0 ? "nothing" : `${money(perUnit)} each`;
  return perUnit === 0 ? money(flat) : `${money(flat)} and ${money(perUnit)} each`;
}
