import type { Catalog, Includes, PlanDefinition } from "./catalog.js";
import { findPlan, groupOf, isFree } from "./prices.js";

/** What a plan grants to those who have it: kept for when the catalog no longer has it. */
export interface PlanGrants {
  readonly planId: string;
  readonly name: string;
  readonly group: string;
  readonly includes: Includes;
}

/**
 * What each plan that can be subscribed to grants.
 *
 * @example
 * grantsOf(plans).map(({ planId }) => planId); // ["pro"]: nobody subscribes to the free plan
 */
export function grantsOf(catalog: Catalog): readonly PlanGrants[] {
  return Object.entries(catalog.plans)
    .filter(([, plan]) => !isFree(plan))
    .map(([planId, plan]) => ({ planId, name: plan.name, group: groupOf(plan), includes: plan.includes }));
}

/**
 * The catalog with plans that it once had, as if they were declared `retired`: those who have one keep it, and nobody
 * else can see or buy it. Every plan for sale counts as an upgrade from it, since its place in the order is not known.
 *
 * @example
 * const pro = { planId: "old", name: "Old", group: "main", includes: { export: true } };
 * findPlan(withDeparted(plans, [pro]), "old")?.retired; // true
 */
export function withDeparted(catalog: Catalog, remembered: readonly PlanGrants[]): Catalog {
  const departed = remembered.filter(({ planId }) => findPlan(catalog, planId) === undefined);
  if (departed.length === 0) return catalog;
  const plans = departed.map(({ planId, name, group, includes }): readonly [string, PlanDefinition] => [
    planId,
    { name, group, includes, retired: true },
  ]);
  return { ...catalog, plans: Object.fromEntries([...plans, ...Object.entries(catalog.plans)]) };
}
