import type { CheckoutPayer } from "../engine/pay-checkout-session.js";
import type { StripeErrorBody } from "../engine/stripe-error.js";
import { toDeclineMessage } from "./decline-message.js";
import type { OpenCheckout } from "./open-checkout.js";
import { type CardFormErrors, type CardFormValues, isEmail, readCardForm } from "./read-card-form.js";

/** Why the page is shown again, and what it may show of what was typed. */
export interface Refusal {
  readonly values: CardFormValues;
  readonly errors: CardFormErrors;
  /** A refusal that belongs to no field. */
  readonly failure: string | undefined;
}

export const noRefusal: Refusal = { values: {}, errors: {}, failure: undefined };

type PayerResult =
  | { readonly payer: CheckoutPayer; readonly values: CardFormValues }
  | { readonly refusal: Refusal };

/** Who pays and with what, or which fields are in the way. */
export function readPayer(checkout: OpenCheckout, form: FormData, today: Date): PayerResult {
  const { asksForCard } = checkout.summary;
  const read = readCardForm(form, today);
  const email = checkout.lockedEmail ?? read.values.email ?? "";
  const errors: CardFormErrors = {
    ...(isEmail(email) ? {} : { email: "Enter an email address, such as ada@example.com." }),
    ...(asksForCard && "errors" in read ? read.errors : {}),
  };
  if (Object.keys(errors).length > 0) return { refusal: { values: read.values, errors, failure: undefined } };
  const payer: CheckoutPayer = { email };
  if (read.values.name) payer.name = read.values.name;
  if (checkout.choice) payer.quantity = checkout.choice.quantity;
  if (asksForCard && "card" in read) payer.card = read.card;
  return { payer, values: read.values };
}

/** The engine's or the bank's no, next to the field that it is about. */
export function toRefusal(
  error: Pick<StripeErrorBody, "code" | "decline_code" | "message">,
  values: CardFormValues,
): Refusal {
  const { field, message } = toDeclineMessage(error);
  return field
    ? { values, errors: { [field]: message }, failure: undefined }
    : { values, errors: {}, failure: message };
}
