import type { PaymentIntent } from "../world/wire.js";

/** How the app's own records call a payment; an empty text clears. */
export type PaymentReferences = { customer_reference?: string | null; order_reference?: string | null };

type Details = NonNullable<PaymentIntent["payment_details"]>;

/** Writes the references that are given over those that a payment has. */
export const paymentDetailsOf = (given: PaymentReferences, earlier?: Details): Details => ({
  customer_reference:
    given.customer_reference === undefined
      ? (earlier?.customer_reference ?? null)
      : given.customer_reference || null,
  order_reference:
    given.order_reference === undefined ? (earlier?.order_reference ?? null) : given.order_reference || null,
});

/** Notes what a request says, if anything. */
export const writePaymentDetails = (
  intent: PaymentIntent,
  given: PaymentReferences | "" | null | undefined,
): void => {
  if (given) intent.payment_details = paymentDetailsOf(given, intent.payment_details);
};
