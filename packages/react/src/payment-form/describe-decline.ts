/** Why a payment didn't go through, as far as the person can do something about it. */
export type DeclineReason =
  | "declined"
  | "insufficient_funds"
  | "over_limit"
  | "expired_card"
  | "wrong_cvc"
  | "wrong_number"
  | "wrong_expiry"
  | "wrong_postal_code"
  | "card_not_supported"
  | "authentication_failed"
  | "bank_unavailable"
  | "test_card"
  | "connection_lost"
  | "unknown";

/** What a person should touch next: the card's fields, or only the button again. */
export type WayForward = "change_card" | "try_again";

/**
 * Stripe's `decline_code` and `code`, by what they mean for whoever pays. Lost, stolen and suspicious cards are
 * "declined" on purpose: the issuer's reason is not for whoever holds the card. https://docs.stripe.com/declines/codes
 */
const reasons: Readonly<Record<string, DeclineReason>> = {
  insufficient_funds: "insufficient_funds",
  card_velocity_exceeded: "over_limit",
  withdrawal_count_limit_exceeded: "over_limit",
  expired_card: "expired_card",
  incorrect_cvc: "wrong_cvc",
  invalid_cvc: "wrong_cvc",
  incorrect_number: "wrong_number",
  invalid_number: "wrong_number",
  invalid_expiry_month: "wrong_expiry",
  invalid_expiry_year: "wrong_expiry",
  invalid_expiry_month_past: "wrong_expiry",
  invalid_expiry_year_past: "wrong_expiry",
  incorrect_zip: "wrong_postal_code",
  postal_code_invalid: "wrong_postal_code",
  card_not_supported: "card_not_supported",
  currency_not_supported: "card_not_supported",
  transaction_not_allowed: "card_not_supported",
  service_not_allowed: "card_not_supported",
  authentication_required: "authentication_failed",
  authentication_not_handled: "authentication_failed",
  payment_intent_authentication_failure: "authentication_failed",
  setup_intent_authentication_failure: "authentication_failed",
  processing_error: "bank_unavailable",
  issuer_not_available: "bank_unavailable",
  reenter_transaction: "bank_unavailable",
  try_again_later: "bank_unavailable",
  testmode_decline: "test_card",
  live_mode_test_card: "test_card",
};

const retryable: ReadonlySet<DeclineReason> = new Set([
  "authentication_failed",
  "bank_unavailable",
  "connection_lost",
  "unknown",
]);

/** The part of a Stripe.js error that says why; its message is never shown or logged. */
export interface PaymentRefusal {
  readonly type?: string | undefined;
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
}

/** What a refusal means; codes that Stripe adds later mean that the bank declined, or that it is unknown. */
export function describeDecline(refusal: PaymentRefusal): { reason: DeclineReason; next: WayForward } {
  const reason = reasonOf(refusal);
  return { reason, next: retryable.has(reason) ? "try_again" : "change_card" };
}

function reasonOf({ type, code, decline_code }: PaymentRefusal): DeclineReason {
  for (const given of [decline_code, code]) {
    if (given !== undefined && Object.hasOwn(reasons, given)) return reasons[given] ?? "unknown";
  }
  if (type === "card_error") return "declined";
  return type === "api_connection_error" ? "connection_lost" : "unknown";
}
