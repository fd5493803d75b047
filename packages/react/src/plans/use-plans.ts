"use client";

import {
  type AccessState,
  type BillingError,
  type Currency,
  describePlans,
  type PlansDescription,
} from "@tollgate/core";
import { useMemo, useSyncExternalStore } from "react";
import { useBilling } from "../session/billing-context.js";
import type { Resource, Snapshot } from "../session/create-resource.js";

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
  /** Asks the server again; does nothing when the provider has the catalog. */
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
 * What is for sale, in one currency: at once when the provider has `plans`, else from GET /plans.
 *
 * @example
 * const { status, plans } = usePlans({ currency: "eur" });
 */
export function usePlans(options: UsePlansOptions = {}): UsePlans {
  const { session, catalog, currency: preferred } = useBilling();
  const currency = options.currency ?? preferred;
  const shown = useMemo(() => catalog && describePlans(catalog, currency), [catalog, currency]);
  const isAllShown = shown !== undefined && showsAll(shown, options.access);
  const resource = useMemo(
    () => (isAllShown ? inHand(shown) : session.plans(currency)),
    [session, shown, isAllShown, currency],
  );
  const { subscribe, getSnapshot, getServerSnapshot, refresh } = resource;
  const snapshot = useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
  return useMemo(() => {
    const { value, ...rest } = snapshot;
    const inHand = value === null && shown !== undefined && { plans: shown, status: "ready" };
    // Status, plans and error belong together as in the snapshot, which the compiler can't follow.
    return { ...rest, plans: value, ...inHand, refresh } as UsePlans;
  }, [snapshot, refresh, shown]);
}

function showsAll({ plans }: PlansDescription, access: UsePlansOptions["access"]): boolean {
  return Object.keys(access?.offers ?? {}).every((planId) => plans.some(({ id }) => id === planId));
}

/** A resource that never changes and sends no request. */
function inHand(value: PlansDescription): Omit<Resource<PlansDescription>, "set" | "loadedAt"> {
  const snapshot: Snapshot<PlansDescription> = { status: "ready", value, error: null, fetching: false };
  const getSnapshot = () => snapshot;
  return {
    getSnapshot,
    getServerSnapshot: getSnapshot,
    subscribe: () => () => undefined,
    refresh: async () => undefined,
  };
}
