import type { MeteredFeature } from "../catalog/catalog.js";
import type { Priced } from "../language/price-rate.js";
import { mostUnitsFor } from "../usage/most-units-for.js";
import type { FeatureAccess } from "./access-state.js";
import type { FeatureCap } from "./feature-cap.js";

/** A count that the app is told of when it is reached. */
export interface UsageMark {
  /** How many are used then. */
  readonly at: number;
  /** How much that is of what is included, or of what a cap leaves beyond it. */
  readonly percent: number;
  readonly of: "limit" | "cap";
}

/** In percent, where a feature says nothing else. */
const defaultAlerts: readonly number[] = [80, 100];

/**
 * When the app is told of the use of a feature: at so much of what is included, and at so much of what the cap leaves
 * beyond it, in number or in money.
 *
 * @param price what the use costs, all of it; `null`: nothing
 */
export function usageMarksOf(
  { alertAt = defaultAlerts }: Pick<MeteredFeature, "alertAt">,
  { limit, cap, reason }: Pick<FeatureAccess, "limit" | "cap" | "reason">,
  price: Priced | null,
): readonly UsageMark[] {
  if (reason !== null && reason !== "limit_reached") return [];
  const included = limit ?? 0;
  return alertAt.flatMap((percent) => {
    const ofLimit = { at: partOf(included, percent), percent, of: "limit" as const };
    const ofCap = cap && { at: reachedAt(cap, included, percent, price), percent, of: "cap" as const };
    return [...(included > 0 ? [ofLimit] : []), ...(ofCap && ofCap.at > included ? [ofCap] : [])];
  });
}

function reachedAt(cap: FeatureCap, included: number, percent: number, price: Priced | null): number {
  // What is left of the last unit can't be used.
  if (percent >= 100) return cap.limit;
  const { count, money } = cap;
  const byCount = count === null ? cap.limit : included + partOf(count, percent);
  const isBilled = money !== null && money.currency === cap.spent?.currency && price !== null;
  const byMoney = isBilled ? mostUnitsFor(price, partOf(money.amount, percent) - 1) + 1 : cap.limit;
  return Math.min(cap.limit, byCount, byMoney);
}

function partOf(all: number, percent: number): number {
  return Math.ceil((all * percent) / 100);
}
