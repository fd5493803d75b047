import type { Catalog, Includes, PlanDefinition } from "../catalog/catalog.js";
import { findPlan, groupOf } from "../catalog/prices.js";

/** How much of a feature a plan grants: a switch that is on counts as unlimited. */
export function grantOf(catalog: Catalog, planId: string, featureId: string): number {
  return amountIn(findPlan(catalog, planId)?.includes ?? {}, featureId);
}

export function amountIn(includes: Includes, featureId: string): number {
  const granted = Object.hasOwn(includes, featureId) ? includes[featureId] : undefined;
  if (granted === true || granted === "unlimited") return Number.POSITIVE_INFINITY;
  return typeof granted === "number" ? granted : 0;
}

/** How much the most generous of these plans grants: they don't add up. */
export function mostOf(catalog: Catalog, planIds: readonly string[], featureId: string): number {
  let most = 0;
  for (const planId of planIds) most = Math.max(most, grantOf(catalog, planId, featureId));
  return most;
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
  extraOn: (planId: string | null) => number = () => 0,
): string | null {
  const granted = mostOf(catalog, open, featureId) + extraOn(null);
  if (granted === Number.POSITIVE_INFINITY) return null;
  const ids = Object.keys(catalog.plans);
  const isStepBack = (planId: string, plan: PlanDefinition) =>
    open.some((other) => {
      const heldPlan = findPlan(catalog, other);
      return heldPlan && groupOf(heldPlan) === groupOf(plan) && ids.indexOf(planId) < ids.indexOf(other);
    });
  let byHand: string | null = null;
  for (const [planId, plan] of Object.entries(catalog.plans)) {
    const grants = grantOf(catalog, planId, featureId) + extraOn(planId);
    if (plan.retired || plan.private || grants <= granted) continue;
    if (isStepBack(planId, plan)) continue;
    if (plan.prices) return planId;
    if (plan.contactUrl !== undefined) byHand ??= planId;
  }
  return byHand;
}
