import type { StripeEvent } from "../engine/world/wire.js";

/** Whom a scenario is about. What is left out is looked for, or made. */
export type PlayOptions = {
  /** The id of a customer. @default that of `subscription`, else a new one with a card that pays */
  customer?: string;
  /** The id of a subscription. @default the customer's only one that fits, else a new one */
  subscription?: string;
  /**
   * The id of a recurring price: of a new subscription, or the one that a plan switch switches to.
   *
   * @default one of the catalog's, else a new one
   */
  price?: string;
  /** A connected account. @default the sandbox's own */
  account?: string;
};

/** The ids of what a scenario was about; null: nothing of that kind. */
export type PlayedIds = {
  customer: string;
  subscription: string | null;
  /** The invoice that mattered: the renewal's, say. */
  invoice: string | null;
  paymentIntent: string | null;
  charge: string | null;
  refund: string | null;
  dispute: string | null;
  /** The payment method that failed, expired or asked for 3-D Secure. */
  paymentMethod: string | null;
  /** The price that the subscription has now. */
  price: string | null;
};

/** What happened. */
export type Played<Name extends string = string> = PlayedIds & {
  scenario: Name;
  /** The subscription's status now. */
  status: string | null;
  /** The time that it is for the customer now. */
  now: Date;
  /** What was done, in words and in order. */
  steps: string[];
  /** The customer's events since the beginning, in order (a copy). */
  events: StripeEvent[];
};
