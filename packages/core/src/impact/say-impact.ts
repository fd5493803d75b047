import type { Catalog } from "../catalog/catalog.js";
import { findPlan } from "../catalog/prices.js";
import { formatMoney } from "../language/money.js";
import { sayIntroChange } from "./compare-intros.js";
import type { MonthlyRevenue, PlanFeatureChange, PlansImpact } from "./plans-impact.js";

/** Sentences for whoever is about to push. */
export function sayImpact(impact: Omit<PlansImpact, "summary">, catalog: Catalog): readonly string[] {
  return [
    ...impact.features.map((one) => sayFeature(one, catalog)),
    ...sayOverLimit(impact),
    ...impact.uncounted.map(
      (feature) => `Only the app knows who has more ${nameOf(feature, catalog)} than they would be granted.`,
    ),
    ...impact.intros.map((one) => sayIntroChange(one, catalog)),
    ...impact.revenue.filter(({ customers }) => customers > 0).map(sayRevenue),
  ];
}

function sayFeature(one: PlanFeatureChange, catalog: Catalog): string {
  const who = one.customers === null ? "Everybody on" : `${countOf(one.customers, "customer")} on`;
  const plan = findPlan(catalog, one.planId)?.name ?? one.planId;
  const feature = nameOf(one.feature, catalog);
  const verb = one.customers === 1 || one.customers === null ? ["gains", "loses"] : ["gain", "lose"];
  if (one.change === "gained") return `${who} ${plan} ${verb[0]} ${feature}.`;
  if (one.change === "lost") return `${who} ${plan} ${verb[1]} ${feature}.`;
  const has = one.customers === 1 || one.customers === null ? "has" : "have";
  return `${who} ${plan} ${has} ${sayLimit(one.to)} instead of ${sayLimit(one.from)} ${feature}.`;
}

function sayOverLimit({ overLimitCount: count }: Omit<PlansImpact, "summary">): readonly string[] {
  if (count === 0) return [];
  return [`${countOf(count, "customer")} would be over a limit at once.`];
}

function sayRevenue({ currency, now, atNewPrices, customers }: MonthlyRevenue): string {
  const money = (amount: number) => formatMoney({ amount, currency }, "en-US");
  const pay = `${countOf(customers, "customer")} ${customers === 1 ? "pays" : "pay"}`;
  return (
    `${pay} another price than the new one, and ${customers === 1 ? "keeps" : "keep"} it. ` +
    `If everybody paid the new ones, ${money(now)} a month would be ${money(atNewPrices)}.`
  );
}

function sayLimit(limit: number | null): string {
  return limit === null ? "unlimited" : String(limit);
}

function countOf(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function nameOf(feature: string, catalog: Catalog): string {
  const known = Object.hasOwn(catalog.features, feature) ? catalog.features[feature] : undefined;
  return known?.name ?? feature;
}
