import type { Catalog, MemberLimit, PlanDefinition } from "./catalog.js";
import { refuse } from "./check-entry.js";
import { findPlan } from "./prices.js";

/** What a plan says of each member; `undefined`: nothing. */
export function memberLimitIn(catalog: Catalog, planId: string, featureId: string): MemberLimit | undefined {
  const { perMember = {} } = findPlan(catalog, planId) ?? {};
  return Object.hasOwn(perMember, featureId) ? perMember[featureId] : undefined;
}

export function checkMemberLimits(
  path: string,
  { perMember = {}, includes }: PlanDefinition,
  features: Catalog["features"],
): void {
  for (const [featureId, limit] of Object.entries(perMember)) {
    const entry = `${path}.${featureId}`;
    const feature = Object.hasOwn(features, featureId) ? features[featureId] : undefined;
    if (feature?.type !== "metered") refuse(entry, "must be for a metered feature");
    if (typeof limit === "number") {
      if (!Number.isSafeInteger(limit) || limit < 0) refuse(entry, "must be a whole number, or a `percent`");
    } else checkShare(entry, limit, includes[featureId]);
  }
}

function checkShare(path: string, limit: unknown, granted: unknown): void {
  const percent = typeof limit === "object" && limit !== null && "percent" in limit ? limit.percent : null;
  if (typeof percent !== "number" || !(percent > 0 && percent <= 100))
    refuse(path, "must be a whole number, or a `percent` above 0 and up to 100");
  if (granted === "unlimited") refuse(path, "must be a number: there is no share of what is unlimited");
}
