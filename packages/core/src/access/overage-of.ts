import type { Catalog } from "../catalog/catalog.js";
import { findPlan } from "../catalog/prices.js";
import type { FeatureAccess } from "./access-state.js";
import { billsUse } from "./bills-use.js";
import type { StandingLine } from "./current-lines.js";

/**
 * What becomes of the use of a metered feature beyond what a plan includes; `undefined`: it ends there.
 *
 * @param bought `null`: the plan is the free one.
 */
export function overageOf(
  catalog: Catalog,
  planId: string,
  bought: StandingLine | null,
  featureId: string,
): FeatureAccess["overage"] {
  if (billsUse(catalog, bought, featureId)) return "billed";
  const { overage = {} } = findPlan(catalog, planId) ?? {};
  return Object.hasOwn(overage, featureId) && overage[featureId] === "allowed" ? "allowed" : undefined;
}
