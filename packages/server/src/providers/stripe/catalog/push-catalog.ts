import type { Catalog, CatalogChange, CatalogPush } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";
import { archivePrice, isDefault } from "./archive-price.js";
import { createForeignCheck, listOurProducts } from "./catalog-owner.js";
import { compareMapped } from "./compare-mapped.js";
import { ensureMeter } from "./ensure-meter.js";
import { isMapped } from "./find-mapped.js";
import type { ForSale } from "./for-sale.js";
import { listIntroCoupons, productsOf } from "./intro-coupons.js";
import { listForSale } from "./list-for-sale.js";
import { pushPortals } from "./portal-configuration.js";
import type { PushedThing } from "./portal-features.js";
import { pushCoupon } from "./push-coupon.js";
import { pushPrices } from "./push-prices.js";
import { archiveProduct, productStep, pushProduct, stampProduct } from "./push-product.js";
import { takeStep } from "./push-step.js";

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
  const { wanted, mapped, products, refuseForeign } = await readCatalog(call, names, catalog, push);
  const changes: CatalogChange[] = [];
  const pushed: PushedThing[] = [];
  for (const thing of wanted) {
    const known = products.get(thing.stripeId);
    const change = await pushProduct(call, thing, known, refuseForeign);
    changes.push(change);
    // What already existed can have its prices, even if it could not be renamed.
    if (change.action === "failed" && known === undefined) continue;
    const counted = await withMeter(call, thing, push.database);
    changes.push(...counted.failed);
    if (counted.thing === null) continue;
    const existing = await listPrices(call, thing.stripeId);
    const result = await pushPrices({ call, names }, counted.thing, existing, known);
    changes.push(...result.changes);
    if (result.prices.length > 0) pushed.push({ thing, prices: result.prices });
  }
  for (const thing of mapped) {
    const { changes: compared, prices } = await compareMapped(call, names, thing);
    changes.push(...compared);
    if (prices.length > 0) pushed.push({ thing, prices });
  }
  for (const coupon of listIntroCoupons(catalog, names)) {
    changes.push(await pushCoupon(call, coupon, productsOf(coupon, pushed)));
  }
  const kept = new Set([...wanted, ...mapped].map(({ stripeId }) => stripeId));
  for (const product of products.values()) {
    if (kept.has(product.id)) continue;
    if (product.active) changes.push(...(await withdraw(call, names, product)));
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
  const all = listForSale(catalog, names);
  const mapped = all.filter((thing) => isMapped(names, thing));
  const pushed = all.filter((thing) => !isMapped(names, thing));
  const wanted = pushed.map((thing) => withDatabase(thing, push.database));
  const products = await listOurProducts(call, names);
  const refuseForeign = createForeignCheck(names, push);
  for (const product of products.values()) refuseForeign(product);
  return { wanted, mapped, products, refuseForeign };
}

/** Prices for use are made for their meter; without it there are none. */
async function withMeter(
  call: CallStripe,
  thing: ForSale,
  database: string,
): Promise<{ readonly thing: ForSale | null; readonly failed: readonly CatalogChange[] }> {
  const { meterName, name } = thing;
  if (meterName === undefined) return { thing, failed: [] };
  const step = productStep(thing.catalogId, thing.stripeId);
  const { change, made: meter } = await takeStep(step, async () => ({
    change: { ...step, action: "unchanged", detail: "is counted" },
    made: await ensureMeter(call, meterName, name, database),
  }));
  return meter === null ? { thing: null, failed: [change] } : { thing: meteredBy(thing, meter), failed: [] };
}

function meteredBy(thing: ForSale, meter: string): ForSale {
  const prices = thing.prices.map(({ usage, ...price }) => ({
    ...price,
    ...(usage !== undefined && { usage: { ...usage, meter } }),
  }));
  return { ...thing, prices };
}

async function withdraw(
  call: CallStripe,
  names: StripeNames,
  product: Stripe.Product,
): Promise<readonly CatalogChange[]> {
  const catalogId = catalogIdOf(product);
  const changes: CatalogChange[] = [];
  const { isKept, prices } = toWithdraw(names, product, await listPrices(call, product.id));
  for (const price of prices) changes.push(await archivePrice(call, catalogId, price, { product }));
  return isKept ? changes : [...changes, await archiveProduct(call, catalogId, product)];
}

/** What of a product that left the catalog goes off sale: nothing of a price that is mapped, and so not its product. */
export function toWithdraw(
  { mapping }: StripeNames,
  product: Stripe.Product,
  prices: readonly Stripe.Price[],
): { readonly isKept: boolean; readonly prices: readonly Stripe.Price[] } {
  const isOther = ({ id }: Stripe.Price) => !mapping.planOf.has(id);
  // The default price goes off sale with its product.
  const sold = prices.filter((price) => price.active && !isDefault(price, product));
  return { isKept: !prices.every(isOther), prices: sold.filter(isOther) };
}

/** Products carry their database, but prices don't: a price stays known whichever database sells it. */
function withDatabase(thing: ForSale, database: string): ForSale {
  return { ...thing, metadata: { ...thing.metadata, [metadataKeys.database]: database } };
}

/** What a product of ours is called in the catalog that it was pushed from. */
export function catalogIdOf({ id, metadata }: Stripe.Product): string {
  const { plan, product, usage, addOn } = metadataKeys;
  return (
    [plan, product, usage, addOn].map((key) => readMetadata(metadata, key)).find((one) => one !== null) ?? id
  );
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
