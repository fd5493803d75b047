import {
  type Catalog,
  type CheckoutOffer,
  findPlan,
  type PlanUsagePrice,
  type Taxed,
  taxBehaviorIn,
  usagePricesOf,
} from "@tollgate/core";
import { metadataKeys, type StripeNames } from "../language/names.js";
import { toRateMark } from "../language/rate-mark.js";
import { type ForSale, type PriceForSale, toTerms } from "./for-sale.js";

/**
 * What is charged for the use of each metered feature: one product for all plans, so that an invoice names what was used,
 * with a price for each plan.
 *
 * @param plans those that are for sale
 */
export function listUsageForSale(
  { features }: Catalog,
  plans: Catalog["plans"],
  names: StripeNames,
): readonly ForSale[] {
  const prices = Object.entries(plans).flatMap(([planId, plan]) => usagePricesOf(planId, plan));
  return [...new Set(prices.map(({ feature }) => feature))].map((feature) => ({
    catalogId: feature,
    stripeId: names.productId("usage", feature),
    name: features[feature]?.name ?? feature,
    description: features[feature]?.description ?? null,
    metadata: { ...names.mark, [metadataKeys.usage]: feature },
    group: null,
    meterName: names.meterName(feature),
    taxCode: Object.values(plans).find(({ usage }) => usage && Object.hasOwn(usage, feature))?.taxCode,
    prices: prices
      .filter((one) => one.feature === feature)
      .map((one) => toPriceForSale(one, plans[one.planId], names)),
  }));
}

/** What is billed beside an offer for the use of its plan's features. */
export function findUsageForSale(
  catalog: Catalog,
  offer: CheckoutOffer,
  names: StripeNames,
): readonly PriceForSale[] {
  const plan = offer.kind === "subscription" ? findPlan(catalog, offer.planId) : undefined;
  if (plan === undefined || offer.kind !== "subscription") return [];
  return usagePricesOf(offer.planId, plan)
    .filter(({ interval, currency }) => interval === offer.interval && currency === offer.currency)
    .map((one) => toPriceForSale(one, plan, names));
}

function toPriceForSale(
  { planId, feature, interval, currency, rate }: PlanUsagePrice,
  plan: Taxed | undefined,
  names: StripeNames,
): PriceForSale {
  const lookupKey = names.usageLookupKey(planId, feature, interval, currency);
  // Not the plan's own mark: a line for use is no line of a plan.
  const mark = toRateMark(rate);
  const metadata = {
    ...names.mark,
    ...{ [metadataKeys.usage]: feature, [metadataKeys.usagePlan]: planId },
    ...(mark !== null && { [metadataKeys.rate]: mark }),
  };
  const terms = toTerms({ amount: 0, rate }, currency, lookupKey);
  const taxBehavior = taxBehaviorIn(plan?.taxBehavior, currency);
  return { lookupKey, currency, ...terms, interval, taxBehavior, usage: { planId, feature }, metadata };
}
