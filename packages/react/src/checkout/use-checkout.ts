"use client";

import type { BillingError, Currency, Interval } from "@tollgate/core";
import type { CheckoutRequest } from "@tollgate/core/contract";
import { useCallback } from "react";
import { useBilling } from "../billing-context.js";
import type { BillingSession } from "../session/create-session.js";
import { currentPath } from "../session/leave-page.js";
import { useOpening } from "../session/use-opening.js";

interface CheckoutOptions {
  /** @default the provider's `currency`, else the catalog's first */
  readonly currency?: Currency;
  /** How many seats or pieces. @default the price's minimum */
  readonly quantity?: number;
  /** A path of yours to come back to; `?checkout=<id>` is added. @default this page */
  readonly returnUrl?: string;
  /** A path of yours for "back". @default the return URL */
  readonly cancelUrl?: string;
}

/** What the person chose to buy. Price, trial and customer are the server's to decide. */
export type CheckoutChoice<P extends string = string, R extends string = string> = CheckoutOptions &
  (
    | {
        readonly planId: P;
        /** @default "month" */
        readonly interval?: Interval;
        readonly productId?: never;
      }
    | { readonly productId: R; readonly planId?: never; readonly interval?: never }
  );

interface CheckoutActions<P extends string, R extends string> {
  /** Opens the checkout and goes there; does nothing while one is being opened. Never rejects. */
  readonly start: (choice: CheckoutChoice<P, R>) => Promise<void>;
  /** Forgets a failure, or gives up what is being opened. */
  readonly reset: () => void;
}

export type UseCheckout<P extends string = string, R extends string = string> = CheckoutActions<P, R> &
  (
    | { readonly status: "idle"; readonly choice: null; readonly error: null }
    | { readonly status: "opening"; readonly choice: CheckoutChoice<P, R>; readonly error: null }
    | { readonly status: "failed"; readonly choice: CheckoutChoice<P, R>; readonly error: BillingError }
  );

/**
 * Starts a checkout at the provider.
 *
 * @example
 * const checkout = useCheckout();
 * <button onClick={() => checkout.start({ planId: "pro", interval: "year" })}>Upgrade</button>
 */
export function useCheckout(): UseCheckout {
  const { currency } = useBilling();
  const { state, start: open, reset } = useOpening(openCheckout);
  const start = useCallback(
    (choice: CheckoutChoice) => open(currency === null ? choice : { currency, ...choice }),
    [open, currency],
  );
  switch (state.status) {
    case "idle":
      return { status: "idle", choice: null, error: null, start, reset };
    case "opening":
      return { status: "opening", choice: state.input, error: null, start, reset };
    case "failed":
      return { status: "failed", choice: state.input, error: state.error, start, reset };
  }
}

function openCheckout({ client }: BillingSession, choice: CheckoutChoice, signal: AbortSignal) {
  return client.checkout(toRequest(choice), signal);
}

/** Only the contract's keys, each only when it is set: the server refuses any other. */
function toRequest(choice: CheckoutChoice): CheckoutRequest {
  const { currency, quantity, cancelUrl, returnUrl = currentPath() } = choice;
  const options = {
    returnUrl,
    ...(currency !== undefined && { currency }),
    ...(quantity !== undefined && { quantity }),
    ...(cancelUrl !== undefined && { cancelUrl }),
  };
  return choice.planId === undefined
    ? { productId: choice.productId, ...options }
    : { planId: choice.planId, interval: choice.interval ?? "month", ...options };
}
