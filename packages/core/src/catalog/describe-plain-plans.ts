import type { Amounts, Currency } from "../language/money.js";
import type { Catalog, PlanDefinition } from "./catalog.js";
import { describeBy, type PlansDescription } from "./describe-plans.js";
import type { PackagePrice, PerSeatPrice, TieredPrice } from "./price-definition.js";
import { intervalsOf, type ReadPrices } from "./prices.js";

/**
 * `describePlans` for a page, which has no room for every kind of price: `null` where a plan has tiers, packages, a base
 * or a price for use, which GET /plans describes.
 *
 * @example
 * describePlainPlans(plans, "eur")?.plans[0]?.name; // "Free"
 */
export function describePlainPlans(catalog: Catalog, asked?: Currency): PlansDescription | null {
  return Object.values(catalog.plans).every(isPlain) ? sketchPlans(catalog, asked) : null;
}

/**
 * The same of any catalog, for the outline of a page that waits for GET /plans: words and features are right, and the
 * amount of a price of another kind is one of those in it.
 *
 * @example
 * sketchPlans(plans).plans.map(({ name }) => name); // ["Free", "Pro"]
 */
export function sketchPlans(catalog: Catalog, asked?: Currency): PlansDescription {
  return describeBy(readPlainly, catalog, asked);
}

/** What a price may have, of whatever kind; the rest are amounts. */
type PriceParts = Partial<PerSeatPrice & TieredPrice & PackagePrice>;

function isPlain({ prices, usage }: PlanDefinition): boolean {
  const all = Object.values<PriceParts | undefined>((prices ?? {}) as Readonly<Record<string, PriceParts>>);
  return !usage && !all.some((price) => price?.tiers ?? price?.perPackage ?? price?.base ?? price?.included);
}

const readPlainly: ReadPrices = (plan) =>
  intervalsOf(plan).flatMap((interval) => {
    const price = plan.prices?.[interval] ?? {};
    const { perSeat, perPackage, tiers, maximum = null, step = 1, minimum = step } = price as PriceParts;
    const each = perSeat ?? perPackage ?? tiers?.[0]?.perUnit ?? tiers?.[0]?.flat;
    return Object.entries(each ?? (price as Amounts)).map(([currency, amount]) => ({
      interval,
      currency,
      amount,
      model: each ? ("per_seat" as const) : ("flat" as const),
      minimumQuantity: minimum,
      maximumQuantity: each ? maximum : 1,
      ...(step !== 1 && { quantityStep: step }),
    }));
  });
