import type { Catalog, Feature } from "../catalog/catalog.js";
import type { AccessState, FeatureAccess } from "./access-state.js";
import { asMember } from "./as-member.js";
import { countOwned } from "./count-owned.js";

/** What a feature does while the billing store is out of reach. */
export type OutagePolicy =
  /** Closed to everybody, with the reason `unavailable`. */
  | "closed"
  /** Open to everybody who is signed in, without a limit. */
  | "open"
  /** As it was when this process last read it; closed if it never did, or did so too long ago. */
  | "last_known";

/** The policy of every feature. */
export interface OutagePolicies {
  readonly default: OutagePolicy;
  /** For features that follow another policy than the default. */
  readonly features: Readonly<Record<string, OutagePolicy | undefined>>;
}

/**
 * What a customer may use while the store can't tell: each feature by its policy, the rest as it was last
 * known, or empty.
 *
 * @example
 * const policies = { default: "closed", features: { export: "open" } } as const;
 * const customer = { id: "org_1", canManage: true };
 * const state = decideOutage({ catalog: plans, policies, customer, lastKnown: null, now: new Date() });
 * state.features.export?.allowed; // true
 */
export function decideOutage(input: {
  readonly catalog: Catalog;
  readonly policies: OutagePolicies;
  readonly customer: { readonly id: string; readonly canManage: boolean };
  /** What would follow now from what was last read; `null` when that is nothing, or too old. */
  readonly lastKnown: AccessState | null;
  readonly now: Date;
}): AccessState {
  const { catalog, policies, customer, now } = input;
  const lastKnown = input.lastKnown?.customerId === customer.id ? input.lastKnown : null;
  const features = Object.entries(catalog.features).map(([id, feature]) => {
    const policy = Object.hasOwn(policies.features, id) ? policies.features[id] : undefined;
    return [id, decideFeature(id, feature, policy ?? policies.default, lastKnown)] as const;
  });
  const known = lastKnown ?? unknownOf(customer.id);
  const state = {
    ...known,
    owned: lastKnown?.owned ?? countOwned(catalog, []),
    canManage: customer.canManage,
    features: Object.fromEntries(features),
    degraded: true,
    decidedAt: now.toISOString(),
  };
  return customer.canManage ? state : asMember(state);
}

function decideFeature(
  id: string,
  { type }: Feature,
  policy: OutagePolicy,
  lastKnown: AccessState | null,
): FeatureAccess {
  const known = lastKnown !== null && Object.hasOwn(lastKnown.features, id) ? lastKnown.features[id] : null;
  if (policy === "last_known" && known) return known;
  const open = policy === "open";
  const reason = open ? null : "unavailable";
  return { type, allowed: open, reason, limit: null, used: known?.used ?? 0, upgradeTo: null };
}

/**
 * Nothing that could be taken for "no plan", and so for a reason to sell one: a trial, for example, is not promised.
 */
function unknownOf(customerId: string): Omit<AccessState, "features" | "owned" | "decidedAt"> {
  return {
    customerId,
    canManage: false,
    hasBillingAccount: false,
    planId: null,
    subscription: null,
    subscriptions: [],
    attention: null,
    graceEndsAt: null,
    paymentTrouble: null,
    trialUsed: true,
    offers: {},
    degraded: true,
  };
}

/**
 * Whether any feature needs what was last known to be kept.
 *
 * @example
 * keepsLastKnown({ default: "closed", features: { export: "last_known" } }); // true
 */
export function keepsLastKnown(policies: OutagePolicies): boolean {
  return [policies.default, ...Object.values(policies.features)].includes("last_known");
}
