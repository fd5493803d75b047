import { shareOf } from "./money.js";

/** An intro in one currency. */
export interface IntroTerms {
  /** `null` where it takes off an amount. */
  readonly percentOff: number | null;
  /** Off each payment, in minor units; `null` where it takes off a part. */
  readonly amountOff: number | null;
  /** How many of the first payments are reduced. */
  readonly payments: number;
}

/**
 * What each of the first payments is, in minor units before taxes, to the unit what the invoice will say: a part is rounded
 * once, of the whole payment.
 *
 * @param regular What the payment would be without the intro, for all of the quantity: `costOf` says it.
 * @example
 * introCost({ percentOff: 50, amountOff: null }, 2900); // 1450
 */
export function introCost(
  { percentOff, amountOff }: Pick<IntroTerms, "percentOff" | "amountOff">,
  regular: number,
): number {
  return regular - Math.min(regular, amountOff ?? shareOf(regular, percentOff ?? 0));
}
