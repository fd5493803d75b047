import type { PriceRate } from "../language/price-rate.js";

/**
 * How many seats are paid for by what is billed: its quantity, and what more a base, a tier or a package that is begun
 * contains without costing more. What the quantity charges and what access allows come from this one number.
 *
 * @returns `Infinity` where any number costs the same
 * @example
 * paidSeats({ quantity: 7 }); // 7
 * paidSeats({ quantity: 7, rate: { kind: "package", amount: 5000, size: 5 } }); // 10
 */
export function paidSeats({
  quantity,
  rate,
}: {
  readonly quantity: number;
  readonly rate?: PriceRate | undefined;
}): number {
  if (rate === undefined) return quantity;
  if (rate.kind === "package") return Math.ceil(quantity / rate.size) * rate.size;
  let paid = quantity;
  let isEntered = false;
  for (const { upTo, perUnit, flat } of rate.tiers) {
    const end = upTo ?? Number.POSITIVE_INFINITY;
    if (end < quantity) continue;
    if (perUnit > 0 || (isEntered && flat > 0)) break;
    paid = end;
    isEntered = true;
    // Of all at one price, the next tier has another one.
    if (rate.kind === "volume") break;
  }
  return paid;
}
