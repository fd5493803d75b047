import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import { shareOf } from "../language/money.js";
import { compareWithIntro, type ReplacedIntro } from "./compare-with-intro.js";
import { discountedPayments } from "./discounted-payments.js";
import type { Promotion, PromotionCode, PromotionRefusal } from "./promotion-code.js";

/** Whether a code fits a purchase, and what it does to it. */
export type PromotionDecision =
  | {
      readonly fits: true;
      readonly promotion: Promotion;
      /** The intro of the offer, whose place the code takes. Absent: it has none. */
      readonly intro?: ReplacedIntro;
    }
  | {
      readonly fits: false;
      readonly reason: PromotionRefusal;
      /** What the first payment must come to, in minor units, where that is the reason. */
      readonly minimum: number | null;
    };

/** Who buys what. */
interface Purchase {
  readonly offer: CheckoutOffer;
  /** The price of all of the plan or product, per interval, in minor units. */
  readonly amount: number;
  /** The same of each add-on that is bought with it. @default none */
  readonly addOnAmounts?: Readonly<Record<string, number>>;
  /** `null`: the provider does not know them yet. */
  readonly providerCustomerId: string | null;
  /** Whether they ever paid the seller. */
  readonly hasPaid: boolean;
  readonly now: Date;
}

/** Those that say more about what could be done come later. */
const ranks: readonly PromotionRefusal[] = [
  "unknown",
  "other_customer",
  "inactive",
  "expired",
  "used_up",
  "other_plan",
  "other_currency",
  "first_purchase_only",
  "minimum_amount",
];

/**
 * Whether one of the codes that read alike fits this purchase: the customer's own before everybody's. A trial and a code
 * go together: the trial costs nothing, and the code reduces what is paid after it. An intro and a code don't: the code
 * takes its place, and the answer says which of them saves more. A minimum is compared with the first
 * payment, so that a code with one does not fit a plan that begins with a trial.
 *
 * @example
 * function isFree(codes: readonly PromotionCode[], offer: CheckoutOffer): boolean {
 *   const who = { providerCustomerId: null, hasPaid: false, now: new Date() };
 *   const decision = decidePromotion({ codes, offer, amount: 2900, ...who });
 *   return decision.fits && decision.promotion.dueNow === 0;
 * }
 */
export function decidePromotion({
  codes,
  ...purchase
}: Purchase & { readonly codes: readonly PromotionCode[] }): PromotionDecision {
  let best: PromotionDecision = { fits: false, reason: "unknown", minimum: null };
  const ownFirst = [...codes].sort(
    (a, b) => Number(b.providerCustomerId !== null) - Number(a.providerCustomerId !== null),
  );
  for (const code of ownFirst) {
    const reason = refusalOf(code, purchase);
    if (reason === null) return toFit(purchase, toPromotion(code, purchase));
    if (ranks.indexOf(reason) < ranks.indexOf(best.reason)) continue;
    const minimum = reason === "minimum_amount" ? (minimumIn(code, purchase) ?? null) : null;
    best = { fits: false, reason, minimum };
  }
  return best;
}

function toFit({ offer, amount }: Purchase, promotion: Promotion): PromotionDecision {
  const intro = compareWithIntro(offer, promotion, amount);
  return { fits: true, promotion, ...(intro !== null && { intro }) };
}

function refusalOf(code: PromotionCode, purchase: Purchase): PromotionRefusal | null {
  const { expiresAt, redemptionsLeft, providerCustomerId, amountsOff, minimums } = code;
  const { offer, now } = purchase;
  if (providerCustomerId !== null && providerCustomerId !== purchase.providerCustomerId)
    return "other_customer";
  if (expiresAt !== null && expiresAt <= now.toISOString()) return "expired";
  if (redemptionsLeft !== null && redemptionsLeft <= 0) return "used_up";
  if (!code.isActive) return "inactive";
  if (!code.covers) return "other_plan";
  if (amountsOff !== null && !Object.hasOwn(amountsOff, offer.currency)) return "other_currency";
  if (code.firstPurchaseOnly && purchase.hasPaid) return "first_purchase_only";
  if (minimums === null) return null;
  const minimum = minimumIn(code, purchase);
  if (minimum === undefined) return "other_currency";
  return (hasTrial(offer) ? 0 : totalOf(purchase)) < minimum ? "minimum_amount" : null;
}

function minimumIn({ minimums }: PromotionCode, { offer }: Purchase): number | undefined {
  return minimums !== null && Object.hasOwn(minimums, offer.currency) ? minimums[offer.currency] : undefined;
}

function hasTrial(offer: CheckoutOffer): boolean {
  return offer.kind === "subscription" && offer.trialDays > 0;
}

function toPromotion(code: PromotionCode, purchase: Purchase): Promotion {
  const { id, percentOff, duration, months } = code;
  const { offer, amount, addOnAmounts = {} } = purchase;
  const regular = totalOf(purchase);
  const reduced = Object.entries(addOnAmounts).filter(([id]) => code.addOns?.includes(id) ?? true);
  // A share is rounded once, of the sum of all that it reduces.
  const base = reduced.reduce((sum, [, one]) => sum + one, amount);
  const amountOff = code.amountsOff?.[offer.currency] ?? null;
  const discounted = regular - Math.min(base, amountOff ?? shareOf(base, percentOff ?? 0));
  const payments = paymentsOf(code, purchase);
  const dueNow = hasTrial(offer) ? 0 : payments === 0 ? regular : discounted;
  const terms = { percentOff, amountOff, duration, months };
  return { id, code: code.code, ...terms, dueNow, discounted, discountedPayments: payments, regular };
}

function totalOf({ amount, addOnAmounts = {} }: Purchase): number {
  return Object.values(addOnAmounts).reduce((sum, one) => sum + one, amount);
}

function paymentsOf({ duration, months }: PromotionCode, { offer, now }: Purchase): number | null {
  if (offer.kind === "product" || duration === "once") return 1;
  return duration === "forever" ? null : discountedPayments({ ...offer, months: months ?? 1, now });
}
