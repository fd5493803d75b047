import type { Catalog } from "../catalog/catalog.js";
import { memberLimitIn } from "../catalog/member-limits.js";
import type { Holding } from "./holding.js";
import { overageOf } from "./overage-of.js";
import { grantOf } from "./upgrade-for.js";

/**
 * How many of a metered feature each member may use: of several plans that are open the most generous counts, and one that
 * grants it and says nothing of members sets no limit.
 *
 * @param limit How many their customer may use, add-ons included; `null`: any number.
 */
export function memberLimitOf(
  catalog: Catalog,
  open: Holding["open"],
  featureId: string,
  limit: number | null,
): number | null {
  let most: number | null = null;
  for (const [planId, bought] of open) {
    const isSilent = memberLimitIn(catalog, planId, featureId) === undefined;
    if (
      isSilent &&
      grantOf(catalog, planId, featureId) === 0 &&
      !overageOf(catalog, planId, bought, featureId)
    )
      continue;
    const own = memberLimitUnder(catalog, planId, featureId, limit);
    if (own === null) return null;
    most = Math.max(most ?? 0, own);
  }
  return most;
}

/**
 * How many of a metered feature each member may use under a plan; `null`: as many as their customer.
 *
 * @param limit How many their customer may use, add-ons included; `null`: any number.
 * @example
 * memberLimitUnder(plans, "pro", "messages", 10_000); // null: `pro` says nothing of members
 */
export function memberLimitUnder(
  catalog: Catalog,
  planId: string,
  featureId: string,
  limit: number | null,
): number | null {
  const own = memberLimitIn(catalog, planId, featureId);
  if (typeof own === "number") return own;
  return own === undefined || limit === null ? null : Math.floor((limit * own.percent) / 100);
}
