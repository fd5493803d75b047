import type { AccessState, FeatureAccess } from "../access/access-state.js";

/** What becomes of one feature. */
export interface FeatureChange {
  readonly feature: string;
  readonly change: "gained" | "lost" | "raised" | "lowered";
  /** How many are granted: 0, none; `null`: no limit, and always for a switch that is on. */
  readonly from: number | null;
  readonly to: number | null;
}

/** What one customer may use after a change of the catalog and not before it, or the other way round. */
export function compareFeatures(
  before: Pick<AccessState, "features">,
  after: Pick<AccessState, "features">,
): readonly FeatureChange[] {
  const names = new Set([...Object.keys(before.features), ...Object.keys(after.features)]);
  return [...names].flatMap((feature) => {
    const change = compareOne(before.features[feature], after.features[feature]);
    return change === null ? [] : [{ feature, ...change }];
  });
}

function compareOne(
  before: FeatureAccess | undefined,
  after: FeatureAccess | undefined,
): Omit<FeatureChange, "feature"> | null {
  const [from, to] = [grantOf(before), grantOf(after)];
  if (from === to) return null;
  const change = from === 0 ? "gained" : to === 0 ? "lost" : to > from ? "raised" : "lowered";
  return { change, from: toLimit(from), to: toLimit(to) };
}

/** How many it grants, whether or not they are used up. */
function grantOf(access: FeatureAccess | undefined): number {
  if (access === undefined || (!access.allowed && access.reason !== "limit_reached")) return 0;
  return access.limit ?? Number.POSITIVE_INFINITY;
}

function toLimit(granted: number): number | null {
  return granted === Number.POSITIVE_INFINITY ? null : granted;
}
