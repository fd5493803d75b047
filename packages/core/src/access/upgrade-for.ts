import type { Catalog, Includes, PlanDefinition } from "../catalog/catalog.js";
import { findPlan, groupOf } from "../catalog/prices.js";

/** How much of a feature a plan grants: a switch that is on counts as unlimited. */
export function grantOf(catalog: Catalog, planId: string, featureId: string): number {
  return amountIn(findPlan(catalog, planId)?.includes ?? {}, featureId);
}

export function amountIn(includes: Includes, featureId: string): number {
  const granted = Object.hasOwn(includes, featureId) && includes[featureId];
  if (typeof granted === "number") return granted;
  return granted ? Number.POSITIVE_INFINITY : 0;
}

/** How much the most generous of these plans grants: they don't add up. */
export function mostOf(catalog: Catalog, planIds: readonly string[], featureId: string): number {
  return Math.max(0, ...planIds.map((planId) => grantOf(catalog, planId, featureId)));
}

/**
 * The first plan in the catalog's order, which is from cheap to rich, that grants more than the current ones and is not
 * a step back in its group; never one that is private. What can be bought here comes before what is sold by hand.
 *
 * @param extraOn What add-ons grant beside a plan, which may not take them all; `null`: beside the current ones.
 */
export function upgradeFor(
  catalog: Catalog,
  open: readonly string[],
  featureId: string,
  extraOn?: (planId: string | null) => number,
): string | null {
  const better = betterPlans(catalog, open, featureId, extraOn);
  const found = better.find(([, { prices }]) => prices) ?? better.find(([, { contactUrl }]) => contactUrl);
  return found?.[0] ?? null;
}

/** The plans among which `upgradeFor` chooses, from cheap to rich. */
export function betterPlans(
  catalog: Catalog,
  open: readonly string[],
  featureId: string,
  extraOn: (planId: string | null) => number = () => 0,
): readonly (readonly [string, PlanDefinition])[] {
  const granted = mostOf(catalog, open, featureId) + extraOn(null);
  const all = Object.entries(catalog.plans);
  return all.filter(([planId, plan], place) => {
    const isStepBack = all
      .slice(place + 1)
      .some(([other, later]) => open.includes(other) && groupOf(later) === groupOf(plan));
    const grants = grantOf(catalog, planId, featureId) + extraOn(planId);
    return !(plan.retired || plan.private || isStepBack) && grants > granted;
  });
}
