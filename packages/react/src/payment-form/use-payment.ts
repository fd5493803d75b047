"use client";

import { useElements, useStripe } from "@stripe/react-stripe-js";
import type { StripePaymentElementChangeEvent } from "@stripe/stripe-js";
import { useEffect, useRef, useState } from "react";
import { confirmIntent, type PaymentOutcome, retrieveOutcome } from "./confirm-intent.js";
import type { DeclineReason, WayForward } from "./describe-decline.js";
import { type IntentKind, intentKindOf } from "./intent-kind.js";

/** Where a payment stands. */
export type PaymentState =
  | { readonly status: "loading" | "ready" | "submitting" | "processing" | "paid" | "load_failed" }
  /** Something typed is missing or wrong; the element shows what. */
  | { readonly status: "invalid" }
  | { readonly status: "declined"; readonly reason: DeclineReason; readonly next: WayForward };

export interface UsePaymentOptions {
  /** That of a payment intent (`pi_…`) or a setup intent (`seti_…`). */
  readonly clientSecret: string;
  /** Where bank pages that replace this one come back to: a path or an address of yours. @default this page */
  readonly returnUrl?: string | undefined;
  /** Called once, when the money has arrived or the card is saved: even when the form has left the page by then. */
  readonly onPaid?: ((payment: PaidIntent) => void) | undefined;
}

export interface PaidIntent {
  readonly kind: IntentKind;
  /** Stripe's id: `pi_…` or `seti_…`. */
  readonly id: string;
}

/**
 * The payment under `PaymentForm`, for a form of your own: use it below Stripe's `<Elements>`, and give the
 * handlers to your `<PaymentElement>`.
 *
 * @throws BillingError `invalid_options` when `clientSecret` is of neither kind.
 */
export function usePayment({ clientSecret, returnUrl, onPaid }: UsePaymentOptions) {
  const kind = intentKindOf(clientSecret);
  const stripe = useStripe();
  const elements = useElements();
  const [state, setState] = useState<PaymentState>({ status: "loading" });
  const underWay = useRef(false);
  // The page passes another function at each render, and a confirmation takes as long as the bank does.
  const latest = useRef(onPaid);
  useEffect(() => {
    latest.current = onPaid;
  });

  function settle(outcome: PaymentOutcome): void {
    underWay.current = false;
    // Nothing is shown of a form that has left the page, but the money is there all the same.
    setState(outcome);
    if (outcome.status === "paid") tell(latest.current, { kind, id: outcome.id });
  }

  return {
    kind,
    state,
    /** Pays or saves once: calls while one is under way do nothing. Never rejects. */
    async submit(): Promise<void> {
      if (underWay.current || stripe === null || elements === null || !canSubmit(state)) return;
      underWay.current = true;
      setState({ status: "submitting" });
      settle(await confirmIntent({ stripe, elements, kind, clientSecret, returnUrl }));
    },
    elementProps: {
      onReady: () => setState((before) => (before.status === "loading" ? { status: "ready" } : before)),
      onChange: (_event: StripePaymentElementChangeEvent) => setState(forgetRefusal),
      // A payment that has already been made can't be mounted again, and is not a failure.
      onLoadError: () => {
        if (stripe === null) return;
        void retrieveOutcome(stripe, kind, clientSecret).then((outcome) => {
          if (outcome) settle(outcome);
          else setState({ status: "load_failed" });
        });
      },
    },
  };
}

/** What the app does about it is not part of the payment: if it throws, that is reported and the form shows `paid`. */
function tell(onPaid: UsePaymentOptions["onPaid"], payment: PaidIntent): void {
  try {
    onPaid?.(payment);
  } catch (error) {
    reportError(error);
  }
}

function canSubmit({ status }: PaymentState): boolean {
  return status === "ready" || status === "invalid" || status === "declined";
}

/** What was wrong with the last card says nothing about the next one. */
function forgetRefusal(before: PaymentState): PaymentState {
  return before.status === "declined" || before.status === "invalid" ? { status: "ready" } : before;
}
