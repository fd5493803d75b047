import { BillingError, type CheckoutOffer, type PromotionRefusal } from "@tollgate/core";
import { refusalCode, refusedParam, stripeErrorOf } from "../client/to-provider-error.js";
import { introNotPushed } from "./find-intro.js";

/** Why a code that fitted a moment ago is refused after all. */
const promotionReasons: Readonly<Record<string, PromotionRefusal>> = {
  coupon_expired: "expired",
  promotion_code_customer_not_first_time: "first_purchase_only",
  promotion_code_minimum_amount_not_met: "minimum_amount",
};

/** Stripe's refusal of a checkout in our words, where the person can do something about it; otherwise as it is. */
export function toCheckoutRefusal(error: unknown, offer: CheckoutOffer): unknown {
  const { currency } = offer;
  const cause = stripeErrorOf(error);
  if (cause === null) return error;
  const required = conflictingCurrency(cause.message);
  if (required !== null) {
    const message = "What you pay already is billed in another currency.";
    return new BillingError("currency_conflict", message, { cause: error, details: { currency, required } });
  }
  if (refusedParam(error)?.startsWith("discounts[") === true) {
    if (offer.kind === "subscription" && offer.intro !== undefined) {
      return introNotPushed(offer.planId, "its coupon can't be redeemed", error);
    }
    const reason = promotionReasons[refusalCode(error) ?? ""] ?? "inactive";
    return new BillingError("promotion_code_refused", "This promotion code can't be used here.", {
      cause: error,
      details: { reason },
    });
  }
  switch (refusalCode(error)) {
    case "amount_too_small":
      return new BillingError("amount_too_small", "The amount is too small to be charged.", {
        cause: error,
        details: { currency },
      });
    case "customer_max_subscriptions":
      return new BillingError("too_many_subscriptions", "There are too many subscriptions already.", {
        cause: error,
      });
    default:
      return error;
  }
}

/** Stripe has no code for it: the currency that the customer is billed in comes at the end of the sentence. */
function conflictingCurrency(message: string): string | null {
  if (!message.startsWith("You cannot combine currencies on a single customer.")) return null;
  return /\bcurrency ([a-z]{3})\b/.exec(message)?.[1] ?? null;
}

/** Whether Stripe no longer sells the price: it, or its product, was archived a moment ago. */
export function isNotForSale(error: unknown): boolean {
  const { message = "" } = stripeErrorOf(error) ?? {};
  const isPrice = /^line_items\[\d+\]\[price\]/.test(refusedParam(error) ?? "");
  return isPrice && /inactive|not active/.test(message);
}
