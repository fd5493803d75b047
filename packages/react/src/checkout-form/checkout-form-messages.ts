import { type PaymentFormMessages, paymentFormMessages } from "../payment-form/payment-form-messages.js";

/** Every word of the checkout form: those of the payment form, and its own. */
export interface CheckoutFormMessages extends PaymentFormMessages {
  /** What is charged on top of the prices. */
  readonly tax: string;
  /** The button where nothing is due now or later. */
  readonly confirm: string;
  /** The server opened no checkout, and why, by the error's code. */
  readonly refused: Readonly<Record<string, string>> & { readonly other: string };
}

export const checkoutFormMessages: CheckoutFormMessages = {
  ...paymentFormMessages,
  tax: "Tax",
  confirm: "Confirm order",
  refused: {
    already_subscribed: "You have a subscription already. Change it instead of buying a second one.",
    already_owned: "You have bought this already.",
    promotion_code_refused: "This promotion code can't be used here.",
    other: "The checkout didn't open. Nothing was charged.",
  },
};
