"use client";

import type { BillingError } from "@tollgate/core";
import type { PortalRequest } from "@tollgate/core/contract";
import { type UseAccess, useAccess } from "../access/use-access.js";
import type { BillingSession } from "../session/create-session.js";
import { currentPath } from "../session/leave-page.js";
import { useOpening } from "../session/use-opening.js";
import type { PortalRefusal } from "./portal-refusal.js";

/** What the portal opens with. */
export type PortalFlow = NonNullable<PortalRequest["flow"]>;

export interface PortalOptions {
  /** What the portal opens with. @default its start page */
  readonly flow?: PortalFlow;
  /** A path of yours to come back to. @default this page */
  readonly returnUrl?: string;
}

interface PortalActions {
  /** Opens the portal and goes there; does nothing while it is being opened. Never rejects. */
  readonly open: (options?: PortalOptions) => Promise<void>;
  /** Forgets a failure, or gives up what is being opened. */
  readonly reset: () => void;
}

export type UsePortal = PortalActions &
  (
    | { readonly status: "loading" | "idle" | "opening"; readonly reason: null; readonly error: null }
    | { readonly status: "unavailable"; readonly reason: PortalRefusal; readonly error: null }
    | { readonly status: "failed"; readonly reason: null; readonly error: BillingError }
  );

/**
 * Opens the provider's own pages for cards, invoices, plan changes and cancelling.
 *
 * @example
 * const portal = usePortal();
 * <button onClick={() => portal.open({ flow: "update_payment_method" })}>Update card</button>
 */
export function usePortal(): UsePortal {
  const { state, start, reset } = useOpening(openPortal);
  const actions = { open: (options: PortalOptions = {}) => start(options), reset };
  const access = useAccess();
  const nothing = { reason: null, error: null } as const;
  if (state.status === "opening") return { ...actions, ...nothing, status: "opening" };
  const reason = refusalOf(access) ?? (isNotACustomer(state) ? "not_a_customer" : null);
  if (reason !== null) return { ...actions, status: "unavailable", reason, error: null };
  if (state.status === "failed") return { ...actions, status: "failed", reason: null, error: state.error };
  return { ...actions, ...nothing, status: access.status === "loading" ? "loading" : "idle" };
}

/** While access, a checkout that they came back from or the server's store can't be read, the server decides. */
function refusalOf({ state, settling }: UseAccess): PortalRefusal | null {
  if (state === null || settling) return null;
  if (state.customerId === null) return "signed_out";
  if (!state.canManage) return "not_manager";
  return state.hasBillingAccount || state.degraded ? null : "not_a_customer";
}

function isNotACustomer(state: { status: string; error?: BillingError }): boolean {
  return state.status === "failed" && state.error?.code === "not_a_customer";
}

function openPortal({ client }: BillingSession, options: PortalOptions, signal: AbortSignal) {
  const { flow, returnUrl = currentPath() } = options;
  const request: PortalRequest = flow === undefined ? { returnUrl } : { returnUrl, flow };
  return client.portal(request, signal);
}
