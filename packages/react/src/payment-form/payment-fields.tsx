import { PaymentElement, useElements } from "@stripe/react-stripe-js";
import { useEffect, useId, useRef } from "react";
import { Button } from "../button/button.js";
import { sayMoney } from "../format/say-money.js";
import type { PaymentFormMessages } from "./payment-form-messages.js";
import type { PaymentFormClassNames, PaymentFormProps } from "./payment-form-props.js";
import { PaymentSkeleton } from "./payment-skeleton.js";
import type { PaymentSummary } from "./payment-summary.js";
import { PaymentTrouble } from "./payment-trouble.js";
import { type PaymentState, type UsePaymentOptions, usePayment } from "./use-payment.js";

interface PaymentFieldsProps extends UsePaymentOptions {
  readonly action: PaymentFormProps["action"];
  readonly summary: PaymentSummary;
  readonly locale: string;
  readonly messages: PaymentFormMessages;
  readonly classNames: PaymentFormClassNames;
  readonly onRetry: () => void;
  /** Where the payment stands, whenever that changes. */
  readonly onStatus: (status: PaymentState["status"]) => void;
}

/** What needs Stripe: the element, the button under it, and how it ended. */
export function PaymentFields({
  messages,
  classNames,
  summary,
  locale,
  onRetry,
  onStatus,
  ...payment
}: PaymentFieldsProps) {
  const { kind, state, submit, elementProps } = usePayment(payment);
  const elements = useElements();
  const troubleId = useId();
  const action = payment.action ?? (kind === "payment" ? "pay" : summary.dueLater ? "trial" : "save");
  useEffect(() => onStatus(state.status), [onStatus, state.status]);
  useEffect(() => {
    // The bank refused this card, so the card is what to change next.
    if (state.status === "declined" && state.next === "change_card") elements?.getElement("payment")?.focus();
  }, [state, elements]);

  if (state.status === "paid" || state.status === "processing") {
    return <Ended state={state} kind={kind} messages={messages} />;
  }
  const isLoading = state.status === "loading";
  const isBusy = state.status === "submitting";
  const { currency, dueNow } = summary;
  const labels = {
    pay: messages.pay(sayMoney({ amount: dueNow, currency }, locale)),
    save: messages.saveCard,
    trial: messages.startTrial,
  };
  return (
    <form
      data-tollgate-part="form"
      data-state={state.status}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {state.status === "load_failed" ? null : (
        <fieldset
          data-tollgate-part="element"
          className={classNames.element}
          aria-busy={isLoading || undefined}
        >
          <legend data-tollgate-part="spoken">{messages.card}</legend>
          {isLoading ? <PaymentSkeleton /> : null}
          <PaymentElement {...elementProps} options={{ layout: "tabs", readOnly: isBusy }} />
        </fieldset>
      )}
      <PaymentTrouble id={troubleId} state={state} messages={messages} onRetry={onRetry} />
      {state.status === "load_failed" ? null : (
        <Button
          type="submit"
          variant="primary"
          className={classNames.button}
          busy={isBusy || isLoading}
          busyLabel={isLoading ? labels[action] : kind === "payment" ? messages.paying : messages.saving}
          aria-describedby={troubleId}
        >
          {labels[action]}
        </Button>
      )}
    </form>
  );
}

interface EndedProps {
  readonly state: PaymentState;
  readonly kind: "payment" | "setup";
  readonly messages: PaymentFormMessages;
}

/** Takes the place of the form, and takes over the focus that was on its button. */
export function Ended({ state, kind, messages }: EndedProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const isPaid = state.status === "paid";
  const [title, detail] = !isPaid
    ? [messages.processing, messages.processingDetail]
    : kind === "payment"
      ? [messages.paid, messages.paidDetail]
      : [messages.saved, messages.savedDetail];
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="status"
      data-tollgate-part="ended"
      data-state={state.status}
      data-tollgate-notice={isPaid ? "positive" : ""}
    >
      <strong>{title}</strong> <span>{detail}</span>
    </div>
  );
}
