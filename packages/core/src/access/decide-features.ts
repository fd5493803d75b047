import type { Catalog, Feature } from "../catalog/catalog.js";
import { findPlan } from "../catalog/prices.js";
import type { Subscription } from "../subscription.js";
import type { DenialReason, FeatureAccess } from "./access-state.js";
import type { Standing } from "./standing.js";

interface FeatureInput {
  readonly catalog: Catalog;
  readonly signedIn: boolean;
  /** The plan of the main group that is open now, the free one included. */
  readonly planId: string | null;
  readonly standings: readonly { readonly subscription: Subscription; readonly standing: Standing }[];
  readonly usage: Readonly<Record<string, number>>;
}

/** Every feature's answer, from the plans that are open and the ones that are bought but closed. */
export function decideFeatures(input: FeatureInput): Readonly<Record<string, FeatureAccess>> {
  const { catalog, planId, standings } = input;
  const open = new Set(planId === null ? [] : [planId]);
  for (const { subscription, standing } of standings) if (standing.grants) open.add(subscription.planId);
  const entries = Object.entries(catalog.features).map(([id, feature]) => {
    const granted = Math.max(0, ...[...open].map((plan) => grantOf(catalog, plan, id)));
    return [id, decideFeature(input, id, feature, granted)] as const;
  });
  return Object.fromEntries(entries);
}

function decideFeature(input: FeatureInput, id: string, feature: Feature, granted: number): FeatureAccess {
  const used = feature.type === "metered" ? (input.usage[id] ?? 0) : 0;
  const answer = {
    type: feature.type,
    limit: feature.type === "switch" || granted === Number.POSITIVE_INFINITY ? null : granted,
    used,
  };
  const reason = denialOf(input, id, granted, used);
  const curable =
    reason === null || reason === "signed_out" || reason === "not_in_plan" || reason === "limit_reached";
  const upgradeTo = curable ? upgradeFor(input.catalog, id, granted) : null;
  return { ...answer, allowed: reason === null, reason, upgradeTo };
}

function denialOf(input: FeatureInput, id: string, granted: number, used: number): DenialReason | null {
  if (!input.signedIn) return "signed_out";
  if (granted > 0) return used < granted ? null : "limit_reached";
  const closed = input.standings.find(
    ({ subscription, standing }) =>
      !standing.grants && standing.reason !== null && grantOf(input.catalog, subscription.planId, id) > 0,
  );
  return closed && !closed.standing.grants ? (closed.standing.reason ?? "not_in_plan") : "not_in_plan";
}

/** How much of a feature a plan grants: a switch that is on counts as unlimited. */
function grantOf(catalog: Catalog, planId: string, featureId: string): number {
  const granted = findPlan(catalog, planId)?.includes[featureId];
  if (granted === true || granted === "unlimited") return Number.POSITIVE_INFINITY;
  return typeof granted === "number" ? granted : 0;
}

/** The first plan in the catalog's order, which is from cheap to rich, that is for sale and grants more. */
function upgradeFor(catalog: Catalog, featureId: string, granted: number): string | null {
  const better = Object.entries(catalog.plans).find(
    ([planId, plan]) =>
      plan.retired !== true &&
      (plan.prices !== undefined || plan.contactUrl !== undefined) &&
      grantOf(catalog, planId, featureId) > granted,
  );
  return better?.[0] ?? null;
}
