import type { Words } from "../messages/en.js";

/** A published test card, as the forms offer it. */
export interface TestCard {
  readonly number: string;
  /** The English word for what it does. */
  readonly label: string;
  /** What using it does, for people who hover or listen. */
  readonly outcome: string;
  /** The word in the elements' other languages. */
  readonly word: keyof Words["outcome"];
}

/** https://docs.stripe.com/testing lists them all; these are the ones that a billing flow meets. */
export const testCards: readonly TestCard[] = [
  { number: "4242424242424242", label: "Succeeds", outcome: "The payment succeeds.", word: "succeeds" },
  {
    number: "4000002500003155",
    label: "3-D Secure",
    outcome: "The bank asks for authentication.",
    word: "authenticates",
  },
  { number: "4000000000000002", label: "Declined", outcome: "The bank declines the card.", word: "declined" },
  {
    number: "4000000000009995",
    label: "Insufficient funds",
    outcome: "The bank declines the card for lack of funds.",
    word: "noFunds",
  },
  {
    number: "4000000000000341",
    label: "Fails later",
    outcome: "The card is saved, and its charges fail.",
    word: "failsLater",
  },
];
