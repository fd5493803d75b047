import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import type { StripeNames } from "../language/names.js";
import { archivePrice } from "./archive-price.js";
import { createPrice } from "./create-price.js";
import { decidePrice, type PriceDecision, priceStep } from "./decide-price.js";
import type { ForSale } from "./for-sale.js";
import { takeStep } from "./push-step.js";

/**
 * Makes a product's prices agree with the catalog; also returns the ones that are sold now. Where a price fails, the
 * one that already exists stays as it is.
 *
 * @param existing All prices of the product.
 * @param product As it was before the push; `undefined`: it is new.
 */
export async function pushPrices(
  { call, names }: { readonly call: CallStripe; readonly names: StripeNames },
  thing: ForSale,
  existing: readonly Stripe.Price[],
  product: Stripe.Product | undefined,
): Promise<{ readonly changes: readonly CatalogChange[]; readonly prices: readonly Stripe.Price[] }> {
  const changes: CatalogChange[] = [];
  const prices: Stripe.Price[] = [];
  const staying = new Set<string>();
  const replaced = new Set<string>();
  for (const wanted of thing.prices) {
    const current = existing.find((price) => price.lookup_key === wanted.lookupKey);
    const decision = decidePrice(wanted, current, names);
    const step = priceStep(thing, decision, current?.id ?? null);
    const { action, detail } = decision;
    const { change, made } =
      action === "failed"
        ? { change: { ...step, action, detail }, made: null }
        : await takeStep(step, () => pushPrice(call, thing, decision));
    changes.push(change);
    if (made !== null) prices.push(made);
    if (made !== null) staying.add(made.id);
    if (current === undefined || current.id === made?.id) continue;
    (made === null ? staying : replaced).add(current.id);
  }
  const isLeft = ({ active, id }: Stripe.Price) =>
    active && !staying.has(id) && !names.mapping.planOf.has(id);
  for (const price of existing.filter(isLeft)) {
    const change = await archivePrice(call, thing.catalogId, price, { product, next: prices[0] });
    // That it was replaced has already been reported.
    if (!replaced.has(price.id) || change.action === "failed") changes.push(change);
  }
  return { changes, prices };
}

async function pushPrice(
  call: CallStripe,
  thing: ForSale,
  decision: PriceDecision,
): Promise<{ readonly change: CatalogChange; readonly made: Stripe.Price }> {
  const made = await makePrice(call, thing, decision);
  const { action, detail } = decision;
  return { change: { ...priceStep(thing, decision, made.id), action, detail }, made };
}

function makePrice(
  call: CallStripe,
  thing: ForSale,
  { action, wanted, current }: PriceDecision,
): Stripe.Price | Promise<Stripe.Price> {
  if (current === undefined || action === "replaced") {
    return createPrice(call, thing, wanted, current?.id ?? null);
  }
  if (action === "unchanged") return current;
  const params = { active: true, metadata: { ...wanted.metadata } };
  return call((client) => client.prices.update(current.id, params));
}
