import type { Catalog, FeatureId } from "../catalog/catalog.js";
import { BillingError } from "../errors.js";
import type { AccessState, DenialReason } from "./access-state.js";

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
    };

/** What a customer may use now, with a question for each feature. */
export interface Access<F extends string = string> {
  readonly state: AccessState;
  /** The plan whose features are open now, or `null`. */
  readonly planId: string | null;
  /**
   * Whether one more is allowed. For a `limit` feature pass how many exist, because the app counts:
   * `access.check("projects", { used: 3 })`. Without a count it tells whether the plan grants any.
   *
   * @throws BillingError `unknown_feature` when the catalog has no such feature.
   */
  check(feature: F, count?: { readonly used: number }): AccessCheck;
  /** Plain data, to hand to the browser as `initialAccess`. */
  toJSON(): AccessState;
}

/**
 * Puts questions on top of an access state; the same on the server and in the browser.
 *
 * @example
 * const access = createAccess<typeof plans>(
 *   decideAccess({ catalog: plans, customer: null, subscriptions: [], now: new Date() }),
 * );
 * access.check("export"); // { allowed: false, reason: "signed_out", upgradeTo: "pro", … }
 */
export function createAccess<C extends Catalog = Catalog>(state: AccessState): Access<FeatureId<C>> {
  return {
    state,
    planId: state.planId,
    check: (feature, count) => checkFeature(state, feature, count?.used),
    toJSON: () => state,
  };
}

function checkFeature(state: AccessState, featureId: string, counted: number | undefined): AccessCheck {
  const feature = Object.hasOwn(state.features, featureId) ? state.features[featureId] : undefined;
  if (feature === undefined) {
    throw new BillingError("unknown_feature", `The catalog has no feature "${featureId}".`);
  }
  const { limit, upgradeTo } = feature;
  const denied = (reason: DenialReason): AccessCheck => ({
    allowed: false,
    reason,
    limit,
    remaining: 0,
    upgradeTo,
  });
  if (feature.reason !== null) return denied(feature.reason);
  if (limit === null) return { allowed: true, limit, remaining: null };
  const remaining = limit - Math.max(0, counted ?? feature.used);
  // Not `<= 0`: a count that is no number keeps the gate closed.
  return remaining > 0 ? { allowed: true, limit, remaining } : denied("limit_reached");
}
