import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import { hasMetadata } from "../language/names.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import type { ForSale, PriceForSale } from "./list-for-sale.js";
import { priceMismatch } from "./price-mismatch.js";
import type { PushStep } from "./push-step.js";

/** What a push has to do about one price of the catalog. */
export interface PriceDecision extends Pick<CatalogChange, "detail"> {
  readonly action: "created" | "replaced" | "updated" | "unchanged";
  readonly wanted: PriceForSale;
  /** What has its lookup key now. */
  readonly current: Stripe.Price | undefined;
  /** In our minor units; `null` where there is none, or no single amount. */
  readonly amounts: NonNullable<CatalogChange["amounts"]>;
}

/**
 * What a price charges is final (https://docs.stripe.com/products-prices/manage-prices): where it is another than the
 * catalog says, a new one takes over the lookup key, and the old one stays with those who bought it.
 */
export function decidePrice(wanted: PriceForSale, current: Stripe.Price | undefined): PriceDecision {
  const is = fromStripeAmount(wanted.unitAmount, wanted.currency);
  const was = current ? amountOf(current) : null;
  const decided = (action: PriceDecision["action"], detail: string) => {
    return { action, detail, wanted, current, amounts: { was, is } };
  };
  if (current === undefined) return decided("created", `amount is ${is}`);
  const mismatch = priceMismatch(current, wanted);
  if (mismatch !== null) return decided("replaced", was === is ? mismatch : `amount was ${was}, is ${is}`);
  if (current.active && hasMetadata(current, wanted.metadata)) return decided("unchanged", `amount is ${is}`);
  return decided("updated", current.active ? "metadata changed" : "is for sale again");
}

export function priceStep(
  { catalogId }: ForSale,
  { wanted: { interval, currency }, amounts }: Pick<PriceDecision, "wanted" | "amounts">,
  providerId: string | null,
): PushStep {
  return { kind: "price", catalogId, interval, currency, providerId, amounts };
}

/** In our minor units; `null` for a price made by hand that has no single amount. */
export function amountOf({ unit_amount, currency }: Stripe.Price): number | null {
  return unit_amount === null ? null : fromStripeAmount(unit_amount, currency);
}
