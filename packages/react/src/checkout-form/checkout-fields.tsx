import { PaymentElement } from "@stripe/react-stripe-js/checkout";
import { useEffect, useId, useState } from "react";
import { Button } from "../button/button.js";
import { sayMoney } from "../format/say-money.js";
import { OrderSummary } from "../payment-form/order-summary.js";
import { Ended } from "../payment-form/payment-fields.js";
import type { PaymentFormClassNames } from "../payment-form/payment-form-props.js";
import { PaymentSkeleton } from "../payment-form/payment-skeleton.js";
import { PaymentTrouble } from "../payment-form/payment-trouble.js";
import type { PaymentState } from "../payment-form/use-payment.js";
import type { CheckoutFormMessages } from "./checkout-form-messages.js";
import type { CheckoutFormProps } from "./checkout-form-props.js";
import { isFree, summaryOf } from "./summary-of.js";
import { useCheckoutPayment } from "./use-checkout-payment.js";

interface CheckoutFieldsProps {
  readonly checkoutId: string;
  readonly onPaid: CheckoutFormProps["onPaid"];
  readonly locale: string;
  readonly messages: CheckoutFormMessages;
  readonly classNames: PaymentFormClassNames;
  readonly onRetry: () => void;
  /** Where the payment stands, whenever that changes. */
  readonly onStatus: (status: PaymentState["status"]) => void;
}

/** What needs the checkout: what is bought, the element, the button under it, and how it ended. */
export function CheckoutFields(props: CheckoutFieldsProps) {
  const { checkoutId, onPaid, locale, messages, classNames, onRetry, onStatus } = props;
  const { state, submit, checkout, ready, forget } = useCheckoutPayment(checkoutId, onPaid);
  const [now] = useState(() => new Date());
  const troubleId = useId();
  const free = checkout !== null && isFree(checkout);
  useEffect(() => onStatus(state.status), [onStatus, state.status]);
  useEffect(() => {
    if (free) ready();
  }, [free, ready]);

  if (state.status === "paid" || state.status === "processing") {
    return <Ended state={state} kind="payment" messages={messages} />;
  }
  const trouble = <PaymentTrouble id={troubleId} state={state} messages={messages} onRetry={onRetry} />;
  if (checkout === null) return state.status === "load_failed" ? trouble : <PaymentSkeleton />;
  const isLoading = state.status === "loading";
  const isBusy = state.status === "submitting";
  const summary = summaryOf(checkout, messages, now);
  const label =
    summary.dueNow > 0
      ? messages.pay(sayMoney({ amount: summary.dueNow, currency: summary.currency }, locale))
      : checkout.recurring?.trial
        ? messages.startTrial
        : messages.confirm;
  return (
    <>
      <OrderSummary {...{ summary, locale, messages }} className={classNames.summary} />
      <form
        data-tollgate-part="form"
        data-state={state.status}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {free ? null : (
          <fieldset
            data-tollgate-part="element"
            className={classNames.element}
            aria-busy={isLoading || undefined}
          >
            <legend data-tollgate-part="spoken">{messages.card}</legend>
            {isLoading ? <PaymentSkeleton /> : null}
            <PaymentElement
              onReady={ready}
              onChange={forget}
              options={{ layout: "tabs", readOnly: isBusy }}
            />
          </fieldset>
        )}
        {trouble}
        <Button
          type="submit"
          variant="primary"
          className={classNames.button}
          busy={isBusy || isLoading}
          busyLabel={isLoading ? label : messages.paying}
          aria-describedby={troubleId}
        >
          {label}
        </Button>
      </form>
    </>
  );
}
