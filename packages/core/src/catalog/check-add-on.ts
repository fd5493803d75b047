import { isInterval } from "../language/interval.js";
import { addOnPricesOf, plansOfAddOn } from "./add-ons.js";
import type { AddOnDefinition, Catalog } from "./catalog.js";
import { checkAmounts, checkId, checkName, checkTaxed, refuse } from "./check-entry.js";
import { checkGrants, checkInterval } from "./check-plan.js";
import { findPlan, maximumQuantity, pricesOf } from "./prices.js";

/** Checks one add-on: its texts, prices and plans, and that there is a plan which it can be sold with. */
export function checkAddOn(id: string, addOn: AddOnDefinition, catalog: Catalog): void {
  const path = `addOns.${id}`;
  checkId(path, id);
  checkName(path, addOn.name);
  // A provider's record carries only the catalog's id: it must name one thing.
  for (const kind of ["plans", "products"] as const) {
    if (Object.hasOwn(catalog[kind], id))
      refuse(path, `must have another id: one of the ${kind} has this one`);
  }
  checkPrices(`${path}.prices`, addOn);
  checkGrants(path, catalog.features, addOn.includes);
  checkTaxed(path, addOn);
  checkMaximum(`${path}.maximum`, addOn);
  checkPlans(`${path}.plans`, addOn, catalog);
  if (addOn.retired !== true) checkSale(id, addOn, catalog);
}

function checkPrices(path: string, { prices }: AddOnDefinition): void {
  const intervals = Object.keys(prices);
  if (intervals.length === 0) refuse(path, "has no interval");
  for (const interval of intervals) {
    checkInterval(`${path}.${interval}`, interval);
    if (isInterval(interval)) checkAmounts(`${path}.${interval}`, prices[interval] ?? {});
  }
}

function checkMaximum(path: string, { maximum = maximumQuantity }: AddOnDefinition): void {
  if (Number.isInteger(maximum) && maximum >= 1 && maximum <= maximumQuantity) return;
  refuse(path, `must be a whole number from 1 to ${maximumQuantity}`);
}

function checkPlans(path: string, { plans }: AddOnDefinition, catalog: Catalog): void {
  if (plans === undefined) return;
  if (plans.length === 0) refuse(path, "names no plan; leave it out for every plan that is paid for");
  for (const planId of plans) {
    const plan = findPlan(catalog, planId);
    if (plan === undefined) refuse(path, `names "${planId}", which is not one of the catalog's plans`);
    if (plan.prices === undefined) refuse(path, `names "${planId}", which has no prices to add it to`);
  }
}

/** It need not be sold with every price of its plans, but with one: it is billed by its plan's interval and currency. */
function checkSale(id: string, addOn: AddOnDefinition, catalog: Catalog): void {
  const plans = plansOfAddOn(catalog, addOn);
  const sold = plans.flatMap(([planId, plan]) => pricesOf(planId, plan));
  const isSold = addOnPricesOf(id, addOn).some(({ interval, currency }) =>
    sold.some((price) => price.interval === interval && price.currency === currency),
  );
  if (isSold) return;
  refuse(`addOns.${id}.prices`, "has no interval and currency that one of its plans is sold by");
}
