import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { PriceRate, PriceTier } from "../language/price-rate.js";
import type { PlanDefinition } from "./catalog.js";
import type { UsagePrice } from "./price-definition.js";
import { intervalsOf, pricesOf } from "./prices.js";
import { currenciesOfTiers, toTiers } from "./rates.js";

/** What the use of a metered feature costs with a plan, in one currency. */
export interface UsageRate {
  readonly feature: string;
  readonly currency: Currency;
  /** How many cost nothing. */
  readonly included: number;
  /** For all that is used in an interval, what is included too; in minor units. */
  readonly rate: PriceRate;
}

/** What the use of a feature costs, as a pricing table shows it. */
export type UsageDescription = Omit<UsageRate, "currency">;

/**
 * What a plan charges for use, as a pricing table shows it, in one currency.
 *
 * @example
 * describeUsage(plans.plans.pro, "usd"); // []
 */
export function describeUsage(plan: PlanDefinition, currency: Currency): readonly UsageDescription[] {
  const rates = usageRatesOf(plan).filter((one) => one.currency === currency);
  return rates.map(({ currency: _, ...one }) => one);
}

/** What a plan charges for use with one of its intervals. */
export interface PlanUsagePrice extends UsageRate {
  readonly planId: string;
  readonly interval: Interval;
}

/**
 * What a plan charges for the use of each of its metered features that has a price, in each currency.
 *
 * @example
 * usageRatesOf(plans.plans.pro); // []: its messages are included, and more of them can't be bought
 */
export function usageRatesOf(plan: PlanDefinition): readonly UsageRate[] {
  return Object.entries(plan.usage ?? {}).flatMap(([feature, price]) => {
    if (price === undefined) return [];
    const granted = Object.hasOwn(plan.includes, feature) ? plan.includes[feature] : 0;
    const included = typeof granted === "number" ? granted : 0;
    return currenciesOfUsage(price).map((currency) => ({
      feature,
      currency,
      included,
      rate: rateOf(price, currency, included),
    }));
  });
}

/**
 * Every price for use that a plan has: those of `usageRatesOf` for each interval, where the plan itself is sold by it in
 * the currency.
 *
 * @example
 * usagePricesOf("pro", plans.plans.pro); // []
 */
export function usagePricesOf(planId: string, plan: PlanDefinition): readonly PlanUsagePrice[] {
  const rates = usageRatesOf(plan);
  if (rates.length === 0) return [];
  const sold = pricesOf(planId, plan);
  return intervalsOf(plan).flatMap((interval) =>
    rates
      .filter(({ currency }) => sold.some((one) => one.interval === interval && one.currency === currency))
      .map((rate) => ({ ...rate, planId, interval })),
  );
}

export function currenciesOfUsage(price: UsagePrice): readonly Currency[] {
  if ("tiers" in price) return currenciesOfTiers(price.tiers);
  return Object.keys("perUnit" in price ? price.perUnit : price.perPackage);
}

function rateOf(price: UsagePrice, currency: Currency, included: number): PriceRate {
  if ("perPackage" in price) {
    return { kind: "package", amount: price.perPackage[currency] ?? 0, size: price.size };
  }
  const { tiers, kind } =
    "tiers" in price
      ? { tiers: toTiers(price.tiers, currency), kind: price.mode ?? "graduated" }
      : {
          tiers: [{ upTo: null, perUnit: price.perUnit[currency] ?? 0, flat: 0 }],
          kind: "graduated" as const,
        };
  return { kind, tiers: afterIncluded(tiers, included) };
}

/** The tiers begin where what is included ends. */
function afterIncluded(tiers: readonly PriceTier[], included: number): readonly PriceTier[] {
  if (included === 0) return tiers;
  const shifted = tiers.map((tier) => ({ ...tier, upTo: tier.upTo === null ? null : tier.upTo + included }));
  return [{ upTo: included, perUnit: 0, flat: 0 }, ...shifted];
}
