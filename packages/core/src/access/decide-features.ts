import type { Catalog, Feature } from "../catalog/catalog.js";
import { addOnLinesOf } from "../language/add-on-lines.js";
import type { DenialReason, FeatureAccess } from "./access-state.js";
import { extraOf } from "./extra-of.js";
import { grantedBy } from "./granted-by.js";
import type { Holding } from "./holding.js";
import { meteredPeriodOf } from "./metered-period.js";
import { overageOf } from "./overage-of.js";
import { unlocksOf } from "./unlocks-of.js";
import { grantOf, upgradeFor } from "./upgrade-for.js";

interface FeatureInput {
  readonly catalog: Catalog;
  readonly holding: Holding;
  readonly usage: Readonly<Record<string, number>>;
  readonly now: Date;
}

/**
 * Every feature's answer, from the plans that are open and the ones that are bought but closed. Where
 * several open plans grant one feature, the most generous counts; they don't add up. What add-ons grant does.
 */
export function decideFeatures(input: FeatureInput): Readonly<Record<string, FeatureAccess>> {
  const entries = Object.entries(input.catalog.features).map(
    ([id, feature]) => [id, decideFeature(input, id, feature)] as const,
  );
  return Object.fromEntries(entries);
}

export function decideFeature(input: FeatureInput, id: string, feature: Feature): FeatureAccess {
  const { catalog, usage, holding, now } = input;
  const { addOns } = holding;
  const open = [...holding.open.keys()];
  const granted = grantedBy(catalog, holding.open, id) + extraOf(catalog, addOns, id);
  const counted = Object.hasOwn(usage, id) ? (usage[id] ?? 0) : 0;
  const used = feature.type === "metered" ? counted : 0;
  const period = meteredPeriodOf(catalog, holding, id, now);
  const overages = [...holding.open].map(([planId, bought]) => overageOf(catalog, planId, bought, id));
  const overage = overages.find((one) => one === "billed") ?? overages.find((one) => one !== undefined);
  const reason = overage === undefined ? denialOf(input, id, granted, used) : null;
  const isUnlimited = feature.type === "switch" || granted === Number.POSITIVE_INFINITY;
  const unlocks = isCurable(reason) || overage !== undefined ? [] : unlocksOf(catalog, holding, id);
  return {
    type: feature.type,
    allowed: reason === null,
    reason,
    limit: isUnlimited ? null : granted,
    // Of a limit it is what the app said: nobody who knows better is kept out by it.
    used: feature.type === "switch" ? 0 : counted,
    ...(period && { resetsAt: period.endsAt }),
    ...(overage && { overage }),
    upgradeTo: isCurable(reason)
      ? null
      : upgradeFor(catalog, open, id, (planId) => extraOf(catalog, addOns, id, planId)),
    ...(unlocks.length > 0 && { unlocks }),
  };
}

/** Whether the way out is to fix the existing subscription rather than to buy another plan. */
function isCurable(reason: DenialReason | null): boolean {
  return reason === "payment_failed" || reason === "payment_incomplete" || reason === "paused";
}

function denialOf(input: FeatureInput, id: string, granted: number, used: number): DenialReason | null {
  if (granted > 0) return used < granted ? null : "limit_reached";
  for (const { line, standing, subscription } of input.holding.current) {
    if (standing.grants || standing.reason === null) continue;
    const bought = extraOf(input.catalog, addOnLinesOf(subscription), id);
    if (grantOf(input.catalog, line.planId, id) + bought > 0) return standing.reason;
  }
  return "not_in_plan";
}
