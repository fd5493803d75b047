import type { CatalogChange, Priced } from "@tollgate/core";
import type Stripe from "stripe";
import { hasMetadata, type StripeNames } from "../language/names.js";
import { pricedOf, termsOf, toPriced } from "../language/price-terms.js";
import type { ForSale, PriceForSale } from "./for-sale.js";
import { priceMismatch, sayTerms } from "./price-mismatch.js";

import type { PushStep } from "./push-step.js";

/** What a push has to do about one price of the catalog. */
export interface PriceDecision extends Pick<CatalogChange, "detail" | "amounts" | "rates"> {
  readonly action: "created" | "replaced" | "updated" | "unchanged" | "failed";
  readonly wanted: PriceForSale;
  /** What has its lookup key now. */
  readonly current: Stripe.Price | undefined;
}

/**
 * What a price charges is final (https://docs.stripe.com/products-prices/manage-prices): where it is another than the
 * catalog says, a new one takes over the lookup key, and the old one stays with those who bought it.
 */
export function decidePrice(
  wanted: PriceForSale,
  current: Stripe.Price | undefined,
  { mapping }: Pick<StripeNames, "mapping">,
): PriceDecision {
  const is = toPriced(wanted, wanted.currency);
  const was = current === undefined ? null : pricedOf(current);
  const decided = (action: PriceDecision["action"], detail: string) => {
    return { action, detail, wanted, current, ...compareTerms(was, is) };
  };
  const said = sayTerms(wanted, wanted.currency);
  if (current === undefined) return decided("created", `amount is ${said}`);
  if (mapping.planOf.has(current.id)) {
    // It would be changed, or lose the key by which somebody may look for it.
    return decided("failed", `${current.id} has its lookup key and is mapped to something else`);
  }
  const mismatch = priceMismatch(current, wanted);
  if (mismatch !== null) {
    const before = sayTerms(termsOf(current), current.currency);
    return decided("replaced", before === said ? mismatch : `amount was ${before}, is ${said}`);
  }
  if (current.active && hasMetadata(current, wanted.metadata))
    return decided("unchanged", `amount is ${said}`);
  return decided("updated", current.active ? "metadata changed" : "is for sale again");
}

export function priceStep(
  { catalogId }: ForSale,
  {
    wanted: { interval, currency, usage },
    amounts,
    rates,
  }: Pick<PriceDecision, "wanted" | "amounts" | "rates">,
  providerId: string | null,
): PushStep {
  return {
    kind: "price",
    catalogId: usage?.planId ?? catalogId,
    ...(usage !== undefined && { feature: usage.feature }),
    interval,
    currency,
    providerId,
    ...(amounts && { amounts }),
    ...(rates && { rates }),
  };
}

/** What a price charged before and charges now, in our amounts; `null`: there is none. */
export function compareTerms(
  was: Priced | null,
  is: Priced | null,
): Pick<CatalogChange, "amounts" | "rates"> {
  const amounts = { was: was?.amount ?? null, is: is?.amount ?? null };
  const rates = { was: was?.rate ?? null, is: is?.rate ?? null };
  return { amounts, ...((rates.was !== null || rates.is !== null) && { rates }) };
}
