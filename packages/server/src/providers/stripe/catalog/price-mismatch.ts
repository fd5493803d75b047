import { type Priced, type PriceRate, sayRate } from "@tollgate/core";
import type Stripe from "stripe";
import { intervalOf } from "../language/names.js";
import { isSameTerms, termsOf } from "../language/price-terms.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import type { PriceForSale } from "./for-sale.js";

/**
 * Why a price at Stripe would not charge what the catalog shows, in words; `null` when it would. Everything in a price
 * that changes what is charged is compared, because a price under our lookup key may have been made by hand.
 *
 * @param say How amounts, as Stripe has them, are written. @default in our minor units
 */
export function priceMismatch(
  price: Stripe.Price,
  wanted: PriceForSale,
  say?: (amount: number) => string,
): string | null {
  const mismatches = [
    compare("currency", price.currency, wanted.currency),
    compareAmount(price, wanted, say),
    compare("interval", sayInterval(price.recurring), (wanted.interval ?? "once").replace("_", " ")),
    compare(
      "usage type",
      price.recurring?.usage_type ?? "licensed",
      wanted.usage === undefined ? "licensed" : "metered",
    ),
    ...(wanted.usage?.meter === undefined
      ? []
      : [compare("meter", price.recurring?.meter ?? null, wanted.usage.meter)]),
    wanted.taxBehavior
      ? compare("tax", sayBehavior(price.tax_behavior), sayBehavior(wanted.taxBehavior))
      : null,
    // It charges per package of several, not for each.
    compare("units to a price", price.transform_quantity?.divide_by ?? 1, sizeOf(wanted.rate)),
    compare("product", isOnSale(price.product) ? "on sale" : "off sale", "on sale"),
  ].filter((one) => one !== null);
  return mismatches.length === 0 ? null : mismatches.join(", ");
}

function compare(
  what: string,
  actual: string | number | null,
  wanted: string | number | null,
): string | null {
  return actual === wanted ? null : `${what} is ${actual ?? "none"} at Stripe and ${wanted} in the catalog`;
}

/** A price whose tiers can't be told, or that charges what the buyer likes, has none. Written as in the catalog. */
function compareAmount(
  price: Stripe.Price,
  wanted: PriceForSale,
  say?: (amount: number) => string,
): string | null {
  const actual = termsOf(price);
  if (isSameTerms(actual, wanted)) return null;
  const [said, expected] = [sayTerms(actual, price.currency, say), sayTerms(wanted, wanted.currency, say)];
  // They differ in the size of the packages, which is compared by itself.
  if (said === expected) return null;
  return say
    ? `costs ${said} at Stripe and ${expected} in the catalog`
    : `amount is ${said} at Stripe and ${expected} in the catalog`;
}

function sizeOf(rate: PriceRate | undefined): number {
  return rate?.kind === "package" ? rate.size : 1;
}

/** In our minor units: "2900", "900 each up to 10, then 700 each". */
export function sayTerms(
  { amount, rate }: Priced,
  currency: string,
  say = (one: number) => String(fromStripeAmount(one, currency)),
): string {
  if (rate !== undefined) return rate.kind === "package" ? say(rate.amount) : sayRate(rate, say);
  return amount === null ? "none" : say(amount);
}

function sayInterval(recurring: Stripe.Price.Recurring | null): string {
  if (recurring === null) return "once";
  const { interval, interval_count } = recurring;
  return (intervalOf(recurring) ?? `${interval_count} ${interval}s`).replace("_", " ");
}

function sayBehavior(behavior: string | null | undefined): string {
  if (behavior === "inclusive") return "in the amount";
  return behavior === "exclusive" ? "on top" : "as the account says";
}

/** A whole object only where it was expanded. */
function isOnSale(product: Stripe.Price["product"]): boolean {
  return typeof product === "string" || (!product.deleted && product.active);
}
