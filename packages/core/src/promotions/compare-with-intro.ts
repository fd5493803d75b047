import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import { introCost } from "../language/intro-terms.js";
import type { Promotion } from "./promotion-code.js";

/** The intro whose place a code takes, for whoever would be better off without the code. */
export interface ReplacedIntro {
  /** What each of the first payments would be with the intro and without the code, before taxes, in minor units. */
  readonly discounted: number;
  readonly discountedPayments: number;
  /** Whether the intro saves more or less than the code does, over all payments that either of them reduces. */
  readonly saves: "more" | "less" | "same";
}

/** @returns `null` where the offer has no intro */
export function compareWithIntro(
  offer: CheckoutOffer,
  promotion: Promotion,
  planAmount: number,
): ReplacedIntro | null {
  if (offer.kind === "product" || offer.intro === undefined) return null;
  const off = planAmount - introCost(offer.intro, planAmount);
  const { payments } = offer.intro;
  const byCode = savedByCode(promotion);
  const byIntro = off * payments;
  const saves = byIntro > byCode ? "more" : byIntro < byCode ? "less" : "same";
  return { discounted: promotion.regular - off, discountedPayments: payments, saves };
}

/** What a code saves over all payments that it reduces, in minor units. */
export function savedByCode({ regular, discounted, discountedPayments }: Promotion): number {
  return discounted === regular ? 0 : (regular - discounted) * (discountedPayments ?? Infinity);
}
