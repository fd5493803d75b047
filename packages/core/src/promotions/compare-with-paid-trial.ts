import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import { savedByCode } from "./compare-with-intro.js";
import { paymentAt } from "./discounted-payments.js";
import type { Promotion } from "./promotion-code.js";

/** The paid trial whose place a code takes, for whoever would be better off without the code. */
export interface ReplacedTrial {
  /** What it costs without the code, before taxes, in minor units. */
  readonly price: number;
  readonly days: number;
  /**
   * Whether the trial saves more or less than the code does. It saves what its days are worth of the first period at the
   * full price, less what it costs.
   */
  readonly saves: "more" | "less" | "same";
}

/**
 * Compares a code with the trial that is paid for and whose place it takes.
 *
 * @param offer as it would be without the code
 * @param promotion what the code does to the offer without its trial
 * @returns `null` where the offer has no such trial
 * @example
 * function isWorthIt(offer: CheckoutOffer, promotion: Promotion): boolean {
 *   return compareWithPaidTrial(offer, promotion, new Date())?.saves !== "more";
 * }
 */
export function compareWithPaidTrial(
  offer: CheckoutOffer,
  promotion: Promotion,
  now: Date,
): ReplacedTrial | null {
  if (offer.kind === "product" || offer.trialPrice === undefined) return null;
  const { trialDays: days, trialPrice: price, interval } = offer;
  const period = (paymentAt(now, interval, 1).getTime() - now.getTime()) / dayMs;
  const byTrial = Math.round(promotion.regular * (days / period)) - price;
  const byCode = savedByCode(promotion);
  return { price, days, saves: byTrial > byCode ? "more" : byTrial < byCode ? "less" : "same" };
}

const dayMs = 86_400_000;
