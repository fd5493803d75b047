import type { Catalog, CatalogChange, CatalogPush } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import type { StripeNames } from "../language/names.js";
import { archived, archiveStep, isDefault } from "./archive-price.js";
import { decidePrice, priceStep } from "./decide-price.js";
import type { ForSale } from "./list-for-sale.js";
import { catalogIdOf, listPrices, readCatalog } from "./push-catalog.js";
import { differencesOf, productStep } from "./push-product.js";

/** What a push would do, in its own order and words; changes nothing. */
export async function compareCatalog(
  call: CallStripe,
  names: StripeNames,
  catalog: Catalog,
  push: CatalogPush,
): Promise<readonly CatalogChange[]> {
  const { wanted, products } = await readCatalog(call, names, catalog, push);
  const changes: CatalogChange[] = [];
  for (const thing of wanted) {
    const known = products.get(thing.stripeId);
    const prices = known === undefined ? [] : await listPrices(call, known.id);
    changes.push(compareProduct(thing, known), ...comparePrices(thing, prices));
  }
  const kept = new Set(wanted.map(({ stripeId }) => stripeId));
  for (const product of products.values()) {
    if (kept.has(product.id) || !product.active) continue;
    const id = catalogIdOf(product);
    const prices = await listPrices(call, product.id);
    // The default price goes off sale with its product.
    const sold = prices.filter((price) => price.active && !isDefault(price, product));
    const change = { ...productStep(id, product.id), action: "archived" } as const;
    changes.push(...sold.map((price) => archived(archiveStep(id, price))));
    changes.push({ ...change, detail: "is no longer in the catalog" });
  }
  return changes;
}

function compareProduct(thing: ForSale, known: Stripe.Product | undefined): CatalogChange {
  if (known === undefined) {
    return { ...productStep(thing.catalogId, thing.stripeId), action: "created", detail: "is new" };
  }
  const step = productStep(thing.catalogId, known.id);
  const differences = differencesOf(known, thing);
  return differences.length === 0
    ? { ...step, action: "unchanged", detail: "is up to date" }
    : { ...step, action: "updated", detail: differences.join(", ") };
}

function comparePrices(thing: ForSale, existing: readonly Stripe.Price[]): readonly CatalogChange[] {
  const decisions = thing.prices.map((wanted) =>
    decidePrice(
      wanted,
      existing.find((price) => price.lookup_key === wanted.lookupKey),
    ),
  );
  const left = existing.filter(
    (price) => price.active && !decisions.some(({ current }) => current?.id === price.id),
  );
  return [
    ...decisions.map((one) => {
      const { action, detail, current } = one;
      return { ...priceStep(thing, one, current?.id ?? null), action, detail };
    }),
    ...left.map((price) => archived(archiveStep(thing.catalogId, price))),
  ];
}
