import { Elements } from "@stripe/react-stripe-js";
import { forwardRef, type HTMLAttributes, useContext, useImperativeHandle, useRef, useState } from "react";
import { BillingContext } from "../billing-context.js";
import { Button } from "../button/button.js";
import { intentKindOf } from "./intent-kind.js";
import { OrderSummary } from "./order-summary.js";
import { PaymentFields } from "./payment-fields.js";
import { type PaymentFormMessages, paymentFormMessages } from "./payment-form-messages.js";
import { PaymentSkeleton } from "./payment-skeleton.js";
import type { PaymentSummary } from "./payment-summary.js";
import { useAppearance } from "./use-appearance.js";
import type { UsePaymentOptions } from "./use-payment.js";
import { type StripeSource, useStripeLoader } from "./use-stripe-loader.js";

/** Classes of your own for the form's pieces. */
export interface PaymentFormClassNames {
  readonly root?: string;
  readonly summary?: string;
  readonly element?: string;
  readonly button?: string;
}

export interface PaymentFormProps
  extends UsePaymentOptions,
    Omit<HTMLAttributes<HTMLDivElement>, "onSubmit" | "children"> {
  /** `pk_…`; Stripe.js is loaded when the form shows. @default the provider's `stripePublishableKey` */
  readonly publishableKey?: string;
  /** Stripe.js that you loaded yourself, in place of `publishableKey`. */
  readonly stripe?: StripeSource["stripe"];
  readonly summary: PaymentSummary;
  /** What the button does. @default "pay"; for a setup intent "trial" if something is due later, else "save" */
  readonly action?: "pay" | "save" | "trial";
  /** A BCP 47 tag for dates, money and Stripe's own fields. @default the provider's, else "en" */
  readonly locale?: string;
  readonly messages?: Partial<PaymentFormMessages>;
  readonly classNames?: PaymentFormClassNames;
}

/**
 * Order summary, Stripe's PaymentElement and one button that says the amount; through 3-D Secure, declines
 * and retries to the end. Card data goes from Stripe's frame to Stripe, never through the page.
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
  const provider = useContext(BillingContext);
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => root.current as HTMLDivElement, []);
  const key = publishableKey ?? provider?.stripePublishableKey ?? "";
  const loader = useStripeLoader(stripe === undefined ? { publishableKey: key } : { stripe });
  const appearance = useAppearance(root);
  const [settledSecret, setSettledSecret] = useState<string | null>(null);
  const messages = { ...paymentFormMessages, ...own };
  const language = locale ?? provider?.locale ?? "en";
  const shared = { messages, classNames, summary, locale: language };
  return (
    <div
      {...html}
      ref={root}
      className={[classNames.root, className].filter(Boolean).join(" ") || undefined}
      data-tollgate="payment-form"
      data-state={loader.status}
    >
      {/* Once it is paid, nothing is "due today" any more. */}
      {settledSecret === clientSecret ? null : (
        <OrderSummary
          summary={summary}
          locale={language}
          messages={messages}
          className={classNames.summary}
        />
      )}
      {loader.status === "failed" ? (
        <div data-tollgate-notice="danger" role="alert">
          <span>{messages.loadFailed}</span>
          <Button variant="secondary" onClick={loader.retry}>
            {messages.retry}
          </Button>
        </div>
      ) : null}
      {loader.stripe === null || appearance === null ? (
        <Loading messages={messages} isFailed={loader.status === "failed"} />
      ) : (
        // `clientSecret` can't change in a living group: another one is another form.
        <Elements
          key={`${clientSecret}:${loader.attempt}`}
          stripe={loader.stripe}
          options={{ clientSecret, appearance, locale: toStripeLocale(language), loader: "never" }}
        >
          <PaymentFields
            {...shared}
            {...{ clientSecret, returnUrl, onPaid, action }}
            onRetry={loader.retry}
            onSettled={() => setSettledSecret(clientSecret)}
          />
        </Elements>
      )}
    </div>
  );
});

/** Holds the room of the fields and the button. */
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

/** Stripe's list is closed, and a tag that it doesn't know breaks the frame: it finds its own then. */
function toStripeLocale(locale: string): "auto" | "en" | "de" | "fr" | "es" | "pt-BR" | "ja" | "zh" | "ar" {
  const known = ["en", "de", "fr", "es", "pt-BR", "ja", "zh", "ar"] as const;
  return known.find((one) => one === locale) ?? known.find((one) => locale.startsWith(`${one}-`)) ?? "auto";
}
