import type { Interval } from "@tollgate/core";
import { sayInterval } from "../format/say-interval.js";
import type { DeclineReason } from "./describe-decline.js";

/** A plain reason and a way forward. */
export interface DeclineWords {
  readonly reason: string;
  readonly help: string;
}

/** Every word of the payment form. Amounts and dates arrive formatted for the locale. */
export interface PaymentFormMessages {
  readonly summary: string;
  readonly dueNow: string;
  readonly dueLater: (amount: string, date: string, every: Interval | null) => string;
  readonly card: string;
  readonly pay: (amount: string) => string;
  readonly saveCard: string;
  readonly startTrial: string;
  readonly paying: string;
  readonly saving: string;
  /** While the bank may be asking something in its own window. */
  readonly bankMayAsk: string;
  readonly incomplete: string;
  readonly declines: Readonly<Record<DeclineReason, DeclineWords>>;
  readonly paid: string;
  readonly paidDetail: string;
  readonly saved: string;
  readonly savedDetail: string;
  readonly processing: string;
  readonly processingDetail: string;
  readonly loading: string;
  readonly loadFailed: string;
  /** There is no publishable key; the console tells the developer where to put it. */
  readonly notSetUp: string;
  readonly retry: string;
}

export const paymentFormMessages: PaymentFormMessages = {
  summary: "Order summary",
  dueNow: "Due today",
  dueLater: (amount, date, every) =>
    every === null
      ? `You'll be charged ${amount} on ${date}.`
      : `You'll be charged ${amount} on ${date}, then every ${sayInterval(every)} until you cancel.`,
  card: "Payment details",
  pay: (amount) => `Pay ${amount}`,
  saveCard: "Save card",
  startTrial: "Start trial",
  paying: "Paying…",
  saving: "Saving…",
  bankMayAsk: "Your bank may ask you to confirm. Keep this page open.",
  incomplete: "Some payment details are missing or wrong. They are marked above.",
  declines: {
    declined: {
      reason: "Your bank declined the payment without saying why.",
      help: "Nothing was charged. Try another card, or ask your bank.",
    },
    insufficient_funds: {
      reason: "There isn't enough money on this card.",
      help: "Nothing was charged. Try another card, or this one again later.",
    },
    over_limit: {
      reason: "This card has reached its limit.",
      help: "Nothing was charged. Try another card, or ask your bank to raise the limit.",
    },
    expired_card: { reason: "This card has expired.", help: "Nothing was charged. Use another card." },
    wrong_cvc: {
      reason: "The security code is wrong.",
      help: "It is the three digits on the back, or the four on the front of an American Express card.",
    },
    wrong_number: { reason: "The card number is wrong.", help: "Check it against your card." },
    wrong_expiry: { reason: "The expiry date is wrong.", help: "Check it against your card." },
    wrong_postal_code: {
      reason: "The postal code isn't the one your bank knows.",
      help: "Use the code of the address that your card statements go to.",
    },
    card_not_supported: {
      reason: "This card can't be used for this payment.",
      help: "Nothing was charged. Try another card.",
    },
    authentication_failed: {
      reason: "Your bank couldn't confirm that it was you.",
      help: "Nothing was charged. Try again and finish your bank's step, or use another card.",
    },
    bank_unavailable: {
      reason: "Your bank couldn't be reached.",
      help: "Nothing was charged. Try again in a moment.",
    },
    test_card: { reason: "This is a test card.", help: "Use a real one." },
    connection_lost: {
      reason: "The connection broke before the answer arrived.",
      help: "Try again: you can't be charged twice for this order.",
    },
    unknown: {
      reason: "The payment didn't go through.",
      help: "Try again: you can't be charged twice for this order.",
    },
  },
  paid: "Payment received",
  paidDetail: "Thank you. You're all set.",
  saved: "Card saved",
  savedDetail: "You're all set.",
  processing: "Payment on its way",
  processingDetail:
    "Your bank is still working on it. We'll let you know when it arrives; you can leave this page.",
  loading: "Loading the payment form",
  loadFailed: "The payment form didn't load. Check your connection, and any content blocker.",
  notSetUp: "Paying is not set up on this page yet. Nothing was charged.",
  retry: "Try again",
};
