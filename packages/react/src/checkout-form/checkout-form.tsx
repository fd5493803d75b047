"use client";

import { CheckoutElementsProvider } from "@stripe/react-stripe-js/checkout";
import { forwardRef, useCallback, useImperativeHandle, useRef, useState } from "react";
import { Button } from "../button/button.js";
import { useKeptFocus } from "../focus/use-kept-focus.js";
import { PaymentSkeleton } from "../payment-form/payment-skeleton.js";
import { useAppearance } from "../payment-form/use-appearance.js";
import type { PaymentState } from "../payment-form/use-payment.js";
import { useStripeLoader } from "../payment-form/use-stripe-loader.js";
import { useBilling } from "../session/billing-context.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import { CheckoutFields } from "./checkout-fields.js";
import { checkoutFormMessages } from "./checkout-form-messages.js";
import type { CheckoutFormProps } from "./checkout-form-props.js";
import { useOpenCheckout } from "./use-open-checkout.js";

/**
 * The payment form with a checkout of our own route in it: opens the one for a plan or product, shows what Stripe will
 * charge, takes the card, goes through 3-D Secure and has the server settle it, so that access is open when `onPaid` is
 * called. It needs no code on the server but the handler, and a `BillingProvider` above it. The root carries
 * `data-tollgate="payment-form"` and `data-state`: `loading`, `refused`, `ready`, `invalid`, `submitting`, `declined`,
 * `processing`, `paid` or `failed`.
 *
 * @throws BillingError `secret_key_in_browser` for a secret key.
 * @example
 * import { CheckoutForm } from "@tollgate/react/checkout";
 * <CheckoutForm planId="pro" interval="year" onPaid={() => router.push("/welcome")} />
 */
export const CheckoutForm = forwardRef<HTMLDivElement, CheckoutFormProps>(function CheckoutForm(props, ref) {
  const { planId, interval, productId, currency, quantity, promotionCode, returnUrl, ...rest } = props;
  const { onPaid, publishableKey, stripe, locale, messages: own, classNames = {}, className, ...html } = rest;
  useStylesCheck();
  const provider = useBilling();
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => root.current as HTMLDivElement, []);
  useKeptFocus(root);
  const opened = useOpenCheckout(props);
  const secret = opened.checkout?.clientSecret ?? "";
  // A missing environment variable is often an empty string.
  const key = publishableKey || provider.stripePublishableKey || "";
  const loader = useStripeLoader(stripe === undefined ? { publishableKey: key } : { stripe }, secret);
  const appearance = useAppearance(root);
  const [told, setTold] = useState<{ readonly of: string; readonly status: PaymentState["status"] } | null>(
    null,
  );
  const onStatus = useCallback((status: PaymentState["status"]) => setTold({ of: secret, status }), [secret]);
  // It says nothing about another checkout.
  const payment = told?.of === secret ? told.status : null;
  const messages = { ...checkoutFormMessages, ...provider.messages?.paymentForm, ...own };
  const retry = () => {
    opened.retry();
    loader.retry();
  };
  const isBroken = loader.status === "no_key" || loader.status === "failed";
  const state = isBroken ? "failed" : opened.status === "refused" ? "refused" : stateOf(payment);
  return (
    <div
      {...html}
      ref={root}
      className={[classNames.root, className].filter(Boolean).join(" ") || undefined}
      data-tollgate="payment-form"
      data-state={state}
    >
      {state === "refused" || isBroken ? (
        <div data-tollgate-notice="danger" role="alert">
          <span>
            {loader.status === "no_key"
              ? messages.notSetUp
              : isBroken
                ? messages.loadFailed
                : (messages.refused[opened.error?.code ?? "other"] ?? messages.refused.other)}
          </span>
          {loader.status === "no_key" ? null : (
            <Button variant="secondary" onClick={retry}>
              {messages.retry}
            </Button>
          )}
        </div>
      ) : loader.stripe === null || appearance === null || opened.checkout === null ? (
        <>
          <p data-tollgate-part="spoken" role="status">
            {messages.loading}
          </p>
          <PaymentSkeleton />
        </>
      ) : (
        // A checkout can't change in a mounted group: another one means another form.
        <CheckoutElementsProvider
          key={`${secret}:${loader.attempt}`}
          stripe={loader.stripe}
          options={{ clientSecret: secret, elementsOptions: { appearance } }}
        >
          <CheckoutFields
            checkoutId={opened.checkout.id}
            {...{ onPaid, messages, classNames, onStatus }}
            locale={locale ?? provider.locale}
            onRetry={retry}
          />
        </CheckoutElementsProvider>
      )}
    </div>
  );
});

/** For a page, it is one failure whether Stripe.js or the checkout does not load. */
function stateOf(payment: PaymentState["status"] | null): string {
  return payment === "load_failed" ? "failed" : (payment ?? "loading");
}
