import { expect, test } from "vitest";
import { describeDecline } from "./describe-decline.js";

test.each([
  [
    { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" },
    "insufficient_funds",
    "change_card",
  ],
  [{ type: "card_error", code: "card_declined", decline_code: "generic_decline" }, "declined", "change_card"],
  [{ type: "card_error", code: "card_declined", decline_code: "stolen_card" }, "declined", "change_card"],
  [
    { type: "card_error", code: "card_declined", decline_code: "a_code_of_tomorrow" },
    "declined",
    "change_card",
  ],
  [{ type: "card_error", code: "expired_card" }, "expired_card", "change_card"],
  [{ type: "card_error", code: "incorrect_cvc" }, "wrong_cvc", "change_card"],
  [{ type: "card_error", code: "processing_error" }, "bank_unavailable", "try_again"],
  [
    { type: "invalid_request_error", code: "payment_intent_authentication_failure" },
    "authentication_failed",
    "try_again",
  ],
  [{ type: "api_connection_error" }, "connection_lost", "try_again"],
  [{ type: "card_error", code: "constructor", decline_code: "__proto__" }, "declined", "change_card"],
  [{}, "unknown", "try_again"],
] as const)("%o means %s, and then %s", (refusal, reason, next) => {
  expect(describeDecline(refusal)).toEqual({ reason, next });
});
