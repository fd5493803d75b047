import type { Catalog, CatalogChange, CatalogPush } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";
import { archivePrice, isDefault } from "./archive-price.js";
import { createForeignCheck, listOurProducts } from "./catalog-owner.js";
import { type ForSale, listForSale } from "./list-for-sale.js";
import { pushPortals } from "./portal-configuration.js";
import type { PushedThing } from "./portal-features.js";
import { pushPrices } from "./push-prices.js";
import { archiveProduct, pushProduct, stampProduct } from "./push-product.js";

/**
 * Makes Stripe have what the catalog sells, and sell nothing else of ours. Everything it does can be repeated: a push
 * that was cut off, or that failed in part, is finished by the next one.
 */
export async function pushCatalog(
  call: CallStripe,
  names: StripeNames,
  catalog: Catalog,
  push: CatalogPush,
): Promise<readonly CatalogChange[]> {
  const { wanted, products, refuseForeign } = await readCatalog(call, names, catalog, push);
  const changes: CatalogChange[] = [];
  const pushed: PushedThing[] = [];
  for (const thing of wanted) {
    const known = products.get(thing.stripeId);
    const change = await pushProduct(call, thing, known, refuseForeign);
    changes.push(change);
    // What already existed can have its prices, even if it could not be renamed.
    if (change.action === "failed" && known === undefined) continue;
    const result = await pushPrices(call, thing, await listPrices(call, thing.stripeId), known);
    changes.push(...result.changes);
    if (result.prices.length > 0) pushed.push({ thing, prices: result.prices });
  }
  const kept = new Set(wanted.map(({ stripeId }) => stripeId));
  for (const product of products.values()) {
    if (kept.has(product.id)) continue;
    if (product.active) changes.push(...(await withdraw(call, product)));
    if (push.takeOver)
      changes.push(...(await stampProduct(call, catalogIdOf(product), product, push.database)));
  }
  return [...changes, ...(await pushPortals(call, names, catalog, pushed))];
}

/**
 * What the catalog sells, and what there is of it.
 *
 * @throws BillingError `catalog_of_another_database`
 */
export async function readCatalog(call: CallStripe, names: StripeNames, catalog: Catalog, push: CatalogPush) {
  const wanted = listForSale(catalog, names).map((thing) => withDatabase(thing, push.database));
  const products = await listOurProducts(call, names);
  const refuseForeign = createForeignCheck(names, push);
  for (const product of products.values()) refuseForeign(product);
  return { wanted, products, refuseForeign };
}

/** A default price can't be archived, and goes off sale with its product. */
async function withdraw(call: CallStripe, product: Stripe.Product): Promise<readonly CatalogChange[]> {
  const catalogId = catalogIdOf(product);
  const changes: CatalogChange[] = [];
  for (const price of await listPrices(call, product.id)) {
    if (!price.active || isDefault(price, product)) continue;
    changes.push(await archivePrice(call, catalogId, price, { product }));
  }
  return [...changes, await archiveProduct(call, catalogId, product)];
}

/** Products carry their database, but prices don't: a price stays known whichever database sells it. */
function withDatabase(thing: ForSale, database: string): ForSale {
  return { ...thing, metadata: { ...thing.metadata, [metadataKeys.database]: database } };
}

/** What a product of ours is called in the catalog that it was pushed from. */
export function catalogIdOf({ id, metadata }: Stripe.Product): string {
  return readMetadata(metadata, metadataKeys.plan) ?? readMetadata(metadata, metadataKeys.product) ?? id;
}

export async function listPrices(call: CallStripe, product: string): Promise<readonly Stripe.Price[]> {
  return call(async (client) => {
    const prices: Stripe.Price[] = [];
    // Without `active`, those that are no longer sold are listed too.
    for await (const price of client.prices.list({ product, limit: 100, expand: ["data.tiers"] })) {
      prices.push(price);
    }
    return prices;
  });
}
