import type { Catalog } from "../catalog/catalog.js";
import type { StandingLine } from "./current-lines.js";
import { grantOf } from "./upgrade-for.js";

/**
 * Whether the use of a metered feature beyond what a plan includes is billed: then it never ends the use. What the
 * subscription bills decides, not the catalog: whoever bought the plan before use had a price would have it for nothing.
 * A trial bills no use, so that it gives what is included, or, where nothing is, what there is to try.
 */
export function billsUse(catalog: Catalog, bought: StandingLine | null, featureId: string): boolean {
  if (bought === null || !bought.subscription.items.some(({ usageOf }) => usageOf === featureId))
    return false;
  return bought.subscription.status !== "trialing" || grantOf(catalog, bought.line.planId, featureId) === 0;
}
