/** A published test card, as the forms offer it. */
export interface TestCard {
  readonly number: string;
  readonly label: string;
  /** What using it does, for people who hover or listen. */
  readonly outcome: string;
}

/** https://docs.stripe.com/testing lists them all; these are the ones that a billing flow meets. */
export const testCards: readonly TestCard[] = [
  { number: "4242424242424242", label: "Succeeds", outcome: "The payment succeeds." },
  { number: "4000002500003155", label: "3-D Secure", outcome: "The bank asks for authentication." },
  { number: "4000000000000002", label: "Declined", outcome: "The bank declines the card." },
  {
    number: "4000000000009995",
    label: "Insufficient funds",
    outcome: "The bank declines the card for lack of funds.",
  },
  { number: "4000000000000341", label: "Fails later", outcome: "The card is saved, and its charges fail." },
];
