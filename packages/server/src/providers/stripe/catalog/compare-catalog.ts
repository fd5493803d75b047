import type { Catalog, CatalogChange, CatalogPush } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import type { StripeNames } from "../language/names.js";
import { archived, archiveStep } from "./archive-price.js";
import { compareMapped } from "./compare-mapped.js";
import { decidePrice, priceStep } from "./decide-price.js";
import { isMapped } from "./find-mapped.js";
import type { ForSale } from "./for-sale.js";
import { isPlan, listIntroCoupons, productsOf } from "./intro-coupons.js";
import { listForSale } from "./list-for-sale.js";
import type { PushedThing } from "./portal-features.js";
import { catalogIdOf, listPrices, readCatalog, toWithdraw } from "./push-catalog.js";
import { compareCoupon } from "./push-coupon.js";
import { differencesOf, productStep } from "./push-product.js";

/** What a push would do, in its own order and words; changes nothing. */
export async function compareCatalog(
  call: CallStripe,
  names: StripeNames,
  catalog: Catalog,
  push: CatalogPush,
): Promise<readonly CatalogChange[]> {
  const { wanted, mapped, products } = await readCatalog(call, names, catalog, push);
  const changes: CatalogChange[] = [];
  for (const thing of wanted) {
    const known = products.get(thing.stripeId);
    const prices = known === undefined ? [] : await listPrices(call, known.id);
    changes.push(compareProduct(thing, known), ...comparePrices(names, thing, prices));
  }
  const ofMapped = await compareAllMapped(call, names, mapped);
  changes.push(...ofMapped.changes);
  for (const coupon of listIntroCoupons(catalog, names)) {
    // What is pushed has a product by then, whose id is known before.
    const own = wanted.filter((thing) => isPlan(thing, coupon.planId)).map(({ stripeId }) => stripeId);
    const products = [...own, ...productsOf(coupon, ofMapped.sold)];
    changes.push(await compareCoupon(call, coupon, products));
  }
  const kept = new Set([...wanted, ...mapped].map(({ stripeId }) => stripeId));
  for (const product of products.values()) {
    if (kept.has(product.id) || !product.active) continue;
    const id = catalogIdOf(product);
    const { isKept, prices } = toWithdraw(names, product, await listPrices(call, product.id));
    const change = { ...productStep(id, product.id), action: "archived" } as const;
    changes.push(...prices.map((price) => archived(archiveStep(id, price))));
    if (!isKept) changes.push({ ...change, detail: "is no longer in the catalog" });
  }
  return changes;
}

async function compareAllMapped(call: CallStripe, names: StripeNames, mapped: readonly ForSale[]) {
  const changes: CatalogChange[] = [];
  const sold: PushedThing[] = [];
  for (const thing of mapped) {
    const found = await compareMapped(call, names, thing);
    changes.push(...found.changes);
    sold.push({ thing, prices: found.prices });
  }
  return { changes, sold };
}

/** The same of what is mapped, and of the intros' coupons; a catalog that has neither asks nothing. */
export async function compareMappings(
  call: CallStripe,
  names: StripeNames,
  catalog: Catalog,
): Promise<readonly CatalogChange[]> {
  const all = listForSale(catalog, names);
  const mapped = await compareAllMapped(
    call,
    names,
    all.filter((thing) => isMapped(names, thing)),
  );
  const coupons: CatalogChange[] = [];
  for (const wanted of listIntroCoupons(catalog, names)) {
    const pushed = all.filter((thing) => isPlan(thing, wanted.planId) && !isMapped(names, thing));
    const products = [...pushed.map(({ stripeId }) => stripeId), ...productsOf(wanted, mapped.sold)];
    coupons.push(asProblem(await compareCoupon(call, wanted, products)));
  }
  return [...mapped.changes, ...coupons];
}

/** What a push would put right is wrong until then. */
function asProblem(change: CatalogChange): CatalogChange {
  if (change.action === "created") return { ...change, action: "missing", detail: "is not at Stripe" };
  return change.action === "failed" ? { ...change, action: "differs" } : change;
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

function comparePrices(
  names: StripeNames,
  thing: ForSale,
  existing: readonly Stripe.Price[],
): readonly CatalogChange[] {
  const decisions = thing.prices.map((wanted) =>
    decidePrice(
      wanted,
      existing.find((price) => price.lookup_key === wanted.lookupKey),
      names,
    ),
  );
  const left = existing.filter(
    (price) =>
      price.active &&
      !names.mapping.planOf.has(price.id) &&
      !decisions.some(({ current }) => current?.id === price.id),
  );
  return [
    ...decisions.map((one) => {
      const { action, detail, current } = one;
      return { ...priceStep(thing, one, current?.id ?? null), action, detail };
    }),
    ...left.map((price) => archived(archiveStep(thing.catalogId, price))),
  ];
}
