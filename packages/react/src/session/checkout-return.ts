import { CodedError, readCheckoutReturn } from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { useSyncExternalStore } from "react";
import { createResource, type Resource, type Snapshot } from "./create-resource.js";

/** The checkout that a person came back from, and how it ended. */
export interface CheckoutReturn {
  readonly id: string;
  readonly status: Resource<CheckoutStatusResponse>;
}

/** The one that the page's address names; the server does not know the browser's. */
export function findReturn(): string | null {
  return typeof window === "undefined" ? null : readCheckoutReturn(new URL(window.location.href));
}

/**
 * Asks once how it ended, and removes the id from the address when that is known, or is none of this person's business:
 * until then a reload asks again.
 */
export function createCheckoutReturn(
  id: string,
  read: (signal: AbortSignal) => Promise<CheckoutStatusResponse>,
): CheckoutReturn {
  const load = async (signal: AbortSignal) => {
    try {
      const status = await read(signal);
      removeFromAddress(id);
      return status;
    } catch (error) {
      if (isFinal(error)) removeFromAddress(id);
      throw error;
    }
  };
  return { id, status: createResource({ initial: null, load }) };
}

/** What is known about the return; `null` when nobody came back. Reading it triggers the request. */
export function useCheckoutReturnSnapshot(returned: CheckoutReturn | null) {
  const { subscribe, getSnapshot } = returned?.status ?? none;
  return useSyncExternalStore<Snapshot<CheckoutStatusResponse> | null>(subscribe, getSnapshot, nothing);
}

/** Whether it may still turn out that they have paid: `unavailable` when that could not be read. */
export function doubtOf(snapshot: Snapshot<CheckoutStatusResponse> | null): "loading" | "unavailable" | null {
  if (snapshot === null || snapshot.status === "ready") return null;
  if (snapshot.status === "loading") return "loading";
  return isFinal(snapshot.error) || snapshot.error.code === "unauthenticated" ? null : "unavailable";
}

/** Whether asking (again) may reveal something new. */
export function mayTell({ status, error }: Snapshot<CheckoutStatusResponse>): boolean {
  return status !== "ready" && !isFinal(error);
}

/** Asking again would give the same answer. */
function isFinal(error: unknown): boolean {
  return error instanceof CodedError && (error.code === "checkout_not_found" || error.code === "forbidden");
}

const nothing = () => null;
const none = { subscribe: () => () => undefined, getSnapshot: nothing };

function removeFromAddress(id: string): void {
  const url = new URL(window.location.href);
  if (url.searchParams.get("checkout") !== id) return;
  url.searchParams.delete("checkout");
  // What routers keep in the history entry stays. Without its own mark there, Next's router notices the new address.
  const { __NA: _, ...state } = window.history.state ?? {};
  window.history.replaceState(window.history.state && state, "", url);
}
