import { compareIntervals, type Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { AddOnDefinition, Catalog, PlanDefinition } from "./catalog.js";
import { maximumQuantity } from "./prices.js";

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

/** How many of it a subscription may have. */
export function maximumOf({ maximum = maximumQuantity }: AddOnDefinition): number {
  return maximum;
}

/** The plans that an add-on may be added to: of those that are paid for, all or the ones that it names. */
export function plansOfAddOn(
  { plans }: Catalog,
  addOn: AddOnDefinition,
): readonly (readonly [string, PlanDefinition])[] {
  return Object.entries(plans).filter(([id, { prices }]) => prices !== undefined && fitsPlan(addOn, id));
}
