"use client";

import type { BillingError } from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { useBilling } from "../session/billing-context.js";
import { useCheckoutReturnSnapshot } from "../session/checkout-return.js";

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
 * What became of the checkout that the person came back from, for a page that wants to show it. The provider
 * settles the return by itself: it reads `?checkout=<id>`, asks the server, which asks the payment provider,
 * updates access at once, even if the webhook is late, and removes the parameter from the address.
 *
 * @example
 * const { status } = useCheckoutReturn();
 * if (status === "paid") return <p role="status">Thank you. Your plan is open.</p>;
 */
export function useCheckoutReturn(): UseCheckoutReturn {
  const { session } = useBilling();
  const snapshot = useCheckoutReturnSnapshot(session.returned);
  const retry = session.returned?.status.refresh ?? ignore;
  if (snapshot === null) return { status: "none", error: null, retry };
  if (snapshot.status === "failed") return { status: "failed", error: snapshot.error, retry };
  if (snapshot.status === "loading") return { status: "checking", error: null, retry };
  return { status: statusOf(snapshot.value), error: null, retry };
}

function statusOf({ status, payment }: CheckoutStatusResponse) {
  if (status !== "complete") return status;
  if (payment === "failed") return "payment_failed";
  return payment === "paid" || payment === "not_required" ? "paid" : "processing";
}

const ignore = async () => undefined;
