import type { Catalog, Feature, PlanDefinition, ProductDefinition, UsageReset } from "./catalog.js";
import { checkAddOn } from "./check-add-on.js";
import { checkCredit, checkPlanCredits, checkProductCredits } from "./check-credits.js";
import { checkAmounts, checkId, checkName, checkTaxed, refuse } from "./check-entry.js";
import { checkPlan } from "./check-plan.js";
import { defaultGroup, groupOf, isFree } from "./prices.js";

/**
 * Checks what types cannot: ids, names, amounts, currencies, quantities, and that there is at most one free
 * plan and one featured plan.
 *
 * @throws BillingError `invalid_catalog`, naming the first entry that is wrong and what it should be.
 * @example
 * checkCatalog(plans); // createBilling does it for you
 */
export function checkCatalog(catalog: Catalog): void {
  const plans = Object.entries(catalog.plans);
  for (const [id, feature] of Object.entries(catalog.features)) checkFeature(id, feature);
  for (const [id, plan] of plans) checkPlan(id, plan, catalog.features);
  for (const [id, product] of Object.entries(catalog.products)) checkProduct(id, product, catalog);
  for (const [id, addOn] of Object.entries(catalog.addOns ?? {})) checkAddOn(id, addOn, catalog);
  for (const [id, credit] of Object.entries(catalog.credits ?? {})) checkCredit(id, credit);
  for (const [id, plan] of plans) checkPlanCredits(`plans.${id}`, plan, catalog.credits);
  for (const [id, product] of Object.entries(catalog.products))
    checkProductCredits(`products.${id}`, product, catalog.credits);
  if (plans.length === 0) refuse("plans", "has no entry");
  checkFreePlan(plans.filter(([, plan]) => isFree(plan) && plan.retired !== true));
  if (plans.filter(([, plan]) => plan.featured).length > 1) {
    refuse("plans", "has more than one featured plan");
  }
}

function checkFeature(id: string, feature: Feature): void {
  const path = `features.${id}`;
  checkId(path, id);
  checkName(path, feature.name);
  if (!["switch", "limit", "metered"].includes(feature.type)) {
    refuse(`${path}.type`, 'must be "switch", "limit" or "metered"');
  }
  if (feature.type === "metered" && !resets.has(feature.reset)) {
    refuse(`${path}.reset`, `must be one of ${[...resets].join(", ")}`);
  }
  if (feature.type === "metered") checkAlerts(`${path}.alertAt`, feature.alertAt);
}

function checkAlerts(path: string, alertAt: readonly unknown[] = []): void {
  const isPercent = (one: unknown) => Number.isInteger(one) && Number(one) >= 1 && Number(one) <= 100;
  const isRight = Array.isArray(alertAt) && alertAt.every(isPercent);
  if (!isRight || new Set(alertAt).size < alertAt.length)
    refuse(path, "must be different whole numbers from 1 to 100");
}

const resets: ReadonlySet<unknown> = new Set<UsageReset>([
  "period",
  "billing_month",
  "month",
  "week",
  "day",
  "never",
]);

function checkProduct(id: string, product: ProductDefinition, { plans }: Catalog): void {
  const path = `products.${id}`;
  checkId(path, id);
  checkName(path, product.name);
  checkAmounts(`${path}.price`, product.price);
  checkTaxed(path, product);
  if (!["boolean", "undefined"].includes(typeof product.once))
    refuse(`${path}.once`, "must be true or false");
  // A provider's record carries only the catalog's id: it must name one thing.
  if (Object.hasOwn(plans, id)) refuse(path, "must have another id: a plan has this one");
}

function checkFreePlan(free: readonly (readonly [string, PlanDefinition])[]): void {
  if (free.length > 1) {
    refuse("plans", "has more than one free plan (a plan without prices and contactUrl)");
  }
  for (const [id, plan] of free) {
    if (groupOf(plan) !== defaultGroup) {
      refuse(`plans.${id}.group`, "must be left out: the free plan belongs to the main group");
    }
  }
}
