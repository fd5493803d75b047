import { BillingError, type Catalog, type CheckoutOffer, findPlan, introCost } from "@tollgate/core";
import { toCouponForSale } from "../catalog/intro-coupons.js";
import { couponMismatch, readCoupon } from "../catalog/push-coupon.js";
import type { CallStripe } from "../client/stripe-client.js";
import type { StripeNames } from "../language/names.js";
import { fromStripeAmount, toStripeAmount } from "../language/stripe-amount.js";

/**
 * The coupon that does what the offer's intro says; `null`: it has none.
 *
 * @throws BillingError `price_not_pushed`
 */
export async function findIntro(
  { call, names }: { readonly call: CallStripe; readonly names: StripeNames },
  offer: CheckoutOffer,
  catalog: Catalog,
): Promise<string | null> {
  if (offer.kind === "product" || offer.intro === undefined) return null;
  const name = findPlan(catalog, offer.planId)?.name ?? offer.planId;
  const wanted = toCouponForSale(names, name, { ...offer, intro: offer.intro });
  const coupon = await readCoupon(call, wanted.id);
  const problem = coupon === null ? `there is no coupon ${wanted.id}` : couponMismatch(coupon, wanted);
  if (problem !== null) throw introNotPushed(offer.planId, problem);
  return wanted.id;
}

/** @param what in words */
export function introNotPushed(planId: string, what: string, cause?: unknown): BillingError {
  return new BillingError(
    "price_not_pushed",
    `The intro of the plan ${planId} can't be sold: ${what}. Run billing.pushPlans() once after each change of the catalog.`,
    { details: { planId }, cause },
  );
}

/** What the first payment for all of the plan is, in Stripe's amounts. */
export function firstPayment(offer: CheckoutOffer, regular: number, currency: string): number {
  if (offer.kind === "product" || offer.intro === undefined) return regular;
  const amount = introCost(offer.intro, fromStripeAmount(regular, currency));
  return toStripeAmount({ amount, currency }, `of the intro of ${offer.planId}`);
}
