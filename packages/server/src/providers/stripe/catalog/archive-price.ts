import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { idOrNull } from "../language/id-of.js";
import { intervalOf, metadataKeys, readMetadata } from "../language/names.js";
import { pricedOf } from "../language/price-terms.js";
import { compareTerms } from "./decide-price.js";
import { type PushStep, takeStep } from "./push-step.js";

/**
 * Takes a price off sale. Stripe refuses that for a product's default price, which somebody may have set in the
 * dashboard (https://docs.stripe.com/api/products/object#product_object-default_price): another one is made the default
 * first.
 *
 * @param input.next Sold from now on; `undefined`: the product is no longer sold
 */
export async function archivePrice(
  call: CallStripe,
  catalogId: string,
  price: Stripe.Price,
  {
    product,
    next,
  }: { readonly product: Stripe.Product | undefined; readonly next?: Stripe.Price | undefined },
): Promise<CatalogChange> {
  const step = archiveStep(catalogId, price);
  const { change } = await takeStep(step, async () => {
    if (product !== undefined && next !== undefined && isDefault(price, product)) {
      await call((client) => client.products.update(product.id, { default_price: next.id }));
    }
    const made = await call((client) => client.prices.update(price.id, { active: false }));
    return { change: archived(step), made };
  });
  return change;
}

/** The change, once it is archived. */
export function archived(step: PushStep): CatalogChange {
  return { ...step, action: "archived", detail: "is no longer in the catalog; those who have it keep it" };
}

export function isDefault(price: Stripe.Price, product: Stripe.Product): boolean {
  return idOrNull(product.default_price ?? null) === price.id;
}

export function archiveStep(catalogId: string, price: Stripe.Price): PushStep {
  const { id, currency, recurring, metadata } = price;
  const usagePlan = readMetadata(metadata, metadataKeys.usagePlan);
  const isOfCatalog =
    usagePlan !== null || [metadataKeys.plan, metadataKeys.addOn].some((key) => readMetadata(metadata, key));
  const interval = isOfCatalog ? intervalOf(recurring) : null;
  const terms = compareTerms(pricedOf(price), null);
  const own = usagePlan === null ? { catalogId } : { catalogId: usagePlan, feature: catalogId };
  return { kind: "price", ...own, interval, currency, providerId: id, ...terms };
}
