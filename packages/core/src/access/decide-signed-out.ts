import type { Catalog, Feature } from "../catalog/catalog.js";
import { freePlanId } from "../catalog/prices.js";
import type { AccessState, FeatureAccess } from "./access-state.js";
import { upgradeFor } from "./upgrade-for.js";

/**
 * What nobody in particular may use: nothing, and which plan would open it. `decideAccess` answers this when there is
 * no customer; it is a function of its own for pages that know nothing else.
 *
 * @throws RangeError when `now` is not a time.
 * @example
 * decideSignedOut(plans, new Date()).features.export?.reason; // "signed_out"
 */
export function decideSignedOut(catalog: Catalog, now: Date): AccessState {
  // A visitor is not sent to a paid plan for what signing in would already give.
  const free = freePlanId(catalog);
  const held = free === null ? [] : [free];
  const close = (id: string, { type }: Feature): FeatureAccess => ({
    type,
    allowed: false,
    reason: "signed_out",
    limit: type === "switch" ? null : 0,
    used: 0,
    upgradeTo: upgradeFor(catalog, held, id),
  });
  const features = Object.entries(catalog.features).map(([id, feature]) => [id, close(id, feature)]);
  return {
    customerId: null,
    canManage: false,
    hasBillingAccount: false,
    planId: null,
    subscription: null,
    subscriptions: [],
    attention: null,
    graceEndsAt: null,
    paymentTrouble: null,
    trialUsed: false,
    features: Object.fromEntries(features),
    offers: {},
    owned: Object.fromEntries(Object.keys(catalog.products).map((id) => [id, 0])),
    degraded: false,
    decidedAt: now.toISOString(),
  };
}
