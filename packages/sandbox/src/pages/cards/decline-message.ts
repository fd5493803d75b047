import { en, type Messages } from "../messages/en.js";
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

type Place = readonly [field: keyof CardFormErrors, sentence: keyof Messages["decline"]];

const byCode: Readonly<Record<string, Place>> = {
  insufficient_funds: ["number", "funds"],
  generic_decline: ["number", "declined"],
  card_declined: ["number", "declined"],
  // The bank knows it as lost or stolen; whoever is paying need not hear that.
  lost_card: ["number", "declined"],
  stolen_card: ["number", "declined"],
  processing_error: ["number", "processing"],
  test_mode_live_card: ["number", "notTest"],
  expired_card: ["expiry", "expired"],
  incorrect_cvc: ["cvc", "cvc"],
  incorrect_number: ["number", "number"],
  payment_intent_authentication_failure: ["number", "notAuthenticated"],
  setup_intent_authentication_failure: ["number", "notAuthenticatedSetup"],
};

/** The issuer's code in plain words, with a way forward. */
export function toDeclineMessage(error: Declined, text: Messages = en): DeclineMessage {
  const place = byCode[error.decline_code ?? ""] ?? byCode[error.code ?? ""];
  return place ? { field: place[0], message: text.decline[place[1]] } : { message: error.message };
}
