"use client";

import { Elements } from "@stripe/react-stripe-js";
import { forwardRef, useCallback, useContext, useImperativeHandle, useRef, useState } from "react";
import { Button } from "../button/button.js";
import { useKeptFocus } from "../focus/use-kept-focus.js";
import { BillingContext } from "../session/billing-context.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import { intentKindOf } from "./intent-kind.js";
import { OrderSummary } from "./order-summary.js";
import { PaymentFields } from "./payment-fields.js";
import { type PaymentFormMessages, paymentFormMessages } from "./payment-form-messages.js";
import type { PaymentFormProps } from "./payment-form-props.js";
import { PaymentSkeleton } from "./payment-skeleton.js";
import { useAppearance } from "./use-appearance.js";
import type { PaymentState } from "./use-payment.js";
import { useStripeLoader } from "./use-stripe-loader.js";

/**
 * Order summary, Stripe's PaymentElement and one button that says the amount; through 3-D Secure, declines
 * and retries to the end. Card data goes from Stripe's frame to Stripe, never through the page. The root carries
 * `data-tollgate="payment-form"` and `data-state`: `loading`, `ready`, `invalid`, `submitting`, `declined`, `processing`,
 * `paid` or `failed`.
 *
 * @throws BillingError `secret_key_in_browser` for a secret key, `invalid_options` for a client secret that is
 * neither a payment intent's nor a setup intent's.
 * @example
 * import { PaymentForm } from "@tollgate/react/payment";
 * <PaymentForm
 *   publishableKey="pk_live_…"
 *   clientSecret={clientSecret}
 *   summary={{ lines: [{ label: "Pro, monthly", amount: 2900 }], currency: "usd", dueNow: 2900 }}
 *   onPaid={() => router.push("/welcome")}
 * />
 */
export const PaymentForm = forwardRef<HTMLDivElement, PaymentFormProps>(function PaymentForm(props, ref) {
  const { clientSecret, returnUrl, onPaid, publishableKey, stripe, summary, action, locale, ...rest } = props;
  const { messages: own, classNames = {}, className, ...html } = rest;
  // Before anything loads: a wrong secret is a mistake of the page, not of the person.
  intentKindOf(clientSecret);
  useStylesCheck();
  const provider = useContext(BillingContext);
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => root.current as HTMLDivElement, []);
  useKeptFocus(root);
  // A missing environment variable is often an empty string.
  const key = publishableKey || provider?.stripePublishableKey || "";
  const loader = useStripeLoader(stripe === undefined ? { publishableKey: key } : { stripe }, clientSecret);
  const appearance = useAppearance(root);
  const [told, setTold] = useState<{ readonly of: string; readonly status: PaymentState["status"] } | null>(
    null,
  );
  const onStatus = useCallback(
    (status: PaymentState["status"]) => setTold({ of: clientSecret, status }),
    [clientSecret],
  );
  // It says nothing about another secret.
  const payment = told?.of === clientSecret ? told.status : null;
  const messages = { ...paymentFormMessages, ...provider?.messages?.paymentForm, ...own };
  const language = locale ?? provider?.locale ?? "en";
  const shared = { messages, classNames, summary, locale: language };
  return (
    <div
      {...html}
      ref={root}
      className={[classNames.root, className].filter(Boolean).join(" ") || undefined}
      data-tollgate="payment-form"
      data-state={
        loader.status === "ready" ? stateOf(payment) : loader.status === "no_key" ? "failed" : loader.status
      }
    >
      {/* Once it is paid, nothing is "due today" any more. */}
      {payment === "paid" || payment === "processing" ? null : (
        <OrderSummary
          summary={summary}
          locale={language}
          messages={messages}
          className={classNames.summary}
        />
      )}
      {loader.status === "no_key" ? (
        <p data-tollgate-notice="danger" role="alert">
          {messages.notSetUp}
        </p>
      ) : null}
      {loader.status === "failed" ? (
        <div data-tollgate-notice="danger" role="alert">
          <span>{messages.loadFailed}</span>
          <Button variant="secondary" onClick={loader.retry}>
            {messages.retry}
          </Button>
        </div>
      ) : null}
      {loader.stripe === null || appearance === null ? (
        <Loading messages={messages} isFailed={loader.status === "failed" || loader.status === "no_key"} />
      ) : (
        // `clientSecret` can't change in a mounted group: another one means another form.
        <Elements
          key={`${clientSecret}:${loader.attempt}`}
          stripe={loader.stripe}
          options={{ clientSecret, appearance, locale: toStripeLocale(language), loader: "never" }}
        >
          <PaymentFields
            {...shared}
            {...{ clientSecret, returnUrl, onPaid, action }}
            onRetry={loader.retry}
            onStatus={onStatus}
          />
        </Elements>
      )}
    </div>
  );
});

/** For a page, it is one failure whether Stripe.js or its element does not load. */
function stateOf(payment: PaymentState["status"] | null): string {
  return payment === "load_failed" ? "failed" : (payment ?? "loading");
}

/** Keeps the room of the fields and the button. */
function Loading({
  messages,
  isFailed,
}: {
  readonly messages: PaymentFormMessages;
  readonly isFailed: boolean;
}) {
  if (isFailed) return null;
  return (
    <>
      <p data-tollgate-part="spoken" role="status">
        {messages.loading}
      </p>
      <PaymentSkeleton />
      <span data-tollgate-button="primary" aria-hidden="true" data-tollgate-skeleton="">
        {messages.saveCard}
      </span>
    </>
  );
}

/** Stripe's list is closed, and a tag that it doesn't know breaks the frame: Stripe chooses for itself then. */
function toStripeLocale(locale: string): "auto" | "en" | "de" | "fr" | "es" | "pt-BR" | "ja" | "zh" | "ar" {
  const known = ["en", "de", "fr", "es", "pt-BR", "ja", "zh", "ar"] as const;
  return known.find((one) => one === locale) ?? known.find((one) => locale.startsWith(`${one}-`)) ?? "auto";
}
