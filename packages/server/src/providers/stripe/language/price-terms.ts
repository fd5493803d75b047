import type { Priced, PriceRate, PriceTier } from "@tollgate/core";
import type Stripe from "stripe";
import { fromStripeAmount, toStripeAmount } from "./stripe-amount.js";

type Scheme = Pick<
  Stripe.PriceCreateParams,
  "billing_scheme" | "tiers" | "tiers_mode" | "transform_quantity" | "unit_amount"
>;

/**
 * How Stripe is told what a price charges (https://docs.stripe.com/products-prices/pricing-models): one tier for everything
 * is a price per unit there.
 */
export function toScheme({ amount, rate }: { readonly amount: number; readonly rate?: PriceRate }): Scheme {
  if (rate === undefined) return { unit_amount: amount };
  if (rate.kind === "package") {
    return { unit_amount: rate.amount, transform_quantity: { divide_by: rate.size, round: "up" } };
  }
  const single = singleOf(rate);
  if (single !== null) return { unit_amount: single };
  return {
    billing_scheme: "tiered",
    tiers_mode: rate.kind,
    tiers: rate.tiers.map(({ upTo, perUnit, flat }) => ({
      up_to: upTo ?? "inf",
      unit_amount: perUnit,
      // Even one of nothing would be a line of the invoice.
      ...(flat > 0 && { flat_amount: flat }),
    })),
  };
}

/**
 * A price with what it charges in one of its currencies; `null`: that was not expanded
 * (https://docs.stripe.com/api/prices/object#price_object-currency_options).
 */
export function inCurrency(price: Stripe.Price, currency: string): Stripe.Price | null {
  if (price.currency === currency) return price;
  if (price.currency_options === undefined) return null;
  const { unit_amount = null, tiers } = price.currency_options[currency] ?? {};
  // Tiers of another currency are never those of this one.
  const { tiers: _, ...rest } = price;
  return { ...rest, currency, unit_amount, ...(tiers !== undefined && { tiers }) };
}

/** What a price at Stripe charges, in Stripe's amounts; tiers only where they were expanded. `amount` is `null` if it can't be told. */
export function termsOf(price: Stripe.Price): Priced {
  const { unit_amount: amount, tiers, tiers_mode, transform_quantity } = price;
  if (transform_quantity !== null && transform_quantity !== undefined && amount !== null) {
    const { divide_by: size, round } = transform_quantity;
    return round === "up" ? { amount, rate: { kind: "package", amount, size } } : { amount: null };
  }
  const kind = (["graduated", "volume"] as const).find((one) => one === tiers_mode);
  const known = kind === undefined ? undefined : tiers?.map(toTier).filter((tier) => tier !== null);
  if (kind === undefined || known === undefined || known.length !== tiers?.length) return { amount };
  return { amount, rate: { kind, tiers: known } };
}

/** `null` for one with a fraction of a minor unit, which the catalog never has. */
function toTier(tier: Stripe.Price.Tier): PriceTier | null {
  const { up_to: upTo, unit_amount, unit_amount_decimal, flat_amount, flat_amount_decimal } = tier;
  if (unit_amount === null && unit_amount_decimal !== null) return null;
  if (flat_amount === null && flat_amount_decimal !== null) return null;
  return { upTo, perUnit: unit_amount ?? 0, flat: flat_amount ?? 0 };
}

/** Whether two charge the same, whatever the quantity. */
export function isSameTerms(one: Priced, other: Priced): boolean {
  return JSON.stringify(plainOf(one)) === JSON.stringify(plainOf(other));
}

function plainOf({ amount, rate }: Priced): unknown {
  const single = rate === undefined ? amount : singleOf(rate);
  return single ?? rate ?? null;
}

/** What each unit costs, where that is all that there is to say. */
function singleOf(rate: PriceRate): number | null {
  if (rate.kind === "package") return null;
  const [only, ...more] = rate.tiers;
  return only !== undefined && more.length === 0 && only.flat === 0 ? only.perUnit : null;
}

/**
 * Amounts of ours as Stripe takes them.
 *
 * @throws BillingError `invalid_catalog` for an amount that Stripe can't charge
 */
export function toStripeRate(rate: PriceRate, currency: string, name: string): PriceRate {
  return convert(rate, (amount) => toStripeAmount({ amount, currency }, name));
}

/** Stripe's amounts as ours. */
function fromStripeRate(rate: PriceRate, currency: string): PriceRate {
  return convert(rate, (amount) => fromStripeAmount(amount, currency));
}

function convert(rate: PriceRate, amountOf: (amount: number) => number): PriceRate {
  if (rate.kind === "package") return { ...rate, amount: amountOf(rate.amount) };
  const tiers = rate.tiers.map(({ upTo, perUnit, flat }) => ({
    upTo,
    perUnit: amountOf(perUnit),
    flat: amountOf(flat),
  }));
  return { ...rate, tiers };
}

/** What a price charges, in our amounts. */
export function pricedOf(price: Stripe.Price): Priced {
  return toPriced(termsOf(price), price.currency);
}

/** Stripe's terms in our amounts. */
export function toPriced({ amount, rate }: Priced, currency: string): Priced {
  if (rate !== undefined) return { amount: null, rate: fromStripeRate(rate, currency) };
  return { amount: amount === null ? null : fromStripeAmount(amount, currency) };
}
