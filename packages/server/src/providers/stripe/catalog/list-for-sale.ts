import {
  type AddOnDefinition,
  addOnPricesOf,
  BillingError,
  type Catalog,
  type CheckoutOffer,
  findAddOn,
  findPlan,
  groupOf,
  type Interval,
  type PlanDefinition,
  type ProductDefinition,
  pricesOf,
  taxBehaviorIn,
} from "@tollgate/core";
import { metadataKeys, type StripeNames } from "../language/names.js";
import { toRateMark } from "../language/rate-mark.js";
import { toStripeAmount } from "../language/stripe-amount.js";
import { type ForSale, type PriceForSale, toTerms } from "./for-sale.js";
import { listUsageForSale } from "./list-usage-for-sale.js";

/** What one price is for: what a checkout offers, or an add-on beside it. */
export type PricedThing =
  | CheckoutOffer
  | {
      readonly kind: "add_on";
      readonly addOnId: string;
      readonly interval: Interval;
      readonly currency: string;
    };

/**
 * What the catalog sells now: no free plans, none sold by hand, none that are retired.
 *
 * @throws BillingError `invalid_catalog` for an amount that Stripe can't charge.
 */
export function listForSale(catalog: Catalog, names: StripeNames): readonly ForSale[] {
  const plans = Object.entries(catalog.plans).filter(([, plan]) => plan.prices && !plan.retired);
  return [
    ...plans.map(([planId, plan]) => planForSale(planId, plan, names)),
    ...listUsageForSale(catalog, Object.fromEntries(plans), names),
    ...Object.entries(catalog.products).map(([id, product]) => productForSale(id, product, names)),
    ...Object.entries(catalog.addOns ?? {})
      .filter(([, { retired }]) => retired !== true)
      .map(([id, addOn]) => addOnForSale(id, addOn, names)),
  ];
}

/**
 * What the catalog shows for an offer, and what it is a price of.
 *
 * @throws BillingError `unknown_price`; an offer is made from the catalog, so there always is one
 */
export function findForSale(
  catalog: Catalog,
  offer: PricedThing,
  names: StripeNames,
): { readonly thing: ForSale; readonly wanted: PriceForSale } {
  const interval = offer.kind === "product" ? null : offer.interval;
  const thing = thingOf(catalog, offer, names);
  const wanted = thing?.prices.find(
    (price) => price.currency === offer.currency && price.interval === interval,
  );
  if (thing === undefined || wanted === undefined) {
    throw new BillingError("unknown_price", "The catalog has no such price.");
  }
  return { thing, wanted };
}

function thingOf(catalog: Catalog, offer: PricedThing, names: StripeNames): ForSale | undefined {
  if (offer.kind === "add_on") {
    const addOn = findAddOn(catalog, offer.addOnId);
    return addOn && addOnForSale(offer.addOnId, addOn, names);
  }
  if (offer.kind === "product") {
    const product = catalog.products[offer.productId];
    return product && productForSale(offer.productId, product, names);
  }
  const plan = findPlan(catalog, offer.planId);
  return plan && planForSale(offer.planId, plan, names);
}

function productForSale(productId: string, product: ProductDefinition, names: StripeNames): ForSale {
  const metadata = { ...names.mark, [metadataKeys.product]: productId };
  return {
    catalogId: productId,
    stripeId: names.productId("product", productId),
    name: product.name,
    description: product.description ?? null,
    taxCode: product.taxCode,
    metadata,
    group: null,
    prices: Object.entries(product.price).map(([currency, amount]) => {
      const lookupKey = names.productLookupKey(productId, currency);
      const priced = { amount: toStripeAmount({ amount, currency }, lookupKey) };
      const taxBehavior = taxBehaviorIn(product.taxBehavior, currency);
      return { lookupKey, currency, ...priced, interval: null, taxBehavior, metadata };
    }),
  };
}

function planForSale(planId: string, plan: PlanDefinition, names: StripeNames): ForSale {
  const group = groupOf(plan);
  const metadata = { ...names.mark, [metadataKeys.plan]: planId, [metadataKeys.group]: group };
  return {
    catalogId: planId,
    stripeId: names.productId("plan", planId),
    name: plan.name,
    description: plan.description ?? null,
    taxCode: plan.taxCode,
    metadata,
    group,
    prices: pricesOf(planId, plan).map(({ interval, currency, amount, rate }) => {
      const lookupKey = names.planLookupKey(planId, interval, currency);
      const mark = toRateMark(rate);
      const own = {
        ...metadata,
        [metadataKeys.interval]: interval,
        ...(mark !== null && { [metadataKeys.rate]: mark }),
      };
      return {
        lookupKey,
        currency,
        ...toTerms({ amount, rate }, currency, lookupKey),
        interval,
        taxBehavior: taxBehaviorIn(plan.taxBehavior, currency),
        metadata: own,
      };
    }),
  };
}

function addOnForSale(addOnId: string, addOn: AddOnDefinition, names: StripeNames): ForSale {
  const metadata = { ...names.mark, [metadataKeys.addOn]: addOnId };
  return {
    catalogId: addOnId,
    stripeId: names.productId("addon", addOnId),
    name: addOn.name,
    description: addOn.description ?? null,
    taxCode: addOn.taxCode,
    metadata,
    group: null,
    prices: addOnPricesOf(addOnId, addOn).map(({ interval, currency, amount }) => {
      const lookupKey = names.addOnLookupKey(addOnId, interval, currency);
      const own = { ...metadata, [metadataKeys.interval]: interval };
      return {
        lookupKey,
        currency,
        amount: toStripeAmount({ amount, currency }, lookupKey),
        interval,
        taxBehavior: taxBehaviorIn(addOn.taxBehavior, currency),
        metadata: own,
      };
    }),
  };
}
