/** Percentages have up to four decimals; two more keep what a caller works out itself exact enough. */
const scale = 1_000_000;

const scaled = (value: number): bigint => BigInt(Math.round(value * scale));

/**
 * `amount × part ÷ whole` in whole minor units, halves rounded away from zero. Worked out in integers, because
 * 250 × 8.2 ÷ 100 is 20.5 and not the 20.499999999999996 that floating point makes of it.
 *
 * @throws RangeError if `whole` is zero.
 */
export const shareOf = (amount: number, part: number, whole: number): number => {
  const product = BigInt(amount) * scaled(part);
  const divisor = scaled(whole);
  const magnitude = product < 0n ? -product : product;
  const rounded = Number((2n * magnitude + divisor) / (2n * divisor));
  return product < 0n && rounded !== 0 ? -rounded : rounded;
};

/**
 * `amount × part ÷ whole` in whole minor units for a part of a period. A half goes down, whatever the sign: Stripe
 * asks 4 for 4.5 and gives back 3 for 2.5. https://docs.stripe.com/billing/subscriptions/prorations
 *
 * @throws RangeError if `whole` is zero.
 */
export const proratedShare = (amount: number, part: number, whole: number): number => {
  const product = BigInt(amount) * scaled(part);
  const divisor = scaled(whole);
  // The nearest whole number, and the lower of two that are as near: ⌈(2p − d) ÷ 2d⌉, in a division that cuts off.
  const numerator = 2n * product - divisor;
  const cut = numerator / (2n * divisor);
  return Number(numerator > 0n && numerator % (2n * divisor) !== 0n ? cut + 1n : cut);
};

/** Moves what doesn't fit a line's weight to the lines before it. */
const putRest = (parts: number[], weights: readonly number[], rest: number): void => {
  for (let index = parts.length - 1, left = rest; index >= 0 && left > 0; index--) {
    const more = Math.min(left, (weights[index] ?? 0) - (parts[index] ?? 0));
    parts[index] = (parts[index] ?? 0) + more;
    left -= more;
  }
};

/**
 * Spreads an amount over weights in proportion: each part is rounded down and the last takes the rest, as far as
 * its weight goes. The parts sum to the amount, or to the weights if the amount exceeds them. All are whole and not
 * negative. https://docs.stripe.com/billing/subscriptions/coupons
 */
export const spread = (amount: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const off = Math.min(amount, sum);
  const parts = weights.map((weight) => Number((BigInt(off) * BigInt(weight)) / BigInt(sum)));
  putRest(parts, weights, off - parts.reduce((total, part) => total + part, 0));
  return parts;
};
