import { useCheckoutElements } from "@stripe/react-stripe-js/checkout";
import type { StripeCheckoutConfirmResult } from "@stripe/stripe-js";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { describeDecline } from "../payment-form/describe-decline.js";
import type { PaymentState } from "../payment-form/use-payment.js";
import { useBilling } from "../session/billing-context.js";
import type { CheckoutFormProps } from "./checkout-form-props.js";

/** The payment under the form: confirms the checkout, through 3-D Secure, and has the server settle it. */
export function useCheckoutPayment(checkoutId: string, onPaid: CheckoutFormProps["onPaid"]) {
  const result = useCheckoutElements();
  const { session } = useBilling();
  const [state, setState] = useState<PaymentState>({ status: "loading" });
  const underWay = useRef(false);
  const latest = useRef(onPaid);
  useEffect(() => {
    latest.current = onPaid;
  });

  const ended = useCallback(
    async (outcome: "paid" | "processing") => {
      // Before anybody is told, so that access is open by then; the webhook does the same if this fails.
      await session.client.checkoutStatus(checkoutId).catch(() => null);
      await session.access.refresh();
      setState({ status: outcome });
      if (outcome === "paid") tell(latest.current, checkoutId);
    },
    [session, checkoutId],
  );

  // One that was paid already, in another tab or before a reload, can't be paid again, and is no failure.
  const isOver =
    result.type === "error" || (result.type === "success" && result.checkout.status.type !== "open");
  useEffect(() => {
    if (!isOver || underWay.current) return;
    underWay.current = true;
    session.client.checkoutStatus(checkoutId).then(
      async (said) => {
        const outcome = outcomeOf(said);
        if (outcome === null) setState({ status: "load_failed" });
        else await ended(outcome);
      },
      () => setState({ status: "load_failed" }),
    );
  }, [isOver, session, checkoutId, ended]);

  async function submit(): Promise<void> {
    if (result.type !== "success" || underWay.current || !canSubmit(state)) return;
    underWay.current = true;
    setState({ status: "submitting" });
    const { checkout } = result;
    const confirmed = await checkout.confirm({ redirect: "if_required" }).catch(() => null);
    const next = confirmed === null ? null : toState(confirmed, checkout.canConfirm);
    if (next === "paid" || next === "processing") return ended(next);
    underWay.current = false;
    setState(next ?? { status: "declined", ...describeDecline({ type: "api_connection_error" }) });
  }

  return {
    state,
    submit,
    checkout: result.type === "success" ? result.checkout : null,
    ready: useCallback(
      () => setState((before) => (before.status === "loading" ? { status: "ready" } : before)),
      [],
    ),
    /** What was wrong with the last card says nothing about the next one. */
    forget: useCallback(() => setState((before) => (canSubmit(before) ? { status: "ready" } : before)), []),
  };
}

/** Its text is never shown: Stripe's may quote what was sent. */
function toState(
  result: StripeCheckoutConfirmResult,
  canConfirm: boolean,
): PaymentState | "paid" | "processing" {
  if (result.type === "success") {
    const { status } = result.session;
    return status.type === "complete" && status.paymentStatus === "unpaid" ? "processing" : "paid";
  }
  const { error } = result;
  if (error.code === "paymentFailed") {
    const decline_code = error.paymentFailed.declineCode ?? undefined;
    return { status: "declined", ...describeDecline({ type: "card_error", decline_code }) };
  }
  return canConfirm ? { status: "declined", ...describeDecline({}) } : { status: "invalid" };
}

function outcomeOf({ status, payment }: CheckoutStatusResponse): "paid" | "processing" | null {
  if (status !== "complete" || payment === "failed") return null;
  return payment === "processing" ? "processing" : "paid";
}

function canSubmit({ status }: PaymentState): boolean {
  return status === "ready" || status === "invalid" || status === "declined";
}

/** What the app does about it is not part of the payment: if it throws, that is reported, and the form shows `paid`. */
function tell(onPaid: CheckoutFormProps["onPaid"], checkoutId: string): void {
  try {
    onPaid?.({ checkoutId });
  } catch (error) {
    reportError(error);
  }
}
