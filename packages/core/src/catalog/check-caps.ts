import type { UsageCap } from "../language/usage-cap.js";
import type { Catalog, PlanDefinition } from "./catalog.js";
import { checkAmounts, refuse } from "./check-entry.js";
import { pricesOf } from "./prices.js";

/** Checks how far a plan lets the use of its features go beyond what it includes. */
export function checkCaps(path: string, plan: PlanDefinition, features: Catalog["features"]): void {
  for (const [featureId, cap] of Object.entries(plan.caps ?? {})) {
    if (cap !== undefined) checkCap(`${path}.caps.${featureId}`, cap, featureId, plan, features);
  }
}

function checkCap(
  path: string,
  cap: UsageCap,
  featureId: string,
  plan: PlanDefinition,
  features: Catalog["features"],
): void {
  const feature = Object.hasOwn(features, featureId) ? features[featureId] : undefined;
  if (feature?.type !== "metered") refuse(path, "must be for a metered feature");
  const isBilled = plan.usage?.[featureId] !== undefined;
  if (!isBilled && plan.overage?.[featureId] !== "allowed")
    refuse(path, "must be left out: the use ends with what is included");
  const { count, amounts } = cap;
  if (count === undefined && amounts === undefined) refuse(path, "must have a count or amounts");
  if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
    refuse(`${path}.count`, "must be a whole number from 0");
  if (amounts === undefined) return;
  if (!isBilled) refuse(`${path}.amounts`, "must be left out: the use has no price");
  checkAmounts(`${path}.amounts`, amounts);
  const missing = pricesOf("", plan).find(({ currency }) => !Object.hasOwn(amounts, currency));
  if (missing !== undefined) {
    refuse(`${path}.amounts.${missing.currency}`, "must be given: the plan is sold in that currency");
  }
}
