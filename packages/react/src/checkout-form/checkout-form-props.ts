import type { Currency, Interval } from "@tollgate/core";
import type { HTMLAttributes } from "react";
import type { PaymentFormClassNames, PaymentFormProps } from "../payment-form/payment-form-props.js";
import type { CheckoutFormMessages } from "./checkout-form-messages.js";

/** A checkout that was paid in the form. */
export interface PaidCheckout {
  /** The id of `GET /checkout/:id`. */
  readonly checkoutId: string;
}

export type CheckoutFormProps = Omit<HTMLAttributes<HTMLDivElement>, "onSubmit" | "children"> &
  Pick<PaymentFormProps, "publishableKey" | "stripe" | "locale"> & {
    /** @default the provider's `currency`, else the catalog's first */
    readonly currency?: Currency;
    /** How many seats or pieces. @default the price's minimum */
    readonly quantity?: number;
    /** As it was typed; checked by the server. @default none */
    readonly promotionCode?: string;
    /** Where bank pages that replace this one come back to: a path of yours. @default this page */
    readonly returnUrl?: string;
    /** Called once, when it is paid, or nothing was due: access is up to date by then. */
    readonly onPaid?: (paid: PaidCheckout) => void;
    /** Words of your own, over the provider's. */
    readonly messages?: Partial<CheckoutFormMessages>;
    readonly classNames?: PaymentFormClassNames;
  } & (
    | {
        readonly planId: string;
        /** @default "month" */
        readonly interval?: Interval;
        readonly productId?: never;
      }
    | { readonly productId: string; readonly planId?: never; readonly interval?: never }
  );
