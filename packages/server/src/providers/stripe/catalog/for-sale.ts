import type { Interval, PriceRate, TaxBehavior } from "@tollgate/core";
import { toStripeRate } from "../language/price-terms.js";
import { toStripeAmount } from "../language/stripe-amount.js";

/** A plan or a product as Stripe should have it. */
export interface ForSale {
  readonly catalogId: string;
  readonly stripeId: string;
  readonly name: string;
  readonly description: string | null;
  /** Absent: the account's own, or what was set by hand. */
  readonly taxCode?: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** The plan's group; `null` for what is bought once, or charged for use. */
  readonly group: string | null;
  /** What counts the use that its prices charge for. Absent: they charge for no use. */
  readonly meterName?: string;
  readonly prices: readonly PriceForSale[];
}

export interface PriceForSale {
  readonly lookupKey: string;
  readonly currency: string;
  /** As Stripe takes it; says nothing where there is a `rate`. */
  readonly amount: number;
  /** What several cost, in Stripe's amounts. Absent: `amount` for each. */
  readonly rate?: PriceRate;
  /** `null`: paid once. */
  readonly interval: Interval | null;
  /** `null`: left to the account. */
  readonly taxBehavior?: TaxBehavior | null;
  /** Absent: it is billed for a quantity, in advance. */
  readonly usage?: UsageForSale;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a price for use charges for. */
interface UsageForSale {
  readonly planId: string;
  readonly feature: string;
  /** Stripe's id of the meter that counts it; absent where it is not known, and so not compared. */
  readonly meter?: string;
}

/** @throws BillingError `invalid_catalog` for an amount that Stripe can't charge. */
export function toTerms(
  { amount, rate }: { readonly amount: number; readonly rate: PriceRate | undefined },
  currency: string,
  lookupKey: string,
): Pick<PriceForSale, "amount" | "rate"> {
  if (rate === undefined) return { amount: toStripeAmount({ amount, currency }, lookupKey) };
  return { amount: 0, rate: toStripeRate(rate, currency, lookupKey) };
}
