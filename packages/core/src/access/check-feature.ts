import { CodedError } from "../language/coded-error.js";
import type { IsoTime } from "../language/time.js";
import type { DenialReason, FeatureAccess } from "./access-state.js";
import type { AccessUnlock } from "./access-unlock.js";
import type { FeatureCap } from "./feature-cap.js";

/** The answer to "may they?": allowed, or why not and which plan would help. */
export type AccessCheck =
  | {
      readonly allowed: true;
      /** How many the plan grants; `null` is unlimited. */
      readonly limit: number | null;
      /** How many are left; `null` is unlimited. */
      readonly remaining: number | null;
    }
  | {
      readonly allowed: false;
      readonly reason: DenialReason;
      readonly limit: number | null;
      readonly remaining: 0;
      /** The cheapest plan for sale that would open it, or `null` when no plan would. */
      readonly upgradeTo: string | null;
      // The server says them; a browser finds what they are made from in the feature, and the edge has none.
      /** How many there are, by Tollgate's count or the one that was given; 0 for a switch. */
      readonly used?: number;
      /** How many are set aside for what is still running. */
      readonly held?: number;
      /** When a count starts again; `null`: never, or not known here. */
      readonly resetsAt?: IsoTime | null;
      /** What ended it, where that is not what the plan includes: whose cap it is, and who can raise it. */
      readonly cap?: FeatureCap;
      /** What to buy that would allow it, and what it costs this customer. Empty: nothing, or not known here. */
      readonly unlocks?: readonly AccessUnlock[];
    };

/** What a check reads about a feature: everything that an edge token has to carry. */
export type CheckableFeature = Pick<
  FeatureAccess,
  "reason" | "limit" | "used" | "overage" | "upgradeTo" | "cap"
>;

/**
 * Whether one more of a feature is allowed, given what was decided about it and how many there are. It runs on every
 * gated request, so it allocates its answer and nothing else.
 *
 * @throws BillingError `unknown_feature`
 * @example
 * const features = { export: { reason: null, limit: null, used: 0, upgradeTo: null } };
 * checkFeature(features, "export"); // { allowed: true, limit: null, remaining: null }
 */
export function checkFeature(
  features: Readonly<Record<string, CheckableFeature>>,
  featureId: string,
  count?: { readonly used: number },
): AccessCheck {
  const feature = Object.hasOwn(features, featureId) ? features[featureId] : undefined;
  if (feature === undefined) {
    throw new CodedError("unknown_feature", 500, `The catalog has no feature "${featureId}".`);
  }
  const { reason, upgradeTo } = feature;
  const limit = endOf(feature);
  const used: unknown = count === undefined ? feature.used : count?.used;
  const remaining =
    limit === null ? limit : limit - (typeof used === "number" ? Math.max(0, used) : Number.NaN);
  // Not `<= 0`: a count that is not a number, or was never counted, keeps the gate closed.
  if (reason === null && (remaining === null || remaining > 0)) return { allowed: true, limit, remaining };
  return { allowed: false, reason: reason ?? "limit_reached", limit, remaining: 0, upgradeTo };
}

/**
 * Where the use ends: what goes beyond the limit may be billed, and that only up to a cap. `null`: nowhere.
 *
 * @example
 * endOf({ limit: 100, overage: "billed" }); // null
 */
export function endOf(feature: Pick<CheckableFeature, "limit" | "overage" | "cap">): number | null {
  return feature.overage ? (feature.cap?.limit ?? null) : feature.limit;
}
