import type { Catalog, Feature, PlanDefinition } from "../catalog/catalog.js";
import { findPlan, freePlanId, groupOf } from "../catalog/prices.js";
import type { DenialReason, FeatureAccess } from "./access-state.js";
import type { Holding } from "./holding.js";

interface FeatureInput {
  readonly catalog: Catalog;
  readonly signedIn: boolean;
  readonly holding: Holding;
  readonly usage: Readonly<Record<string, number>>;
}

/**
 * Every feature's answer, from the plans that are open and the ones that are bought but closed. Where
 * several open plans grant one feature, the most generous counts; they don't add up.
 */
export function decideFeatures(input: FeatureInput): Readonly<Record<string, FeatureAccess>> {
  const open = [...input.holding.open.keys()];
  const entries = Object.entries(input.catalog.features).map(
    ([id, feature]) => [id, decideFeature(input, open, id, feature)] as const,
  );
  return Object.fromEntries(entries);
}

function decideFeature(
  input: FeatureInput,
  open: readonly string[],
  id: string,
  feature: Feature,
): FeatureAccess {
  const { catalog, signedIn, usage } = input;
  const granted = mostOf(catalog, open, id);
  const counted = Object.hasOwn(usage, id) ? (usage[id] ?? 0) : 0;
  const used = feature.type === "metered" ? counted : 0;
  const reason = denialOf(input, id, granted, used);
  // A visitor is not sent to a paid plan for what signing in would already give.
  const held = signedIn ? open : [freePlanId(catalog)].filter((planId) => planId !== null);
  return {
    type: feature.type,
    allowed: reason === null,
    reason,
    limit: feature.type === "switch" || granted === Number.POSITIVE_INFINITY ? null : granted,
    used,
    upgradeTo: isCurable(reason) ? null : upgradeFor(catalog, held, id),
  };
}

/** Whether the way out is to mend the subscription at hand rather than to buy another plan. */
function isCurable(reason: DenialReason | null): boolean {
  return reason === "payment_failed" || reason === "payment_incomplete" || reason === "paused";
}

function denialOf(input: FeatureInput, id: string, granted: number, used: number): DenialReason | null {
  if (!input.signedIn) return "signed_out";
  if (granted > 0) return used < granted ? null : "limit_reached";
  for (const { line, standing } of input.holding.current) {
    if (standing.grants || standing.reason === null) continue;
    if (grantOf(input.catalog, line.planId, id) > 0) return standing.reason;
  }
  return "not_in_plan";
}

/** How much of a feature a plan grants: a switch that is on counts as unlimited. */
export function grantOf(catalog: Catalog, planId: string, featureId: string): number {
  const includes = findPlan(catalog, planId)?.includes ?? {};
  const granted = Object.hasOwn(includes, featureId) ? includes[featureId] : undefined;
  if (granted === true || granted === "unlimited") return Number.POSITIVE_INFINITY;
  return typeof granted === "number" ? granted : 0;
}

function mostOf(catalog: Catalog, planIds: readonly string[], featureId: string): number {
  let most = 0;
  for (const planId of planIds) most = Math.max(most, grantOf(catalog, planId, featureId));
  return most;
}

/**
 * The first plan in the catalog's order, which is from cheap to rich, that grants more than those that are
 * held and is no step back in its group. What can be bought here comes before what is sold by hand.
 */
function upgradeFor(catalog: Catalog, held: readonly string[], featureId: string): string | null {
  const granted = mostOf(catalog, held, featureId);
  if (granted === Number.POSITIVE_INFINITY) return null;
  const ids = Object.keys(catalog.plans);
  const isStepBack = (planId: string, plan: PlanDefinition) =>
    held.some((other) => {
      const heldPlan = findPlan(catalog, other);
      return heldPlan && groupOf(heldPlan) === groupOf(plan) && ids.indexOf(planId) < ids.indexOf(other);
    });
  let byHand: string | null = null;
  for (const [planId, plan] of Object.entries(catalog.plans)) {
    if (plan.retired === true || grantOf(catalog, planId, featureId) <= granted) continue;
    if (isStepBack(planId, plan)) continue;
    if (plan.prices) return planId;
    if (plan.contactUrl !== undefined) byHand ??= planId;
  }
  return byHand;
}
