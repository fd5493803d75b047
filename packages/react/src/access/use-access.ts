"use client";

import {
  type AccessCheck,
  type AccessState,
  type BillingError,
  checkFeature,
  ownsProduct,
} from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { useMemo, useSyncExternalStore } from "react";
import { useBilling } from "../session/billing-context.js";
import { doubtOf, useCheckoutReturnSnapshot } from "../session/checkout-return.js";
import type { Snapshot } from "../session/create-resource.js";

/** The answer for one feature, closed for as long as nothing is known. */
export type FeatureCheck =
  | AccessCheck
  | {
      readonly allowed: false;
      /** `loading`: not known yet. `unavailable`: it could not be read. */
      readonly reason: "loading" | "unavailable";
      readonly limit: null;
      readonly remaining: 0;
      readonly upgradeTo: null;
    };

interface AccessActions<F extends string, R extends string> {
  /**
   * Whether one more is allowed. For a `limit` feature pass how many exist: `check("projects", { used: 3 })`.
   *
   * @throws BillingError `unknown_feature` when access is known and the catalog has no such feature.
   */
  readonly check: (feature: F, count?: { readonly used: number }) => FeatureCheck;
  /**
   * Whether a product was bought, and paid, at least once; `false` for as long as nothing is known.
   *
   * @throws BillingError `unknown_product` when access is known and the catalog has no such product.
   */
  readonly owns: (product: R) => boolean;
  /** Asks the server again; what is known stays until it answers. */
  readonly refresh: () => Promise<void>;
  /** Whether the server is being asked now. */
  readonly fetching: boolean;
  /**
   * Whether it is not known yet what became of a checkout that the person came back from. Whatever `check` would deny
   * is `loading` until then, or `unavailable` when it could not be read: it may have been paid for.
   */
  readonly settling: boolean;
}

export type UseAccess<F extends string = string, R extends string = string> = AccessActions<F, R> &
  (
    | { readonly status: "loading"; readonly state: null; readonly error: null }
    | {
        readonly status: "ready" | "signed_out";
        readonly state: AccessState;
        /** Why the last refresh failed; `state` is still the one from before it. */
        readonly error: BillingError | null;
      }
    | { readonly status: "failed"; readonly state: null; readonly error: BillingError }
  );

/**
 * What the signed-in customer may use. All hooks on a page share one request, and none is made when the
 * provider has `initialAccess`.
 *
 * @example
 * const { check } = useAccess();
 * const canExport = check("export").allowed;
 */
export function useAccess(): UseAccess {
  const { session } = useBilling();
  const { access } = session;
  const snapshot = useSyncExternalStore(access.subscribe, access.getSnapshot, access.getServerSnapshot);
  const returned = useCheckoutReturnSnapshot(session.returned);
  return useMemo(() => describe(snapshot, returned, access.refresh), [snapshot, returned, access]);
}

function describe(
  snapshot: Snapshot<AccessState>,
  returned: Snapshot<CheckoutStatusResponse> | null,
  refresh: () => Promise<void>,
): UseAccess {
  const { status, value: state } = snapshot;
  const doubt = doubtOf(returned);
  const isNobody = state?.customerId === null;
  const unread = state && doubt === "unavailable" && returned ? returned.error : null;
  // Status, state and error belong together as in the snapshot, which the compiler can't follow.
  return {
    status: isNobody ? "signed_out" : status,
    state,
    error: snapshot.error ?? unread,
    fetching: snapshot.fetching || returned?.fetching === true,
    settling: doubt !== null,
    refresh,
    owns: (product) => state !== null && !isNobody && ownsProduct(state.owned, product),
    check(feature, count) {
      if (state === null) return closed(status === "failed" ? "unavailable" : "loading");
      // Without a catalog, the signed-out state names no feature.
      const isNamed = !isNobody || Object.hasOwn(state.features, feature);
      const answer = isNamed ? checkFeature(state.features, feature, count) : closed("signed_out");
      return answer.allowed || doubt === null ? answer : closed(doubt);
    },
  } as UseAccess;
}

/** A check of what can't be known. */
export function closed<R extends string>(reason: R) {
  return { allowed: false, reason, limit: null, remaining: 0, upgradeTo: null } as const;
}
