import { BillingError } from "../errors.js";
import type { Amounts } from "../money.js";
import { isMinorUnits, minorUnitDigits } from "../money.js";
import type { Catalog, Feature, PlanDefinition } from "./catalog.js";
import { intervals, isPerSeat } from "./prices.js";

const idPattern = /^[a-z][a-z0-9_-]{0,39}$/;

/**
 * Checks what types cannot: ids, amounts, currencies, quantities, and that there is at most one free
 * plan and one featured plan.
 *
 * @throws BillingError `invalid_catalog`, naming the first entry that is wrong and what it should be.
 */
export function checkCatalog(catalog: Catalog): void {
  for (const [id, feature] of Object.entries(catalog.features)) checkFeature(id, feature);
  for (const [id, plan] of Object.entries(catalog.plans)) checkPlan(id, plan, catalog);
  for (const [id, product] of Object.entries(catalog.products)) {
    checkId("products", id);
    checkAmounts(`products.${id}.price`, product.price);
  }
  const plans = Object.values(catalog.plans);
  if (plans.length === 0) fail("plans", "has no entry");
  const free = plans.filter((plan) => !plan.prices && !plan.contactUrl && !plan.retired);
  if (free.length > 1) fail("plans", "has more than one free plan (a plan without prices and contactUrl)");
  if (plans.filter((plan) => plan.featured).length > 1) fail("plans", "has more than one featured plan");
}

function checkFeature(id: string, feature: Feature): void {
  checkId("features", id);
  if (!["switch", "limit", "metered"].includes(feature.type)) {
    fail(`features.${id}.type`, 'must be "switch", "limit" or "metered"');
  }
}

function checkPlan(id: string, plan: PlanDefinition, catalog: Catalog): void {
  checkId("plans", id);
  const { trialDays = 0, contactUrl } = plan;
  if (!Number.isInteger(trialDays) || trialDays < 0 || trialDays > 730) {
    // https://docs.stripe.com/billing/subscriptions/trials: at most two years.
    fail(`plans.${id}.trialDays`, "must be a whole number of days from 0 to 730");
  }
  if (contactUrl !== undefined && !/^(https:|mailto:)/.test(contactUrl)) {
    fail(`plans.${id}.contactUrl`, "must start with https: or mailto:");
  }
  for (const interval of intervals) {
    const price = plan.prices?.[interval];
    if (price === undefined) continue;
    const path = `plans.${id}.prices.${interval}`;
    checkAmounts(path, isPerSeat(price) ? price.perSeat : price);
    if (isPerSeat(price)) checkQuantities(path, price.minimum ?? 1, price.maximum ?? Number.MAX_SAFE_INTEGER);
  }
  if (plan.prices && !intervals.some((interval) => plan.prices?.[interval])) {
    fail(`plans.${id}.prices`, "has no interval; leave it out for a free plan");
  }
  for (const [featureId, granted] of Object.entries(plan.includes)) {
    checkGrant(`plans.${id}.includes.${featureId}`, catalog.features[featureId], granted);
  }
}

function checkGrant(path: string, feature: Feature | undefined, granted: unknown): void {
  if (feature === undefined) fail(path, "is not one of the catalog's features");
  const fits =
    feature?.type === "switch"
      ? typeof granted === "boolean"
      : granted === "unlimited" || isMinorUnits(granted);
  if (!fits)
    fail(
      path,
      feature?.type === "switch" ? "must be true or false" : 'must be a whole number or "unlimited"',
    );
}

function checkQuantities(path: string, minimum: number, maximum: number): void {
  const whole = Number.isInteger(minimum) && Number.isInteger(maximum);
  if (!whole || minimum < 1 || maximum < minimum) fail(path, "needs 1 ≤ minimum ≤ maximum, in whole seats");
}

function checkAmounts(path: string, amounts: Amounts): void {
  const entries = Object.entries(amounts);
  if (entries.length === 0) fail(path, "has no currency");
  for (const [currency, amount] of entries) {
    if (!/^[a-z]{3}$/.test(currency) || !isKnownCurrency(currency)) {
      fail(`${path}.${currency}`, "must be an ISO 4217 code in lower case");
    }
    if (!isMinorUnits(amount))
      fail(`${path}.${currency}`, "must be a whole number of minor units (2900 is $29.00)");
  }
}

function isKnownCurrency(currency: string): boolean {
  const known = Intl.supportedValuesOf("currency");
  return known.includes(currency.toUpperCase()) && minorUnitDigits(currency) <= 3;
}

function checkId(room: string, id: string): void {
  if (!idPattern.test(id))
    fail(`${room}.${id}`, "must be 1 to 40 of a–z, 0–9, _ and -, starting with a letter");
}

function fail(path: string, what: string): never {
  throw new BillingError("invalid_catalog", `In the catalog, ${path} ${what}.`, { details: { path } });
}
