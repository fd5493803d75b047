import { type Interval, intervalParts, isInterval, toInterval } from "../language/interval.js";
import type { Catalog, Feature, PlanDefinition } from "./catalog.js";
import { checkCaps } from "./check-caps.js";
import { checkAmounts, checkId, checkName, checkTaxed, refuse } from "./check-entry.js";
import { checkIntros } from "./check-intro.js";
import { checkPrice } from "./check-price.js";
import { checkUsagePrice } from "./check-usage-price.js";
import { checkMemberLimits } from "./member-limits.js";
import { groupOf, intervalsOf, isFree, pricesOf } from "./prices.js";

/** Checks one plan: its texts, trial, prices, and that what it includes fits the catalog's features. */
export function checkPlan(id: string, plan: PlanDefinition, features: Catalog["features"]): void {
  const path = `plans.${id}`;
  checkId(path, id);
  checkName(path, plan.name);
  checkId(`${path}.group`, groupOf(plan));
  checkTrial(path, plan);
  checkTaxed(path, plan);
  checkContact(path, plan);
  checkPrivate(path, plan);
  checkPrices(`${path}.prices`, plan);
  checkIntros(`${path}.intro`, plan);
  checkTrialPrice(`${path}.trialPrice`, plan);
  for (const [featureId, price] of Object.entries(plan.usage ?? {})) {
    if (price !== undefined) checkUsagePrice(`${path}.usage.${featureId}`, price, featureId, plan, features);
  }
  for (const [featureId, overage] of Object.entries(plan.overage ?? {})) {
    checkOverage(`${path}.overage.${featureId}`, overage, features[featureId], plan.usage?.[featureId]);
  }
  checkMemberLimits(`${path}.perMember`, plan, features);
  checkCaps(path, plan, features);
  const { prices } = plan;
  const isCounted = prices !== undefined && pricesOf("", plan).every(({ model }) => model !== "flat");
  checkGrants(path, features, plan.includes, isCounted || plan.contactUrl !== undefined || plan.retired);
}

function checkOverage(path: string, overage: unknown, feature: Feature | undefined, price: unknown): void {
  if (feature?.type !== "metered") refuse(path, "must be for a metered feature");
  if (overage !== "allowed" && overage !== "blocked") refuse(path, 'must be "allowed" or "blocked"');
  if (price !== undefined) refuse(path, "must be left out: its use has a price, and is billed");
}

function checkTrialPrice(path: string, plan: PlanDefinition): void {
  const { trialPrice, trialDays = 0, trialWithoutCard } = plan;
  if (trialPrice === undefined) return;
  if (trialDays === 0) refuse(path, "must be left out: the plan has no trialDays");
  if (trialWithoutCard !== undefined) refuse(path, "must be left out: the trial asks for no payment method");
  checkAmounts(path, trialPrice);
  const free = Object.keys(trialPrice).find((currency) => trialPrice[currency] === 0);
  if (free !== undefined)
    refuse(`${path}.${free}`, "must be more than nothing; leave it out for a free trial");
  const sold = new Set(pricesOf("", plan).map(({ currency }) => currency));
  const missing = [...sold].find((currency) => !Object.hasOwn(trialPrice, currency));
  if (missing !== undefined) refuse(`${path}.${missing}`, "must be given: the plan is sold in that currency");
  const other = Object.keys(trialPrice).find((currency) => !sold.has(currency));
  if (other !== undefined) refuse(`${path}.${other}`, "must be left out: the plan is not sold in it");
}

function checkTrial(path: string, { trialDays = 0, trialWithoutCard, prices }: PlanDefinition): void {
  // https://docs.stripe.com/billing/subscriptions/trials: at most two years.
  if (!Number.isInteger(trialDays) || trialDays < 0 || trialDays > 730) {
    refuse(`${path}.trialDays`, "must be a whole number of days from 0 to 730");
  }
  if (trialDays > 0 && prices === undefined) {
    refuse(`${path}.trialDays`, "must be left out: without prices there is nothing to try for free");
  }
  if (trialWithoutCard === undefined) return;
  if (trialDays === 0) refuse(`${path}.trialWithoutCard`, "must be left out: the plan has no trialDays");
  const isKnown = trialWithoutCard === "pause" || trialWithoutCard === "cancel";
  if (!isKnown) refuse(`${path}.trialWithoutCard`, 'must be "pause" or "cancel"');
}

function checkPrivate(path: string, plan: PlanDefinition): void {
  if (!["boolean", "undefined"].includes(typeof plan.private))
    refuse(`${path}.private`, "must be true or false");
  if (plan.private && isFree(plan) && plan.retired !== true) {
    refuse(`${path}.private`, "must be left out: everybody has the free plan");
  }
}

function checkContact(path: string, { contactUrl, prices }: PlanDefinition): void {
  if (contactUrl === undefined) return;
  // It becomes a link on a page: `javascript:` must never get there.
  if (!/^(https:\/\/|mailto:)./.test(contactUrl)) {
    refuse(`${path}.contactUrl`, "must start with https:// or mailto:");
  }
  if (prices !== undefined) refuse(`${path}.contactUrl`, "must be left out: the plan is sold by its prices");
}

function checkPrices(path: string, plan: PlanDefinition): void {
  const { prices } = plan;
  if (prices === undefined) return;
  for (const interval of Object.keys(prices)) checkInterval(`${path}.${interval}`, interval);
  const intervals = intervalsOf(plan);
  if (intervals.length === 0) refuse(path, "has no interval; leave it out for a free plan");
  for (const interval of intervals) {
    const price = prices[interval];
    if (price !== undefined) checkPrice(`${path}.${interval}`, price);
  }
}

export function checkInterval(path: string, name: string): void {
  if (isInterval(name)) return;
  const { unit, count } = intervalParts(name as Interval);
  const right = ["day", "week", "month", "year"].includes(unit) ? toInterval(unit, count) : null;
  if (right !== null) refuse(path, `is written ${right}`);
  refuse(path, 'must be day, week, month or year, or several of them up to three years, like "3_months"');
}

export function checkGrants(
  path: string,
  features: Catalog["features"],
  includes: Readonly<Record<string, unknown>>,
  hasSeats = false,
): void {
  for (const [featureId, granted] of Object.entries(includes)) {
    const feature = Object.hasOwn(features, featureId) ? features[featureId] : undefined;
    if (granted === "seats" && feature?.type === "limit") {
      if (!hasSeats) refuse(`${path}.includes.${featureId}`, "must be a number: it is not sold by the seat");
    } else checkGrant(`${path}.includes.${featureId}`, feature, granted);
  }
}

function checkGrant(path: string, feature: Feature | undefined, granted: unknown): void {
  if (feature === undefined) refuse(path, "is not one of the catalog's features");
  if (feature.type === "switch") {
    if (typeof granted !== "boolean") refuse(path, "must be true or false");
    return;
  }
  const counts = typeof granted === "number" && Number.isSafeInteger(granted) && granted >= 0;
  if (!counts && granted !== "unlimited") refuse(path, 'must be a whole number or "unlimited"');
}
