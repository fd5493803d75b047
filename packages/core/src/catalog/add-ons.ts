import { compareIntervals, type Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { AddOnDefinition, Catalog, PlanDefinition } from "./catalog.js";
import { findPlan, maximumQuantity } from "./prices.js";

/** One price of an add-on: an interval in a currency. */
export interface AddOnPrice {
  readonly addOnId: string;
  readonly interval: Interval;
  readonly currency: Currency;
  /** Per unit and interval, in minor units. */
  readonly amount: number;
}

/**
 * The add-on of this id; never something inherited from `Object.prototype`. Retired ones are found too.
 *
 * @example
 * findAddOn(plans, "storage")?.name; // "Storage"
 */
export function findAddOn({ addOns = {} }: Catalog, addOnId: string): AddOnDefinition | undefined {
  return Object.hasOwn(addOns, addOnId) ? addOns[addOnId] : undefined;
}

/**
 * Every price that an add-on has, the shortest interval first, in minor units per unit.
 *
 * @example
 * const storage = { name: "Storage", prices: { month: { usd: 500 } }, includes: {} };
 * addOnPricesOf("storage", storage); // [{ addOnId: "storage", interval: "month", currency: "usd", amount: 500 }]
 */
export function addOnPricesOf(addOnId: string, { prices }: AddOnDefinition): readonly AddOnPrice[] {
  const intervals = (Object.keys(prices) as Interval[]).sort(compareIntervals);
  return intervals.flatMap((interval) =>
    Object.entries(prices[interval] ?? {}).map(([currency, amount]) => ({
      addOnId,
      interval,
      currency,
      amount,
    })),
  );
}

/**
 * The price that an add-on is sold at with a plan that is paid in this way; `undefined`: it is not.
 *
 * @example
 * const storage = { name: "Storage", prices: { month: { usd: 500 } }, includes: {} };
 * findAddOnPrice("storage", storage, { interval: "month", currency: "usd" })?.amount; // 500
 */
export function findAddOnPrice(
  addOnId: string,
  addOn: AddOnDefinition,
  paid: { readonly interval: Interval; readonly currency: Currency },
): AddOnPrice | undefined {
  const all = addOnPricesOf(addOnId, addOn);
  return all.find(({ interval, currency }) => interval === paid.interval && currency === paid.currency);
}

/**
 * Whether an add-on may be added to a plan.
 *
 * @example
 * const storage = { name: "Storage", prices: { month: { usd: 500 } }, plans: ["pro"], includes: {} };
 * fitsPlan(storage, "starter"); // false
 */
export function fitsPlan({ plans }: AddOnDefinition, planId: string): boolean {
  return plans === undefined || plans.includes(planId);
}

/**
 * Whether a plan grants already all that an add-on would add to it: every switch, and every number without end. Nothing is
 * left to sell with that plan, unless the add-on names it among its `plans`.
 *
 * @example
 * const help = { name: "Help", prices: { month: { usd: 1500 } }, includes: { support: true } };
 * isIncludedIn(plans, help, "team"); // true where the plan has support already
 */
export function isIncludedIn(catalog: Catalog, addOn: AddOnDefinition, planId: string): boolean {
  const plan = findPlan(catalog, planId);
  const added = Object.entries(addOn.includes).filter(([, grant]) => grant !== undefined && grant !== false);
  if (plan === undefined || added.length === 0 || addOn.plans?.includes(planId)) return false;
  return added.every(([feature, grant]) => {
    const granted = Object.hasOwn(plan.includes, feature) ? plan.includes[feature] : undefined;
    return granted === (grant === true || "unlimited");
  });
}

/** How many of it a subscription may have. */
export function maximumOf({ maximum = maximumQuantity }: AddOnDefinition): number {
  return maximum;
}

/**
 * The plans that an add-on may be added to: of those that are paid for, the ones that it names, or all that don't include
 * it.
 */
export function plansOfAddOn(
  catalog: Catalog,
  addOn: AddOnDefinition,
): readonly (readonly [string, PlanDefinition])[] {
  return Object.entries(catalog.plans).filter(
    ([id, { prices }]) => prices !== undefined && fitsPlan(addOn, id) && !isIncludedIn(catalog, addOn, id),
  );
}
