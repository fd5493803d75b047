import {
  BillingError,
  type Catalog,
  type CheckoutOffer,
  costOf,
  decidePromotion,
  findAddOn,
  findAddOnPrice,
  findPlan,
  type Promotion,
  type PromotionDecision,
  pricesOf,
} from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";

/**
 * Whether a code fits what is offered to a customer, by what the provider says now.
 *
 * @throws BillingError `not_supported`
 */
export async function findPromotion(
  { provider, store, catalog, clock }: CatalogContext,
  customerId: string,
  offer: CheckoutOffer,
  code: string,
): Promise<PromotionDecision> {
  const { promotions } = provider.checkout;
  if (promotions === undefined) {
    throw new BillingError("not_supported", "The payment provider has no promotion codes.", {
      details: { provider: provider.id },
    });
  }
  const codes = await promotions.find(code, offer);
  const link = await store.findCustomer(customerId, provider.id);
  const providerCustomerId = link?.providerCustomerId ?? null;
  const isAsked = providerCustomerId !== null && codes.some((one) => one.firstPurchaseOnly);
  const hasPaid = isAsked && (await promotions.hasPaid(providerCustomerId));
  const [amount, addOnAmounts] = [amountOf(catalog, offer), addOnAmountsOf(catalog, offer)];
  return decidePromotion({ codes, offer, amount, addOnAmounts, providerCustomerId, hasPaid, now: clock() });
}

/** @throws BillingError `promotion_code_refused`, its details naming the `reason`; `not_supported` */
export async function requirePromotion(
  context: CatalogContext,
  customerId: string,
  offer: CheckoutOffer,
  code: string,
): Promise<Promotion> {
  const decision = await findPromotion(context, customerId, offer, code);
  if (decision.fits) return decision.promotion;
  const { reason, minimum } = decision;
  const details = minimum === null ? { reason } : { reason, minimum };
  throw new BillingError("promotion_code_refused", "This promotion code can't be used here.", { details });
}

/** What the catalog shows for all of each add-on, in minor units. */
function addOnAmountsOf(catalog: Catalog, offer: CheckoutOffer): Readonly<Record<string, number>> {
  if (offer.kind === "product") return {};
  const amounts = Object.entries(offer.addOns ?? {}).map(([id, quantity]) => {
    const addOn = findAddOn(catalog, id);
    const price = addOn && findAddOnPrice(id, addOn, offer);
    return [id, (price?.amount ?? 0) * quantity] as const;
  });
  return Object.fromEntries(amounts);
}

/** What the catalog shows for all of the plan or product, in minor units. */
function amountOf(catalog: Catalog, offer: CheckoutOffer): number {
  const { currency, quantity } = offer;
  if (offer.kind === "product") return (catalog.products[offer.productId]?.price[currency] ?? 0) * quantity;
  const plan = findPlan(catalog, offer.planId);
  const prices = plan === undefined ? [] : pricesOf(offer.planId, plan);
  const sold = prices.find((one) => one.interval === offer.interval && one.currency === currency);
  return sold === undefined ? 0 : costOf(sold, quantity);
}
