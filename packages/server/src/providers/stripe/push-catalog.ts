import type { Catalog, CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import { type ForSale, listForSale } from "./list-for-sale.js";
import { metadataKeys, readMetadata } from "./names.js";
import { pushPortals } from "./portal-configuration.js";
import { archivePrice, pushPrices } from "./push-prices.js";
import { archiveProduct, pushProduct } from "./push-product.js";
import type { CallStripe } from "./stripe-client.js";

/**
 * Makes Stripe have what the catalog sells, and sell nothing else of ours. Whatever it does can be done
 * again: a push that was cut off is finished by the next one.
 */
export async function pushCatalog(call: CallStripe, catalog: Catalog): Promise<readonly CatalogChange[]> {
  const wanted = listForSale(catalog);
  const products = await listOurProducts(call);
  const changes: CatalogChange[] = [];
  const pushed: { readonly thing: ForSale; readonly prices: readonly Stripe.Price[] }[] = [];
  for (const thing of wanted) {
    changes.push(await pushProduct(call, thing, products.get(thing.stripeId)));
    const result = await pushPrices(call, thing, await listPrices(call, thing.stripeId));
    changes.push(...result.changes);
    pushed.push({ thing, prices: result.prices });
  }
  const kept = new Set(wanted.map(({ stripeId }) => stripeId));
  for (const product of products.values()) {
    if (!kept.has(product.id) && product.active) changes.push(...(await withdraw(call, product)));
  }
  await pushPortals(call, pushed);
  return changes;
}

async function withdraw(call: CallStripe, product: Stripe.Product): Promise<readonly CatalogChange[]> {
  const catalogId =
    readMetadata(product.metadata, metadataKeys.plan) ??
    readMetadata(product.metadata, metadataKeys.product) ??
    product.id;
  const changes: CatalogChange[] = [];
  for (const price of await listPrices(call, product.id)) {
    if (price.active) changes.push(await archivePrice(call, catalogId, price));
  }
  return [...changes, await archiveProduct(call, catalogId, product)];
}

async function listOurProducts(call: CallStripe): Promise<ReadonlyMap<string, Stripe.Product>> {
  const all = await call(async (client) => {
    const products: Stripe.Product[] = [];
    for await (const product of client.products.list({ limit: 100 })) products.push(product);
    return products;
  });
  const ours = all.filter(({ id }) => id.startsWith("tollgate_"));
  return new Map(ours.map((product) => [product.id, product]));
}

async function listPrices(call: CallStripe, product: string): Promise<readonly Stripe.Price[]> {
  return call(async (client) => {
    const prices: Stripe.Price[] = [];
    for await (const price of client.prices.list({ product, limit: 100 })) prices.push(price);
    return prices;
  });
}
