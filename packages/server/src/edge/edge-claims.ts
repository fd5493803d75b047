import { type AccessState, type CheckableFeature, type DenialReason, endOf } from "@tollgate/core";

/** The issuer of the tokens. Their audience is the app's origin, so that two apps never accept each other's. */
export const edgeIssuer = "tollgate";

/** What a token says, in as few bytes as possible: a cookie holds about 4,000. */
export interface EdgeClaims {
  /** The plan. */
  readonly p: string | null;
  /** Present if it was decided without the store. */
  readonly d?: 1;
  readonly f: Readonly<Record<string, EdgeFeature>>;
  /** Every product of the catalog, with how many were bought; absent if it sells none. */
  readonly o?: Readonly<Record<string, number>>;
}

/** Trailing values that have their default are left out. */
type EdgeFeature = readonly [reason: number, limit?: number | null, used?: number, upgradeTo?: string | null];

// Tokens live for minutes, but servers of two releases may meet: append only.
const reasons = [
  null,
  "signed_out",
  "not_in_plan",
  "limit_reached",
  "payment_failed",
  "payment_incomplete",
  "paused",
  "unavailable",
] as const satisfies readonly (DenialReason | null)[];

export function toEdgeClaims({ planId, degraded, features, owned }: AccessState): EdgeClaims {
  const entries = Object.entries(features).map(([id, feature]) => [id, toEdgeFeature(feature)] as const);
  return {
    p: planId,
    ...(degraded ? { d: 1 as const } : {}),
    f: Object.fromEntries(entries),
    ...(Object.keys(owned).length > 0 ? { o: owned } : {}),
  };
}

function toEdgeFeature(feature: CheckableFeature): EdgeFeature {
  const { reason, used, upgradeTo } = feature;
  const limit = endOf(feature);
  const code = reasons.indexOf(reason);
  if (upgradeTo !== null) return [code, limit, used, upgradeTo];
  if (used !== 0) return [code, limit, used];
  return limit === null ? [code] : [code, limit];
}

/** What a verified token says, or `null` when this release does not understand it. */
export function readEdgeClaims(payload: { readonly [claim: string]: unknown }): {
  readonly planId: string | null;
  readonly degraded: boolean;
  readonly features: Readonly<Record<string, CheckableFeature>>;
  readonly owned: Readonly<Record<string, number>>;
} | null {
  const { p: planId, d, f, o = {} } = payload;
  if (planId !== null && typeof planId !== "string") return null;
  if (typeof f !== "object" || f === null) return null;
  const features: (readonly [string, CheckableFeature])[] = [];
  for (const [id, written] of Object.entries(f)) {
    const feature = Array.isArray(written) ? readEdgeFeature(written) : null;
    if (feature === null) return null;
    features.push([id, feature]);
  }
  const owned = readOwned(o);
  return owned && { planId, degraded: d === 1, features: Object.fromEntries(features), owned };
}

function readOwned(written: unknown): Readonly<Record<string, number>> | null {
  if (typeof written !== "object" || written === null) return null;
  const counts = Object.entries(written);
  return counts.every(([, count]) => Number.isSafeInteger(count)) ? Object.fromEntries(counts) : null;
}

function readEdgeFeature(written: readonly unknown[]): CheckableFeature | null {
  const [code, limit = null, used = 0, upgradeTo = null] = written;
  const reason = typeof code === "number" ? reasons[code] : undefined;
  if (reason === undefined || typeof used !== "number") return null;
  if (limit !== null && typeof limit !== "number") return null;
  if (upgradeTo !== null && typeof upgradeTo !== "string") return null;
  return { reason, limit, used, upgradeTo };
}
