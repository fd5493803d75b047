import { cardError } from "./stripe-error.js";

export type CardDecline =
  | "expired_card"
  | "generic_decline"
  | "incorrect_cvc"
  | "insufficient_funds"
  | "lost_card"
  | "processing_error"
  | "stolen_card";

/** How a test card answers; stored in place of its number, which is never kept. */
export type CardBehaviour = {
  /** What happens when the card is saved or a setup is confirmed. */
  onSetup: CardDecline | "ok" | "requires_action";
  /** What happens when money is taken. */
  onCharge: CardDecline | "ok" | "requires_action";
  /** Whether one authentication is enough for later charges. */
  remembers?: boolean;
};

/** The part of a test card that may be stored and shown. */
export type TestCard = {
  brand: string;
  funding: string;
  country: string;
  fingerprint: string;
  behaviour: CardBehaviour;
};

type Answer = CardBehaviour["onCharge"];
type Row = [number: string, brand: string, onSetup: Answer, onCharge: Answer, remembers?: "once"];

// https://docs.stripe.com/testing
const rows: Row[] = [
  ["4242424242424242", "visa", "ok", "ok"],
  ["4000056655665556", "visa", "ok", "ok"],
  ["5555555555554444", "mastercard", "ok", "ok"],
  ["378282246310005", "amex", "ok", "ok"],
  ["6011111111111117", "discover", "ok", "ok"],
  ["4000000000000002", "visa", "generic_decline", "generic_decline"],
  ["4000000000009995", "visa", "insufficient_funds", "insufficient_funds"],
  ["4000000000009987", "visa", "lost_card", "lost_card"],
  ["4000000000009979", "visa", "stolen_card", "stolen_card"],
  ["4000000000000069", "visa", "expired_card", "expired_card"],
  ["4000000000000127", "visa", "incorrect_cvc", "incorrect_cvc"],
  ["4000000000000119", "visa", "processing_error", "processing_error"],
  ["4000000000000341", "visa", "ok", "generic_decline"],
  ["4000002500003155", "visa", "requires_action", "requires_action", "once"],
  ["4000002760003184", "visa", "requires_action", "requires_action"],
  ["4000000000003220", "visa", "requires_action", "requires_action"],
];

const cards = new Map(
  rows.map(([number, brand, onSetup, onCharge, once], index): [string, TestCard] => [
    number,
    {
      brand,
      funding: number === "4000056655665556" ? "debit" : "credit",
      country: "US",
      fingerprint: `TestCard${String(index).padStart(8, "0")}`,
      behaviour: { onSetup, onCharge, remembers: once === "once" },
    },
  ]),
);

/** Stripe's ready-made payment methods and tokens for tests. */
const tokens: Record<string, string> = {
  visa: "4242424242424242",
  visa_debit: "4000056655665556",
  mastercard: "5555555555554444",
  amex: "378282246310005",
  discover: "6011111111111117",
  visa_chargeDeclined: "4000000000000002",
  chargeDeclined: "4000000000000002",
  visa_chargeDeclinedInsufficientFunds: "4000000000009995",
  chargeDeclinedInsufficientFunds: "4000000000009995",
  visa_chargeDeclinedLostCard: "4000000000009987",
  visa_chargeDeclinedStolenCard: "4000000000009979",
  chargeDeclinedExpiredCard: "4000000000000069",
  chargeDeclinedIncorrectCvc: "4000000000000127",
  chargeDeclinedProcessingError: "4000000000000119",
  chargeCustomerFail: "4000000000000341",
  authenticationRequiredOnSetup: "4000002500003155",
  authenticationRequired: "4000002760003184",
  threeDSecure2Required: "4000000000003220",
};

/** The number behind `pm_card_visa` or `tok_visa`, or undefined. */
export const numberOfToken = (token: string): string | undefined => {
  const name = /^(?:pm_card_|tok_)(\w+)$/.exec(token)?.[1];
  return name !== undefined && Object.hasOwn(tokens, name) ? tokens[name] : undefined;
};

const luhn = (number: string): boolean => {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

/** The card behind a number; throws for one that is no number, or no test card. */
export const readTestCard = (number: string): TestCard => {
  if (!/^\d{12,19}$/.test(number) || !luhn(number))
    throw cardError({ code: "incorrect_number", message: "Your card number is incorrect.", param: "number" });
  const card = cards.get(number);
  if (card) return card;
  throw cardError({
    code: "card_declined",
    decline_code: "test_mode_live_card",
    message:
      "Your card was declined. Your request was in test mode, but used a non test (live) card. " +
      "For a list of valid test cards, visit: https://docs.stripe.com/testing.",
  });
};
