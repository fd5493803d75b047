import type { HTMLAttributes } from "react";
import type { PaymentFormMessages } from "./payment-form-messages.js";
import type { PaymentSummary } from "./payment-summary.js";
import type { UsePaymentOptions } from "./use-payment.js";
import type { StripeSource } from "./use-stripe-loader.js";

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
  /** Words of your own, over the provider's. */
  readonly messages?: Partial<PaymentFormMessages>;
  readonly classNames?: PaymentFormClassNames;
}
