import type { Catalog, Feature } from "../catalog/catalog.js";
import { addOnLinesOf } from "../language/add-on-lines.js";
import type { UsageCapFact } from "../language/usage-cap.js";
import type { DenialReason, FeatureAccess } from "./access-state.js";
import { capOf } from "./cap-of.js";
import { extraOf } from "./extra-of.js";
import type { FeatureCap } from "./feature-cap.js";
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
  /** What was set for this customer. */
  readonly caps: readonly UsageCapFact[];
  readonly now: Date;
}

/**
 * Every feature's answer, from the plans that are open and the ones that are bought but closed. Where
 * several open plans grant one feature, the most generous counts; they don't add up. What add-ons grant does.
 */
export function decideFeatures(input: FeatureInput): Readonly<Record<string, FeatureAccess>> {
  const entries = Object.entries(input.catalog.features).map(
    ([id, feature]) => [id, withWaysOut(input, id, decideAllowance(input, id, feature))] as const,
  );
  return Object.fromEntries(entries);
}

/** What access says of a feature, but for what there is to buy: that takes longer than all the rest. */
export type Allowance = Omit<FeatureAccess, "upgradeTo" | "unlocks">;

export function decideAllowance(input: FeatureInput, id: string, feature: Feature): Allowance {
  const { catalog, usage, holding, now } = input;
  const granted = grantedBy(catalog, holding.open, id) + extraOf(catalog, holding.addOns, id);
  const counted = Object.hasOwn(usage, id) ? (usage[id] ?? 0) : 0;
  const used = feature.type === "metered" ? counted : 0;
  const period = meteredPeriodOf(catalog, holding, id, now);
  const beyond = beyondIn(catalog, holding, id);
  const overage = beyond?.overage;
  const cap = beyond && capOf({ ...beyond, catalog, caps: input.caps, featureId: id, granted, used });
  const reason = overage === undefined ? denialOf(input, id, granted, used) : denialBy(cap, used);
  const isUnlimited = feature.type === "switch" || granted === Number.POSITIVE_INFINITY;
  return {
    type: feature.type,
    allowed: reason === null,
    reason,
    limit: isUnlimited ? null : granted,
    // Of a limit it is what the app said: nobody who knows better is kept out by it.
    used: feature.type === "switch" ? 0 : counted,
    ...(period && { resetsAt: period.endsAt }),
    ...(overage && { overage }),
    ...(cap && { cap }),
  };
}

export function withWaysOut(
  { catalog, holding }: Pick<FeatureInput, "catalog" | "holding">,
  id: string,
  allowance: Allowance,
): FeatureAccess {
  const { reason, overage } = allowance;
  if (isCurable(reason)) return { ...allowance, upgradeTo: null };
  const open = [...holding.open.keys()];
  const isOpenEnd = overage !== undefined && reason === null;
  const unlocks = isOpenEnd ? [] : unlocksOf(catalog, holding, id);
  const upgradeTo = upgradeFor(catalog, open, id, (planId) => extraOf(catalog, holding.addOns, id, planId));
  return { ...allowance, upgradeTo, ...(unlocks.length > 0 && { unlocks }) };
}

/** The plan that lets the use go beyond what is included: one that bills it, before one that only allows it. */
function beyondIn(catalog: Catalog, { open }: Holding, id: string) {
  const all = [...open].flatMap(([planId, bought]) => {
    const overage = overageOf(catalog, planId, bought, id);
    return overage === undefined ? [] : [{ planId, bought, overage }];
  });
  return all.find(({ overage }) => overage === "billed") ?? all[0];
}

function denialBy(cap: FeatureCap | undefined, used: number): DenialReason | null {
  return cap !== undefined && used >= cap.limit ? "limit_reached" : null;
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
