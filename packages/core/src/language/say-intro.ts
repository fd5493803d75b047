import type { IntroTerms } from "./intro-terms.js";

/**
 * What an intro takes off, in a few English words: for logs and comparisons, not for customers.
 *
 * @param money writes an amount in minor units
 * @example
 * sayIntro({ percentOff: 50, amountOff: null, payments: 3 }, String); // "50% off the first 3 payments"
 */
export function sayIntro(
  { percentOff, amountOff, payments }: IntroTerms,
  money: (amount: number) => string,
): string {
  const off = amountOff === null ? `${percentOff}%` : money(amountOff);
  return `${off} off ${payments === 1 ? "the first payment" : `the first ${payments} payments`}`;
}
