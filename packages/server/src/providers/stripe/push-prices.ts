import type { CatalogChange, Interval } from "@tollgate/core";
import type Stripe from "stripe";
import type { ForSale, PriceForSale } from "./list-for-sale.js";
import { hasMetadata, metadataKeys, readMetadata } from "./names.js";
import { fromStripeAmount } from "./stripe-amount.js";
import type { CallStripe } from "./stripe-client.js";
import { underNextKey } from "./under-own-key.js";

/** Makes a product's prices agree with the catalog; gives the ones that are sold now, too. */
export async function pushPrices(
  call: CallStripe,
  thing: ForSale,
  existing: readonly Stripe.Price[],
): Promise<{ readonly changes: readonly CatalogChange[]; readonly prices: readonly Stripe.Price[] }> {
  const changes: CatalogChange[] = [];
  const prices: Stripe.Price[] = [];
  // A replaced price that a push cut off halfway left for sale is withdrawn like any other leftover.
  const settled = new Set<string>();
  for (const wanted of thing.prices) {
    const current = existing.find((price) => price.lookup_key === wanted.lookupKey);
    const { action, price, detail } = await pushPrice(call, thing, wanted, current);
    changes.push(toChange(action, thing.catalogId, price, detail));
    prices.push(price);
    settled.add(price.id);
    if (current !== undefined) settled.add(current.id);
  }
  for (const price of existing) {
    if (price.active && !settled.has(price.id))
      changes.push(await archivePrice(call, thing.catalogId, price));
  }
  return { changes, prices };
}

export async function archivePrice(
  call: CallStripe,
  catalogId: string,
  price: Stripe.Price,
): Promise<CatalogChange> {
  await call((client) => client.prices.update(price.id, { active: false }));
  return toChange("archived", catalogId, price, "is no longer in the catalog; those who have it keep it");
}

interface Pushed {
  readonly action: CatalogChange["action"];
  readonly price: Stripe.Price;
  readonly detail: string;
}

async function pushPrice(
  call: CallStripe,
  thing: ForSale,
  wanted: PriceForSale,
  current: Stripe.Price | undefined,
): Promise<Pushed> {
  if (current === undefined) {
    const price = await createPrice(call, thing, wanted, null);
    return { action: "created", price, detail: `amount is ${amountOf(price)}` };
  }
  if (current.unit_amount !== wanted.unitAmount) {
    // An amount is for good (https://docs.stripe.com/products-prices/manage-prices): the new price takes
    // over the lookup key, and the old one stays with those who bought it.
    const price = await createPrice(call, thing, wanted, current.id);
    if (current.active) await call((client) => client.prices.update(current.id, { active: false }));
    const detail = `amount was ${amountOf(current)}, is ${amountOf(price)}`;
    return { action: "replaced", price, detail };
  }
  if (current.active && hasMetadata(current, wanted.metadata)) {
    return { action: "unchanged", price: current, detail: `amount is ${amountOf(current)}` };
  }
  const params = { active: true, metadata: { ...wanted.metadata } };
  const price = await call((client) => client.prices.update(current.id, params));
  const detail = current.active ? "metadata changed" : "is for sale again";
  return { action: "updated", price, detail };
}

/** Two pushes at once create one price: the key says what it replaces and what it is. */
async function createPrice(
  call: CallStripe,
  thing: ForSale,
  wanted: PriceForSale,
  replaces: string | null,
): Promise<Stripe.Price> {
  const { lookupKey, currency, unitAmount, interval, metadata } = wanted;
  // We rely on: for sale (`active`), per unit, billed in advance for its quantity (`usage_type: licensed`) once an
  // interval (`interval_count: 1`), no trial of its own. `tax_behavior` is left to the account's tax settings;
  // without a default there Stripe's portal switches no prices once Stripe Tax is on.
  const params: Stripe.PriceCreateParams = {
    product: thing.stripeId,
    currency,
    unit_amount: unitAmount,
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    metadata: { ...metadata },
    ...(interval !== null && { recurring: { interval } }),
  };
  const parts = [lookupKey, unitAmount, replaces ?? "first", ...Object.values(metadata)];
  return underNextKey(parts.join("/"), (idempotencyKey) =>
    call((client) => client.prices.create(params, { idempotencyKey })),
  );
}

/** In our minor units; `null` for a price made by hand that has no single amount. */
function amountOf({ unit_amount, currency }: Stripe.Price): number | null {
  return unit_amount === null ? null : fromStripeAmount(unit_amount, currency);
}

function intervalOf({ recurring, metadata }: Stripe.Price): Interval | null {
  if (recurring === null || readMetadata(metadata, metadataKeys.plan) === null) return null;
  return intervals.find((one) => one === recurring.interval) ?? null;
}

const intervals: readonly Interval[] = ["month", "year"];

function toChange(
  action: CatalogChange["action"],
  catalogId: string,
  price: Stripe.Price,
  detail: string,
): CatalogChange {
  const interval = intervalOf(price);
  const { id: providerId, currency } = price;
  return { action, kind: "price", catalogId, interval, currency, providerId, detail };
}
