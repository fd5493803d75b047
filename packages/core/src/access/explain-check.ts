import type { FeatureAccess } from "./access-state.js";
import { type AccessCheck, checkFeature } from "./check-feature.js";

/**
 * The answer of `checkFeature`, which on a denial also says how many there are, when a count starts again, and what to buy
 * that would allow one more.
 *
 * @throws BillingError `unknown_feature`
 * @example
 * function whyNoSixth(state: AccessState): AccessCheck {
 *   return explainCheck(state.features, "projects", { used: 5 }); // { allowed: false, limit: 3, used: 5, unlocks: […], … }
 * }
 */
export function explainCheck(
  features: Readonly<Record<string, FeatureAccess>>,
  featureId: string,
  count?: { readonly used: number },
): AccessCheck {
  const check = checkFeature(features, featureId, count);
  const feature = features[featureId];
  if (check.allowed || feature === undefined) return check;
  const { resetsAt = null, unlocks = [], cap } = feature;
  const given: unknown = count === undefined ? feature.used : count?.used;
  const used = typeof given === "number" && given > 0 ? given : 0;
  const enough = unlocks.filter(({ limit }) => limit === null || limit > used);
  return { ...check, used, held: 0, resetsAt, ...(cap && { cap }), unlocks: enough };
}
