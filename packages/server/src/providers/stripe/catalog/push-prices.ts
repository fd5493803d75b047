import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { hasMetadata } from "../language/names.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { archivePrice } from "./archive-price.js";
import { createPrice } from "./create-price.js";
import type { ForSale, PriceForSale } from "./list-for-sale.js";
import { priceMismatch } from "./price-mismatch.js";
import { type PushStep, takeStep } from "./push-step.js";

/**
 * Makes a product's prices agree with the catalog; also returns the ones that are sold now. Where a price fails, the
 * one that already exists stays as it is.
 *
 * @param existing All prices of the product.
 * @param product As it was before the push; `undefined`: it is new.
 */
export async function pushPrices(
  call: CallStripe,
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
    const step = stepOf(thing, wanted, current?.id ?? null);
    const { change, made } = await takeStep(step, () => pushPrice(call, thing, wanted, current));
    changes.push(change);
    if (made !== null) prices.push(made);
    if (made !== null) staying.add(made.id);
    if (current === undefined || current.id === made?.id) continue;
    (made === null ? staying : replaced).add(current.id);
  }
  for (const price of existing.filter(({ active, id }) => active && !staying.has(id))) {
    const change = await archivePrice(call, thing.catalogId, price, { product, next: prices[0] });
    // That it was replaced has already been reported.
    if (!replaced.has(price.id) || change.action === "failed") changes.push(change);
  }
  return { changes, prices };
}

async function pushPrice(
  call: CallStripe,
  thing: ForSale,
  wanted: PriceForSale,
  current: Stripe.Price | undefined,
): Promise<{ readonly change: CatalogChange; readonly made: Stripe.Price }> {
  const tell = (action: CatalogChange["action"], made: Stripe.Price, detail: string) => {
    return { change: { ...stepOf(thing, wanted, made.id), action, detail }, made };
  };
  if (current === undefined) {
    const price = await createPrice(call, thing, wanted, null);
    return tell("created", price, `amount is ${amountOf(price)}`);
  }
  const mismatch = priceMismatch(current, wanted);
  if (mismatch !== null) {
    // What a price charges is final (https://docs.stripe.com/products-prices/manage-prices): the new price takes over
    // the lookup key, and the old one stays with those who bought it.
    const price = await createPrice(call, thing, wanted, current.id);
    const [before, after] = [amountOf(current), amountOf(price)];
    return tell("replaced", price, before === after ? mismatch : `amount was ${before}, is ${after}`);
  }
  if (current.active && hasMetadata(current, wanted.metadata)) {
    return tell("unchanged", current, `amount is ${amountOf(current)}`);
  }
  const params = { active: true, metadata: { ...wanted.metadata } };
  const price = await call((client) => client.prices.update(current.id, params));
  return tell("updated", price, current.active ? "metadata changed" : "is for sale again");
}

function stepOf(
  { catalogId }: ForSale,
  { interval, currency }: PriceForSale,
  providerId: string | null,
): PushStep {
  return { kind: "price", catalogId, interval, currency, providerId };
}

/** In our minor units; `null` for a price made by hand that has no single amount. */
function amountOf({ unit_amount, currency }: Stripe.Price): number | null {
  return unit_amount === null ? null : fromStripeAmount(unit_amount, currency);
}
