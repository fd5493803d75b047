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
 * Spreads an amount over weights in proportion, to the last minor unit: the parts always sum to the amount,
 * and none exceeds its weight unless the amount exceeds their sum. What rounding down leaves over goes to the
 * largest remainders, earlier ones first. All are whole and not negative.
 */
export const spread = (amount: number, weights: readonly number[]): number[] => {
  const whole = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
  if (whole === 0n) return weights.map(() => 0);
  const products = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = products.map((product) => Number(product / whole));
  const left = amount - parts.reduce((sum, part) => sum + part, 0);
  const remainders = products.map((product, index) => ({ index, rest: product % whole }));
  remainders.sort((one, other) => (one.rest === other.rest ? 0 : one.rest > other.rest ? -1 : 1));
  for (const { index } of remainders.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
};
