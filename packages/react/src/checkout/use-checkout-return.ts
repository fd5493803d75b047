import type { BillingError } from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useBilling } from "../billing-context.js";
import { createResource } from "../session/create-resource.js";

interface CheckoutReturnActions {
  /** Asks again, after a failure or while the money is on its way. */
  readonly retry: () => Promise<void>;
}

export type UseCheckoutReturn = CheckoutReturnActions &
  (
    | {
        /**
         * `none`: nobody came back from a checkout. `paid`: done, and access is up to date already.
         * `processing`: done, the money is on its way (bank debits). `payment_failed`: done, and the money did
         * not come. `open`: left before paying. `expired`: too late to pay.
         */
        readonly status: "none" | "checking" | "paid" | "processing" | "payment_failed" | "open" | "expired";
        readonly error: null;
      }
    | { readonly status: "failed"; readonly error: BillingError }
  );

/**
 * What became of the checkout that the person came back from: reads `?checkout=<id>`, asks the server,
 * which asks the provider, and updates access at once, even if the webhook is late. The parameter is then
 * removed from the address.
 *
 * @example
 * const { status } = useCheckoutReturn();
 * if (status === "paid") return <p role="status">Thank you. Your plan is open.</p>;
 */
export function useCheckoutReturn(): UseCheckoutReturn {
  const { session } = useBilling();
  const [held, setHeld] = useState<{ id: string; session: typeof session } | null>(null);
  // After hydration only: the server does not know the browser's address.
  useEffect(() => {
    const id = new URL(window.location.href).searchParams.get("checkout");
    if (id) setHeld((before) => before ?? { id, session });
  }, [session]);

  // Another person's checkout is not asked about.
  const id = held?.session === session ? held.id : null;
  const resource = useMemo(() => (id === null ? none : session.checkout(id)), [session, id]);
  const snapshot = useSyncExternalStore(resource.subscribe, resource.getSnapshot, resource.getServerSnapshot);

  const isAnswered = snapshot.status === "ready" || snapshot.error?.code === "checkout_not_found";
  useEffect(() => {
    if (isAnswered && id !== null) removeParameter(id);
  }, [isAnswered, id]);

  const { refresh: retry } = resource;
  if (id === null) return { status: "none", error: null, retry };
  if (snapshot.status === "failed") return { status: "failed", error: snapshot.error, retry };
  if (snapshot.status === "loading") return { status: "checking", error: null, retry };
  return { status: statusOf(snapshot.value), error: null, retry };
}

function statusOf({ status, payment }: CheckoutStatusResponse) {
  if (status !== "complete") return status;
  if (payment === "failed") return "payment_failed";
  return payment === "paid" || payment === "not_required" ? "paid" : "processing";
}

/** Keeps the router's own state object, which Next and others store in the history entry. */
function removeParameter(id: string): void {
  const url = new URL(window.location.href);
  if (url.searchParams.get("checkout") !== id) return;
  url.searchParams.delete("checkout");
  window.history.replaceState(window.history.state, "", url);
}

const none = {
  ...createResource<CheckoutStatusResponse>({ initial: null, load: () => new Promise(() => undefined) }),
  subscribe: () => () => undefined,
  refresh: async () => undefined,
};
