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
  readonly flow?: PortalFlow | undefined;
  /** A path of yours to come back to. @default this page */
  readonly returnUrl?: string | undefined;
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
  const access = useAccess();
  const isOpening = state.status === "opening";
  const isRefused = state.error?.code === "not_a_customer";
  const reason = isOpening ? null : (refusalOf(access) ?? (isRefused ? "not_a_customer" : null));
  const error = reason === null ? state.error : null;
  const idle = access.status === "loading" ? "loading" : "idle";
  const status = reason !== null ? "unavailable" : state.status === "idle" ? idle : state.status;
  // A reason comes only with `unavailable` and an error only with `failed`, which the compiler can't follow.
  return { status, reason, error, open: (options = {}) => start(options), reset } as UsePortal;
}

/** While access, a checkout that they came back from or the server's store can't be read, the server decides. */
function refusalOf({ state, settling }: UseAccess): PortalRefusal | null {
  if (state === null || settling) return null;
  if (state.customerId === null) return "signed_out";
  if (!state.canManage) return "not_manager";
  return state.hasBillingAccount || state.degraded ? null : "not_a_customer";
}

/** JSON leaves out a flow that is undefined. */
export function openPortal({ client }: BillingSession, options: PortalOptions, signal: AbortSignal) {
  const { flow, returnUrl = currentPath() } = options;
  return client.portal({ flow, returnUrl } as PortalRequest, signal);
}
