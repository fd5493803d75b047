"use client";

import {
  type AccessState,
  type BillingError,
  type Currency,
  describePlainPlans,
  type PlansDescription,
} from "@tollgate/core";
import { useMemo, useSyncExternalStore } from "react";
import { useBilling } from "../session/billing-context.js";
import { createResource } from "../session/create-resource.js";

export interface UsePlansOptions {
  /** An ISO 4217 code in lower case. @default the provider's `currency`, else the catalog's first */
  readonly currency?: Currency | undefined;
  /**
   * Whom they are shown to, as `useAccess` has it. Whoever is offered a plan that the catalog does not show, because it
   * is theirs alone, sees it too: it comes from the server. @default anybody
   */
  readonly access?: Pick<AccessState, "offers"> | null | undefined;
}

interface PlansActions {
  /** Asks the server again; changes nothing where the catalog of the provider says it all. */
  readonly refresh: () => Promise<void>;
  /** Whether the server is being asked now. */
  readonly fetching: boolean;
}

export type UsePlans = PlansActions &
  (
    | { readonly status: "loading"; readonly plans: null; readonly error: null }
    | {
        readonly status: "ready";
        readonly plans: PlansDescription;
        /** Why the last refresh failed; `plans` is still the one from before it. */
        readonly error: BillingError | null;
      }
    | { readonly status: "failed"; readonly plans: null; readonly error: BillingError }
  );

/**
 * What is for sale, in one currency: at once when the provider has `plans` with flat and per-seat prices, or
 * `initialPlans`, else from GET /plans.
 *
 * @example
 * const { status, plans } = usePlans({ currency: "eur" });
 */
export function usePlans(options: UsePlansOptions = {}): UsePlans {
  const { session, catalog, currency: preferred } = useBilling();
  const currency = options.currency ?? preferred;
  const shown = useMemo(() => catalog && describePlainPlans(catalog, currency), [catalog, currency]);
  const inHand = useMemo(() => shown && createResource({ initial: shown, load: async () => shown }), [shown]);
  const { subscribe, getSnapshot, getServerSnapshot, refresh } =
    inHand && showsAll(shown, options.access) ? inHand : session.plans(currency);
  const snapshot = useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
  return useMemo(() => {
    const { value, ...rest } = snapshot;
    // Status, plans and error belong together as in the snapshot, which the compiler can't follow.
    const known = value ?? shown;
    return { ...rest, ...(known && { status: "ready" }), plans: known ?? null, refresh } as UsePlans;
  }, [snapshot, refresh, shown]);
}

function showsAll(shown: PlansDescription | null | undefined, access: UsePlansOptions["access"]): boolean {
  const ids = shown?.plans.map(({ id }) => id);
  return Object.keys(access?.offers ?? {}).every((planId) => ids?.includes(planId));
}
