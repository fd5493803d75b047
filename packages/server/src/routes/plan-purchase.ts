import type { CheckoutChoice, CheckoutKind, CheckoutOffer, Promotion } from "@tollgate/core";
import type { CheckoutContext } from "../checkouts/checkout-options.js";
import { decideOffer, slotOf, withoutIntro, withoutPaidTrial } from "../checkouts/decide-offer.js";
import type { Buyer, CheckoutPlan } from "../checkouts/open-checkout.js";
import { fingerprintOf, type Landing } from "../checkouts/plan-checkout.js";
import { requirePromotion } from "../promotions/find-promotion.js";

/** What was asked for. */
export interface CheckoutWish {
  readonly choice: CheckoutChoice;
  readonly kind: CheckoutKind;
  readonly landing: Landing;
  readonly promotionCode: string | null;
}

/** What is sold, and what a code makes of it. */
type Purchase = Pick<CheckoutPlan, "offer" | "promotion">;

/**
 * Decides about what was asked for by what is stored and what the provider says now.
 *
 * @throws BillingError as `decideCheckout`; `promotion_code_refused`, `not_supported`
 */
export async function decidePurchase(
  context: CheckoutContext,
  customerId: string,
  wish: CheckoutWish,
): Promise<Purchase> {
  const decided = await decideOffer(context, customerId, wish.choice);
  const offer = wish.promotionCode === null ? decided : withoutPaidTrial(decided);
  const promotion = await decidePromotionOf(context, customerId, offer, wish);
  return { offer: promotion === null ? offer : withoutIntro(offer), promotion };
}

/** What the code that was given makes of an offer; `null`: none was. */
export async function decidePromotionOf(
  context: CheckoutContext,
  customerId: string,
  offer: CheckoutOffer,
  { promotionCode: code }: CheckoutWish,
): Promise<Promotion | null> {
  return code === null ? null : requirePromotion(context, customerId, offer, code);
}

/** The same as a checkout that may be opened. */
export async function toPlan(
  context: CheckoutContext,
  buyer: Buyer,
  purchase: Purchase,
  { kind, landing }: CheckoutWish,
): Promise<CheckoutPlan> {
  const fingerprint = await fingerprintOf(context, { ...purchase, kind }, landing);
  return { buyer, ...purchase, kind, slot: slotOf(purchase.offer), fingerprint, ...landing };
}
