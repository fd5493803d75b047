import type { Catalog } from "../catalog/catalog.js";
import { addOnLinesOf } from "../language/add-on-lines.js";
import type { StandingLine } from "./current-lines.js";
import { extraOf } from "./extra-of.js";
import type { Holding } from "./holding.js";
import { overageOf } from "./overage-of.js";
import { grantOf } from "./upgrade-for.js";
import { type UsagePeriod, usagePeriodOf } from "./usage-period.js";

/**
 * The period in which a feature is counted, by the plan that grants it: where several plans are open, the one that grants
 * most with its add-ons, or the first among equals. `null` for what is not metered.
 */
export function meteredPeriodOf(
  catalog: Catalog,
  { open }: Pick<Holding, "open">,
  featureId: string,
  now: Date,
): UsagePeriod | null {
  const feature = Object.hasOwn(catalog.features, featureId) ? catalog.features[featureId] : undefined;
  if (feature?.type !== "metered") return null;
  let most = 0;
  let grant: StandingLine | null = null;
  for (const [planId, bought] of open) {
    const addOns = bought === null ? [] : addOnLinesOf(bought.subscription);
    const granted = grantOf(catalog, planId, featureId) + extraOf(catalog, addOns, featureId);
    if (granted > most || (grant === null && overageOf(catalog, planId, bought, featureId))) {
      most = granted;
      grant = bought;
    }
  }
  if (grant === null) return usagePeriodOf(feature, null, now);
  const { arrears, countedFrom } = grant.subscription;
  return usagePeriodOf(feature, { ...grant.line, arrears, countedFrom }, now);
}
