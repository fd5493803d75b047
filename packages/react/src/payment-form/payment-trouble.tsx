import { useEffect, useState } from "react";
import { Button } from "../button/button.js";
import type { PaymentFormMessages } from "./payment-form-messages.js";
import type { PaymentState } from "./use-payment.js";

interface PaymentTroubleProps {
  readonly id: string;
  readonly state: PaymentState;
  readonly messages: PaymentFormMessages;
  readonly onRetry: () => void;
}

/** What stands between the person and the button: in plain words, with a way forward. */
export function PaymentTrouble({ id, state, messages, onRetry }: PaymentTroubleProps) {
  const isSlow = useIsSlow(state.status === "submitting");
  switch (state.status) {
    case "declined": {
      const { reason, help } = messages.declines[state.reason];
      return (
        <div id={id} role="alert" data-tollgate-notice="danger" data-reason={state.reason}>
          <strong>{reason}</strong> <span>{help}</span>
        </div>
      );
    }
    case "invalid":
      return (
        <p id={id} role="alert" data-tollgate-notice="danger">
          {messages.incomplete}
        </p>
      );
    case "load_failed":
      return (
        <div id={id} role="alert" data-tollgate-notice="danger">
          <span>{messages.loadFailed}</span>
          <Button variant="secondary" onClick={onRetry}>
            {messages.retry}
          </Button>
        </div>
      );
    default:
      return (
        <p id={id} role="status" data-tollgate-part="hint" hidden={!isSlow}>
          {isSlow ? messages.bankMayAsk : null}
        </p>
      );
  }
}

/** A payment that takes longer than a moment is usually waiting for the bank's own step. */
function useIsSlow(isSubmitting: boolean): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    setIsSlow(false);
    if (!isSubmitting) return;
    const timer = setTimeout(() => setIsSlow(true), 1500);
    return () => clearTimeout(timer);
  }, [isSubmitting]);
  return isSlow && isSubmitting;
}
