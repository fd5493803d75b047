import {
  BillingError,
  type Catalog,
  type CatalogChange,
  type CheckoutOffer,
  type Interval,
  pricesOf,
} from "@tollgate/core";
import { type Account, makePrice, type Price } from "./account.js";

/**
 * The provider's ids of prices: `plan:pro:month:usd`, the same with its trial as `plan:pro:month:usd:trial`, and
 * `product:credits:usd`.
 */
export type PriceIds = Readonly<Record<string, string>>;

/** A price as the catalog wants it. */
interface Wanted {
  readonly key: string;
  readonly catalogId: string;
  readonly interval: Interval | null;
  readonly currency: string;
  readonly amount: number;
  readonly trialDays: number;
}

/** Makes everything of a catalog by hand, as somebody would in the dashboard. */
export function makeByHand(account: Account, catalog: Catalog): PriceIds {
  return Object.fromEntries(wantedBy(catalog).map((one) => [one.key, makePrice(account, one)]));
}

export function comparePrices(account: Account, ids: PriceIds, catalog: Catalog): readonly CatalogChange[] {
  return wantedBy(catalog).map((wanted) => {
    const { key, catalogId, interval, currency } = wanted;
    const found = findPrice(account, ids, key);
    const differs = found === null ? null : mismatch(found, wanted);
    const head = { kind: "price", catalogId, interval, currency, providerId: found?.id ?? null } as const;
    if (found === null) return { ...head, action: "missing", detail: `no price is mapped for ${key}` };
    return differs === null
      ? { ...head, action: "unchanged", detail: "" }
      : { ...head, action: "differs", detail: differs };
  });
}

/**
 * The price that charges exactly what the catalog shows, with the trial that is offered.
 *
 * @throws BillingError `price_not_mapped`
 */
export function findOffered(account: Account, ids: PriceIds, offer: CheckoutOffer, catalog: Catalog): Price {
  const isPlan = offer.kind === "subscription";
  const trialDays = isPlan ? offer.trialDays : 0;
  const id = isPlan ? offer.planId : offer.productId;
  const key = isPlan
    ? keyOf("plan", id, offer.interval, offer.currency, trialDays)
    : keyOf("product", id, null, offer.currency, 0);
  const found = findPrice(account, ids, key);
  const wanted = wantedBy(catalog).find((one) => one.key === key);
  const problem =
    found === null || wanted === undefined ? "is not mapped" : mismatch(found, { ...wanted, trialDays });
  if (found !== null && problem === null) return found;
  const details = isPlan
    ? { planId: id, interval: offer.interval, currency: offer.currency, ...(trialDays > 0 && { trialDays }) }
    : { productId: id, currency: offer.currency };
  throw new BillingError(
    "price_not_mapped",
    `The price ${key} can't be sold: ${problem}. Map it in \`prices\`.`,
    {
      details,
    },
  );
}

/** The plan or product that a price is mapped to; `null`: it is not of this catalog. */
export function catalogIdOf(ids: PriceIds, priceId: string): string | null {
  const [key] = Object.entries(ids).find(([, id]) => id === priceId) ?? [];
  return key?.split(":")[1] ?? null;
}

function findPrice(account: Account, ids: PriceIds, key: string): Price | null {
  const id = Object.hasOwn(ids, key) ? ids[key] : undefined;
  return (id !== undefined && account.prices.get(id)) || null;
}

function mismatch(found: Price, wanted: Omit<Wanted, "key" | "catalogId">): string | null {
  for (const field of ["amount", "currency", "interval", "trialDays"] as const) {
    if (found[field] !== wanted[field]) return `${field} is ${found[field]}, should be ${wanted[field]}`;
  }
  return null;
}

function wantedBy({ plans, products }: Catalog): readonly Wanted[] {
  const subscribed = Object.entries(plans).flatMap(([id, plan]) =>
    pricesOf(id, plan).flatMap(({ interval, currency, amount }) => {
      const lengths = [...new Set([0, plan.trialDays ?? 0])];
      return lengths.map((trialDays): Wanted => {
        const key = keyOf("plan", id, interval, currency, trialDays);
        return { key, catalogId: id, interval, currency, amount, trialDays };
      });
    }),
  );
  const once = Object.entries(products).flatMap(([id, { price }]) =>
    Object.entries(price).map(([currency, amount = 0]): Wanted => {
      const key = keyOf("product", id, null, currency, 0);
      return { key, catalogId: id, interval: null, currency, amount, trialDays: 0 };
    }),
  );
  return [...subscribed, ...once];
}

function keyOf(
  kind: string,
  id: string,
  interval: string | null,
  currency: string,
  trialDays: number,
): string {
  return [kind, id, interval, currency, trialDays > 0 ? "trial" : null]
    .filter((part) => part !== null)
    .join(":");
}
