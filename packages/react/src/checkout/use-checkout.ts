"use client";

import type { BillingError, Currency, Interval } from "@tollgate/core";
import type { CheckoutRequest } from "@tollgate/core/contract";
import { useCallback } from "react";
import { useBilling } from "../session/billing-context.js";
import type { BillingSession } from "../session/create-session.js";
import { currentPath } from "../session/leave-page.js";
import { useOpening } from "../session/use-opening.js";

interface CheckoutOptions {
  /** @default the provider's `currency`, else the catalog's first */
  readonly currency?: Currency | undefined;
  /** How many seats or pieces. @default the price's minimum */
  readonly quantity?: number | undefined;
  /** A path of yours to come back to; `?checkout=<id>` is added. @default this page */
  readonly returnUrl?: string | undefined;
  /** A path of yours for "back". @default the return URL */
  readonly cancelUrl?: string | undefined;
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
    (choice: CheckoutChoice) => open({ ...choice, currency: choice.currency ?? currency }),
    [open, currency],
  );
  const { status, input: choice, error } = state;
  // They belong together as in the state, which the compiler can't follow.
  return { status, choice, error, start, reset } as UseCheckout;
}

export function openCheckout({ client }: BillingSession, choice: CheckoutChoice, signal: AbortSignal) {
  return client.checkout(toRequest(choice), signal);
}

/** Only the contract's keys: the server refuses any other. JSON leaves out what is undefined. */
function toRequest(choice: CheckoutChoice): CheckoutRequest & { kind?: "hosted" } {
  const { planId, productId, currency, quantity, cancelUrl, returnUrl = currentPath() } = choice;
  const interval = planId === undefined ? undefined : (choice.interval ?? "month");
  return { planId, productId, interval, currency, quantity, returnUrl, cancelUrl } as CheckoutRequest & {
    kind?: "hosted";
  };
}
