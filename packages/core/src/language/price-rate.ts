/** One tier of a price, its amounts in minor units. */
export interface PriceTier {
  /** The last unit that belongs to it; `null`: it has no end, and is the last one. */
  readonly upTo: number | null;
  /** For each unit. */
  readonly perUnit: number;
  /** Once, for whoever reaches the tier. */
  readonly flat: number;
}

/**
 * What several units cost where that is not an amount for each of them. `graduated`: each tier prices the units that fall
 * into it. `volume`: the tier that is reached prices all of them. `package`: what is begun is paid for.
 */
export type PriceRate =
  | { readonly kind: "graduated" | "volume"; readonly tiers: readonly PriceTier[] }
  | {
      readonly kind: "package";
      /** Per package, in minor units. */
      readonly amount: number;
      /** How many units a package has. */
      readonly size: number;
    };

/** What a number of units costs, by its rate or, without one, by an amount for each. */
export interface Priced {
  /** Per unit, in minor units; `null` where nobody knows. Says nothing where there is a `rate`. */
  readonly amount: number | null;
  readonly rate?: PriceRate | undefined;
}

/**
 * What so many units cost together, in minor units, to the unit what Stripe charges for them
 * (https://docs.stripe.com/billing/subscriptions/tiers, https://docs.stripe.com/products-prices/pricing-models);
 * `null` where nobody knows.
 *
 * @example
 * const rate = { kind: "graduated", tiers: [{ upTo: 5, perUnit: 0, flat: 4900 }, { upTo: null, perUnit: 900, flat: 0 }] } as const;
 * costOf({ amount: 4900, rate }, 7); // 6700: a base with five seats in it, and two more
 * costOf({ amount: 900 }, 7); // 6300
 */
export function costOf(price: Priced & { readonly amount: number }, quantity: number): number;
export function costOf(price: Priced, quantity: number): number | null;
export function costOf({ amount, rate }: Priced, quantity: number): number | null {
  if (rate === undefined) return amount && amount * quantity;
  if (rate.kind === "package") return rate.amount * Math.ceil(quantity / rate.size);
  let below = 0;
  let total = 0;
  for (const { upTo, perUnit, flat } of rate.tiers) {
    const isReached = upTo === null || quantity <= upTo;
    // The first tier's flat amount is due even for nothing.
    if (rate.kind === "graduated") total += perUnit * ((isReached ? quantity : upTo) - below) + flat;
    else if (isReached) return perUnit * quantity + flat;
    if (isReached) break;
    below = upTo;
  }
  return total;
}
