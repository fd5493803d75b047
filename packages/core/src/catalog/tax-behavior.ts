import type { Currency } from "../language/money.js";

/** Whether tax comes on top of an amount (`exclusive`, usual in the USA), or is part of it (`inclusive`, usual in Europe). */
export type TaxBehavior = "exclusive" | "inclusive";

/** One for all currencies, or each currency's own: `{ usd: "exclusive", eur: "inclusive" }`. */
export type TaxBehaviors = TaxBehavior | Readonly<Record<Currency, TaxBehavior>>;

/** What taxes are worked out from; only a provider that works them out reads it. */
export interface Taxed {
  /**
   * What it is in the eyes of the tax office, in the provider's own terms: for Stripe a code such as `txcd_10103001`
   * (software as a service, for business use; https://docs.stripe.com/tax/tax-codes). @default the provider's options,
   * else what the account says
   */
  readonly taxCode?: string;
  /**
   * Whether its prices contain tax. Once one was sold with one or the other, a change makes a new price, as a change of
   * the amount does. @default the provider's options, else what the account says
   */
  readonly taxBehavior?: TaxBehaviors;
}

/**
 * Whether prices in a currency contain tax; `null` where that is left to the account.
 *
 * @example
 * taxBehaviorIn({ usd: "exclusive", eur: "inclusive" }, "eur"); // "inclusive"
 */
export function taxBehaviorIn(given: TaxBehaviors | undefined, currency: Currency): TaxBehavior | null {
  if (given === undefined || typeof given === "string") return given ?? null;
  return Object.hasOwn(given, currency) ? (given[currency] ?? null) : null;
}

/**
 * Whether it says of a price, or of each currency's, if it contains tax.
 *
 * @example
 * isTaxBehaviors({ usd: "exclusive" }); // true
 * isTaxBehaviors("gross"); // false
 */
export function isTaxBehaviors(given: unknown): given is TaxBehaviors {
  const all = typeof given === "object" && given !== null ? Object.values(given) : [given];
  return all.length > 0 && all.every((one) => one === "exclusive" || one === "inclusive");
}
