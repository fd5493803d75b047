import { compareIntervals, type Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { Catalog, PlanDefinition } from "./catalog.js";
import type { QuantityBounds } from "./price-definition.js";
import { type ModelPrice, ratesOf } from "./rates.js";

/** One price of a plan: an interval in a currency. */
export interface PlanPrice extends ModelPrice, SoldQuantities {
  readonly planId: string;
  readonly interval: Interval;
  readonly currency: Currency;
}

/** How many of something are sold. */
export interface SoldQuantities {
  readonly minimumQuantity: number;
  /** `null`: no maximum. */
  readonly maximumQuantity: number | null;
  /** Only the minimum, and every so many more. Absent: 1. */
  readonly quantityStep?: number;
}

/** How a plan's prices are read: `pricesOf`, or a part of it that a page has room for. */
export type ReadPrices = (plan: PlanDefinition) => readonly Omit<PlanPrice, "planId">[];

/** The most of one thing that a checkout sells, seats included. */
export const maximumQuantity = 10_000;

export const defaultGroup = "main";

/**
 * Every price that a plan has, the shortest interval first, currencies in the order in which they were written. Amounts
 * are in minor units.
 *
 * @example
 * pricesOf("pro", { name: "Pro", prices: { month: { usd: 2900 } }, includes: {} });
 * // [{ planId: "pro", interval: "month", currency: "usd", amount: 2900, model: "flat", … }]
 */
export function pricesOf(planId: string, plan: PlanDefinition): readonly PlanPrice[] {
  return intervalsOf(plan).flatMap((interval) => {
    const price = plan.prices?.[interval] ?? {};
    const { minimum, maximum, step = 1 }: QuantityBounds = price;
    const minimumQuantity = minimum ?? step;
    return ratesOf(price, minimumQuantity).map(([currency, priced]) => ({
      planId,
      interval,
      currency,
      ...priced,
      minimumQuantity,
      maximumQuantity: priced.model === "flat" ? 1 : (maximum ?? null),
      ...(step !== 1 && { quantityStep: step }),
    }));
  });
}

/** What a plan is sold by, the shortest first. */
export function intervalsOf({ prices = {} }: PlanDefinition): readonly Interval[] {
  const named = Object.keys(prices) as Interval[];
  return named.filter((interval) => prices[interval] !== undefined).sort(compareIntervals);
}

/**
 * Every currency in which something of the catalog is priced; the first one is its default. Not everything needs a
 * price in each.
 *
 * @example
 * currenciesOf(plans); // ["usd", "eur"]
 */
export function currenciesOf(catalog: Catalog): readonly Currency[] {
  return currenciesBy((plan) => pricesOf("", plan), catalog);
}

/** `currenciesOf`, with the prices as `read` finds them. */
export function currenciesBy(read: ReadPrices, catalog: Catalog): readonly Currency[] {
  const ofPlans = Object.values(catalog.plans).flatMap(read);
  const ofProducts = Object.values(catalog.products).flatMap(({ price }) => Object.keys(price));
  return [...new Set([...ofPlans.map(({ currency }) => currency), ...ofProducts])];
}

/**
 * The plan of this id; never something inherited from `Object.prototype`. Retired plans are found too.
 *
 * @example
 * findPlan(plans, "pro")?.name; // "Pro"
 * findPlan(plans, "toString"); // undefined
 */
export function findPlan(catalog: Catalog, planId: string): PlanDefinition | undefined {
  return Object.hasOwn(catalog.plans, planId) ? catalog.plans[planId] : undefined;
}

/**
 * The group that a plan belongs to: a customer holds one plan of each.
 *
 * @example
 * groupOf({ name: "Pro", includes: {} }); // "main"
 */
export function groupOf(plan: PlanDefinition): string {
  return plan.group ?? defaultGroup;
}

/**
 * The plan that everybody has without paying, or `null` if the catalog has none.
 *
 * @example
 * freePlanId(plans); // "free"
 */
export function freePlanId(catalog: Catalog): string | null {
  const free = Object.entries(catalog.plans).find(([, plan]) => isFree(plan) && plan.retired !== true);
  return free?.[0] ?? null;
}

/** Whether a plan costs nothing: it has no prices, and nobody sells it by hand. */
export function isFree(plan: PlanDefinition): boolean {
  return plan.prices === undefined && plan.contactUrl === undefined;
}
