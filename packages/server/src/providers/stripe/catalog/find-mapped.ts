import { BillingError, formatMoney, type Priced } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import type { StripeNames } from "../language/names.js";
import { inCurrency, pricedOf } from "../language/price-terms.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import type { ForSale, PriceForSale } from "./for-sale.js";
import { priceMismatch } from "./price-mismatch.js";

/** A price that is mapped, or that Stripe has nothing under its id. */
export interface MappedPrice {
  readonly id: string;
  /** With its product and the amounts in other currencies. */
  readonly price: Stripe.Price | null;
}

/** What one price of the catalog is sold by. */
type MappedOutcome =
  | { readonly kind: "sold"; readonly price: Stripe.Price }
  /** `providerId`: what comes nearest. */
  | {
      readonly kind: "missing" | "differs";
      readonly providerId: string | null;
      readonly was: Priced | null;
      readonly detail: string;
    };

/** The ids that are mapped for a price of the catalog, in order; `null`: what it belongs to is pushed. */
export function mappedIds(
  { mapping }: StripeNames,
  { catalogId, group, meterName }: Pick<ForSale, "catalogId" | "group" | "meterName">,
  { interval }: Pick<PriceForSale, "interval">,
): readonly string[] | null {
  // What is charged for use is pushed, whatever a product is called.
  if (meterName !== undefined) return null;
  if (group === null) return mapping.products.get(catalogId) ?? null;
  const plan = mapping.plans.get(catalogId);
  return plan === undefined ? null : ((interval === null ? null : plan.get(interval)) ?? []);
}

/** Whether the plan or product is sold by prices that somebody made. */
export function isMapped({ mapping }: StripeNames, { catalogId, group, meterName }: ForSale): boolean {
  if (meterName !== undefined) return false;
  return group === null ? mapping.products.has(catalogId) : mapping.plans.has(catalogId);
}

export async function readMapped(call: CallStripe, id: string): Promise<MappedPrice> {
  try {
    const expand = ["product", "tiers", "currency_options"];
    const price = await call((client) => client.prices.retrieve(id, { expand }));
    const others = Object.keys(price.currency_options ?? {}).filter((one) => one !== price.currency);
    if (price.billing_scheme !== "tiered" || others.length === 0) return { id, price };
    // The tiers in another currency come only to whoever asks for them by its name.
    const tiers = others.map((one) => `currency_options.${one}.tiers`);
    const all = { expand: [...expand, ...tiers] };
    return { id, price: await call((client) => client.prices.retrieve(id, all)) };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { id, price: null };
  }
}

/** Whether a price can be paid in a currency. */
export function fitsCurrency(price: Stripe.Price, currency: string): boolean {
  return price.currency === currency || price.currency_options?.[currency] !== undefined;
}

/** The first that is active and can be paid in the currency is sold, if it charges what the catalog shows. */
export function decideMapped(wanted: PriceForSale, found: readonly MappedPrice[]): MappedOutcome {
  const { currency } = wanted;
  const missing = (detail: string) => ({ kind: "missing", providerId: null, was: null, detail }) as const;
  if (found.length === 0) return missing("no price is mapped for it");
  const fitting = found.flatMap(({ price }) =>
    price !== null && fitsCurrency(price, currency) ? [price] : [],
  );
  const sold = fitting.find(({ active }) => active);
  if (sold === undefined) {
    const [archived] = fitting;
    const gone = found.find(({ price }) => price === null);
    if (archived !== undefined) {
      const was = pricedIn(archived, currency);
      return {
        kind: "differs",
        providerId: archived.id,
        was,
        detail: `is archived at Stripe: ${archived.id}`,
      };
    }
    if (gone !== undefined)
      return { ...missing(`there is no price ${gone.id} at Stripe`), providerId: gone.id };
    return missing(`none of the prices that are mapped for it is in ${currency.toUpperCase()}`);
  }
  const detail = sayMismatch(sold, wanted);
  if (detail === null) return { kind: "sold", price: sold };
  return { kind: "differs", providerId: sold.id, was: pricedIn(sold, currency), detail };
}

/** @returns the price that sells what is wanted */
export async function findMapped(
  call: CallStripe,
  wanted: PriceForSale,
  ids: readonly string[],
): Promise<Stripe.Price> {
  const found: MappedPrice[] = [];
  for (const id of ids) {
    const one = await readMapped(call, id);
    found.push(one);
    if (one.price?.active && fitsCurrency(one.price, wanted.currency)) break;
  }
  const outcome = decideMapped(wanted, found);
  if (outcome.kind === "sold") return outcome.price;
  throw notMapped(wanted, outcome.detail);
}

/** @param what in words, after "The price …:" */
export function notMapped({ lookupKey }: PriceForSale, what: string): BillingError {
  return new BillingError(
    "price_not_mapped",
    `The price ${lookupKey} can't be sold: ${what}. Put it right in the option \`prices\` of stripe(), or at Stripe.`,
    { details: { lookupKey } },
  );
}

/** With amounts as money: whoever mapped the price compares it with a page of the dashboard. */
function sayMismatch(price: Stripe.Price, wanted: PriceForSale): string | null {
  const { currency } = wanted;
  const money = (amount: number) =>
    formatMoney({ amount: fromStripeAmount(amount, currency), currency }, "en-US");
  return priceMismatch(inCurrency(price, currency) ?? price, wanted, money);
}

/** What a price charges in one of its currencies, in our amounts. */
function pricedIn(price: Stripe.Price, currency: string): Priced {
  return pricedOf(inCurrency(price, currency) ?? price);
}
