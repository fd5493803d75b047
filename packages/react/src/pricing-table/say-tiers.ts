import type { PriceRate } from "@tollgate/core";
import type { RateWords } from "./pricing-table-messages.js";

/** The English words for a price by tiers or packages. */
export function sayTiers(rate: PriceRate, { money, count, included }: RateWords): string {
  if (rate.kind === "package") return `${money(rate.amount)} per ${count(rate.size)}`;
  let below = 0;
  const said = rate.tiers.map(({ upTo, perUnit, flat }) => {
    const isMore = below > 0 && rate.kind === "graduated";
    const unit = included === undefined ? "per seat" : "each";
    const both = [flat && money(flat) + (isMore ? " more" : ""), perUnit && `${money(perUnit)} ${unit}`];
    const price = both.filter(Boolean).join(" and ");
    const from = below + 1;
    below = upTo ?? 0;
    if (from === 1 && !perUnit && upTo !== null) return `${count(upTo)} seats included`;
    if (rate.kind === "volume") return from === 1 ? price : `${price} for ${count(from)} or more`;
    return `${isMore ? "then " : ""}${price}${upTo === null ? "" : ` up to ${count(upTo)}`}`;
  });
  return said.slice(included ? 1 : 0).join(said.length > 2 ? "\n" : ", ");
}
