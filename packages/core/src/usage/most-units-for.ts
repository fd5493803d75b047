import { costOf, type Priced } from "../language/price-rate.js";

/**
 * How many units can be had without their price ever exceeding a sum, whatever becomes cheaper again beyond that.
 *
 * @param budget in minor units
 * @returns `Infinity` where any number fits; 0 where nobody knows the price
 * @example
 * mostUnitsFor({ amount: 250 }, 1000); // 4
 */
export function mostUnitsFor(price: Priced, budget: number): number {
  const exceeds = (units: number) => !(Math.round(costOf(price, units) ?? Number.NaN) <= budget);
  let below = 0;
  for (const end of endsOf(price)) {
    if (exceeds(below + 1)) return below;
    if (exceeds(end)) return lastWithin(below + 1, end, exceeds);
    below = end;
  }
  return Number.POSITIVE_INFINITY;
}

/** Within each of these spans more never costs less. */
function endsOf({ rate }: Priced): readonly number[] {
  const tiers = rate === undefined || rate.kind === "package" ? [{ upTo: null }] : rate.tiers;
  return tiers.map(({ upTo }) => upTo ?? Number.MAX_SAFE_INTEGER);
}

function lastWithin(fits: number, tooMany: number, exceeds: (units: number) => boolean): number {
  let [low, high] = [fits, tooMany];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (exceeds(middle)) high = middle;
    else low = middle;
  }
  return low;
}
