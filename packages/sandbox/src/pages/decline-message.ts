import type { CardFormErrors } from "./read-card-form.js";

interface Declined {
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
  readonly message: string;
}

/** Where a refusal belongs, and what it means to the person who pays. */
export interface DeclineMessage {
  readonly field?: keyof CardFormErrors;
  readonly message: string;
}

const declined = "Your card was declined. Use another card, or ask your bank why.";

const byCode: Readonly<Record<string, DeclineMessage>> = {
  insufficient_funds: {
    field: "number",
    message: "Your card has insufficient funds. Use another card, or try again once there is money on it.",
  },
  generic_decline: { field: "number", message: declined },
  card_declined: { field: "number", message: declined },
  // The bank knows it as lost or stolen; who stands at the till need not hear that.
  lost_card: { field: "number", message: declined },
  stolen_card: { field: "number", message: declined },
  processing_error: {
    field: "number",
    message: "Your bank could not process the card just now. Nothing was charged; try again in a moment.",
  },
  test_mode_live_card: {
    field: "number",
    message: "This is not a test card. The sandbox takes test cards only: pick one above.",
  },
  expired_card: { field: "expiry", message: "Your card has expired. Use another card." },
  incorrect_cvc: { field: "cvc", message: "Your card’s security code is incorrect. Check it and try again." },
  incorrect_number: { field: "number", message: "Your card number is incorrect. Check it and try again." },
  payment_intent_authentication_failure: {
    field: "number",
    message:
      "Your bank could not confirm that it is you, so nothing was charged. Try again or use another card.",
  },
  setup_intent_authentication_failure: {
    field: "number",
    message:
      "Your bank could not confirm that it is you, so the card was not saved. Try again or use another card.",
  },
};

/** The issuer's code in plain words, with a way forward. */
export function toDeclineMessage(error: Declined): DeclineMessage {
  return byCode[error.decline_code ?? ""] ?? byCode[error.code ?? ""] ?? { message: error.message };
}
