import type { Amounts, CheckoutOffer, PromotionCode } from "@tollgate/core";
import type Stripe from "stripe";
import { readMapped } from "../catalog/find-mapped.js";
import type { CallStripe } from "../client/stripe-client.js";
import { idOf, idOrNull } from "../language/id-of.js";
import type { StripeNames } from "../language/names.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime } from "../language/to-iso-time.js";

/** What Stripe leaves out unless it is asked for: https://docs.stripe.com/api/coupons/object */
const expand = [
  "data.promotion.coupon.applies_to",
  "data.promotion.coupon.currency_options",
  "data.restrictions.currency_options",
];

/** Those that were switched off or are used up as well, so that a person can be told which it is. */
export async function findPromotionCodes(
  call: CallStripe,
  names: StripeNames,
  code: string,
  offer: CheckoutOffer,
): Promise<readonly PromotionCode[]> {
  const { data } = await call((client) => client.promotionCodes.list({ code, limit: 100, expand }));
  const isLimited = data.some(
    ({ promotion: { coupon } }) => typeof coupon === "object" && coupon?.applies_to,
  );
  const sold = isLimited ? await productsOf(call, names, offer) : [];
  const addOns = offer.kind === "product" ? [] : Object.keys(offer.addOns ?? {});
  return data.flatMap((one) => {
    const { coupon } = one.promotion;
    if (coupon === null || typeof coupon === "string") return [];
    const products = coupon.applies_to?.products ?? [];
    const reduced = addOns.filter((id) => products.includes(names.productId("addon", id)));
    return [{ ...toPromotionCode(one, coupon, sold), ...(products.length > 0 && { addOns: reduced }) }];
  });
}

/** The products at Stripe that an offer is sold as: ours, or those of the prices that are mapped. */
async function productsOf(
  call: CallStripe,
  names: StripeNames,
  offer: CheckoutOffer,
): Promise<readonly string[]> {
  const { plans, products } = names.mapping;
  const isProduct = offer.kind === "product";
  const ids = isProduct
    ? products.get(offer.productId)
    : plans.get(offer.planId) && (plans.get(offer.planId)?.get(offer.interval) ?? []);
  if (ids === undefined) {
    return [isProduct ? names.productId("product", offer.productId) : names.productId("plan", offer.planId)];
  }
  const found = await Promise.all(ids.map((id) => readMapped(call, id)));
  return found.flatMap(({ price }) => (price?.active ? [idOf(price.product)] : []));
}

function toPromotionCode(
  code: Stripe.PromotionCode,
  coupon: Stripe.Coupon,
  sold: readonly string[],
): PromotionCode {
  const { duration } = coupon;
  const products = coupon.applies_to?.products ?? [];
  return {
    id: code.id,
    code: code.code,
    isActive: code.active && coupon.valid,
    expiresAt: earlier(code.expires_at, coupon.redeem_by),
    redemptionsLeft: fewer(leftOf(code), leftOf(coupon)),
    providerCustomerId: idOrNull(code.customer),
    firstPurchaseOnly: code.restrictions.first_time_transaction,
    minimums: minimumsOf(code.restrictions),
    covers: products.length === 0 || sold.some((one) => products.includes(one)),
    percentOff: coupon.percent_off,
    amountsOff: amountsOf(coupon),
    duration: duration === "once" ? "once" : duration === "forever" ? "forever" : "repeating",
    months: coupon.duration_in_months,
  };
}

function leftOf({
  max_redemptions,
  times_redeemed,
}: Pick<Stripe.Coupon, "max_redemptions" | "times_redeemed">): number | null {
  return max_redemptions === null ? null : Math.max(0, max_redemptions - times_redeemed);
}

function fewer(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function earlier(one: number | null, other: number | null): string | null {
  const first = fewer(one, other);
  return first === null ? null : toIsoTime(first);
}

function minimumsOf(restrictions: Stripe.PromotionCode.Restrictions): Amounts | null {
  const { minimum_amount, minimum_amount_currency, currency_options = {} } = restrictions;
  if (minimum_amount === null || minimum_amount_currency === null) return null;
  const others = Object.entries(currency_options).map(([other, option]): [string, number] => [
    other,
    option.minimum_amount,
  ]);
  return toAmounts([...others, [minimum_amount_currency, minimum_amount]]);
}

function amountsOf({ amount_off, currency, currency_options = {} }: Stripe.Coupon): Amounts | null {
  if (amount_off === null || currency === null) return null;
  const others = Object.entries(currency_options).map(([other, option]): [string, number] => [
    other,
    option.amount_off,
  ]);
  return toAmounts([...others, [currency, amount_off]]);
}

function toAmounts(entries: readonly (readonly [currency: string, amount: number])[]): Amounts {
  return Object.fromEntries(
    entries.map(([currency, amount]) => [currency, fromStripeAmount(amount, currency)]),
  );
}

/**
 * Whether a customer has prior transactions, as Stripe means it: a bill that was sent, even one for nothing, or a payment
 * (https://docs.stripe.com/billing/subscriptions/coupons#limit-redemptions-first-time-customers).
 */
export async function hasPaid(call: CallStripe, customer: string): Promise<boolean> {
  const invoices = await call((client) => client.invoices.list({ customer, limit: 100 }));
  if (invoices.data.some(({ status }) => status !== "draft" && status !== "void")) return true;
  const charges = await call((client) => client.charges.list({ customer, limit: 100 }));
  return charges.data.some(({ status }) => status === "succeeded");
}
