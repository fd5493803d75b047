import { type Catalog, groupOf, type Interval, type PlanDefinition, pricesOf } from "@tollgate/core";
import { metadataKeys, planLookupKey, productLookupKey, stripeProductId } from "./names.js";

/** A plan or a product as Stripe shall have it. */
export interface ForSale {
  readonly catalogId: string;
  readonly stripeId: string;
  readonly name: string;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** The plan's group; `null` for what is bought once. */
  readonly group: string | null;
  readonly prices: readonly PriceForSale[];
}

export interface PriceForSale {
  readonly lookupKey: string;
  readonly currency: string;
  /** In minor units. */
  readonly amount: number;
  /** `null`: paid once. */
  readonly interval: Interval | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the catalog sells now: no free plans, none sold by hand, none that are retired. */
export function listForSale(catalog: Catalog): readonly ForSale[] {
  const plans = Object.entries(catalog.plans).filter(([, plan]) => plan.prices && !plan.retired);
  return [
    ...plans.map(([planId, plan]) => planForSale(planId, plan)),
    ...Object.entries(catalog.products).map(([productId, product]): ForSale => {
      const metadata = { [metadataKeys.product]: productId };
      return {
        catalogId: productId,
        stripeId: stripeProductId("product", productId),
        name: product.name,
        description: product.description ?? null,
        metadata,
        group: null,
        prices: Object.entries(product.price).map(([currency, amount]) => ({
          lookupKey: productLookupKey(productId, currency),
          currency,
          amount,
          interval: null,
          metadata,
        })),
      };
    }),
  ];
}

function planForSale(planId: string, plan: PlanDefinition): ForSale {
  const group = groupOf(plan);
  const metadata = { [metadataKeys.plan]: planId, [metadataKeys.group]: group };
  return {
    catalogId: planId,
    stripeId: stripeProductId("plan", planId),
    name: plan.name,
    description: plan.description ?? null,
    metadata,
    group,
    prices: pricesOf(planId, plan).map((price) => ({
      lookupKey: planLookupKey(planId, price.interval, price.currency),
      currency: price.currency,
      amount: price.amount,
      interval: price.interval,
      metadata: { ...metadata, [metadataKeys.interval]: price.interval },
    })),
  };
}
