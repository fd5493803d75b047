import type { CheckoutOffer } from "@tollgate/core";
import type Stripe from "stripe";
import type { SoldPrice } from "../catalog/prices.js";
import { toStripeAmount } from "../language/stripe-amount.js";

/** What is paid for when a trial begins, in Stripe's amounts; 0 where it is free. */
export function trialPriceOf(offer: CheckoutOffer): number {
  if (offer.kind === "product" || offer.trialPrice === undefined) return 0;
  const { trialPrice: amount, currency, planId } = offer;
  return toStripeAmount({ amount, currency }, `of the trial of ${planId}`);
}

/**
 * The line of a trial that is paid for: bought once, and so on the first invoice alone, which is made when the trial begins
 * (https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items). It is a price of the plan's
 * own product, and taxed like it.
 */
export function trialLines(
  offer: CheckoutOffer,
  { product, wanted }: SoldPrice,
): readonly Stripe.Checkout.SessionCreateParams.LineItem[] {
  const unit_amount = trialPriceOf(offer);
  if (unit_amount === 0) return [];
  const { currency, taxBehavior } = wanted;
  const taxed = taxBehavior ? { tax_behavior: taxBehavior } : {};
  return [{ price_data: { currency, product, unit_amount, ...taxed }, quantity: 1 }];
}
