import type { Currency } from "./money.js";
import type { IsoTime } from "./time.js";

/** What a customer chose: what is bought by itself, when, and for how much at most. */
export interface TopUpTerms {
  /** One is bought when fewer credits than this are available. */
  readonly threshold: number;
  /** A product of the catalog that grants these credits. */
  readonly productId: string;
  readonly currency: Currency;
  /** What one costs, as it was agreed: for more than this none is bought. In minor units. */
  readonly amount: number;
  /** The most that is charged in a calendar month, in UTC; in minor units. */
  readonly monthlyCap: number;
}

/** Why an automatic top-up did not happen. */
export type TopUpTrouble =
  /** The payment was declined. */
  | "declined"
  /** Nothing is on file to pay with. */
  | "payment_method_missing"
  /** The customer's bank asks them first: they confirm it by paying the invoice, within a day. */
  | "action_required"
  /** They did not, and the invoice was voided. */
  | "not_confirmed"
  /** Another one would exceed the monthly cap: the next month begins with a new one. */
  | "cap_reached"
  /** The product costs more than was agreed. */
  | "price_changed"
  /** The product is gone, or grants none of these credits any more. */
  | "not_sold"
  /** The provider refused for another reason, such as a customer who was deleted there. */
  | "refused";

/** One purchase that was made by itself, or was tried. */
export interface TopUpAttempt {
  /** Counts a customer's for these credits, from 1. */
  readonly number: number;
  readonly startedAt: IsoTime;
  readonly productId: string;
  /** What the product was called then: so it stands on the invoice. */
  readonly description: string;
  readonly currency: Currency;
  /** In minor units. */
  readonly amount: number;
  /** How many credits it buys. */
  readonly credits: number;
  readonly state: "open" | "processing" | "requires_action" | "paid" | "failed";
  /** `null`: it is not known yet, or there is none. */
  readonly invoiceId: string | null;
  /** When to look at it again, for one that is not over. */
  readonly dueAt: IsoTime;
}

/** A customer's automatic top-up of one of the catalog's credits. */
export interface CreditsTopUp extends TopUpTerms {
  /** `false`: it was switched off, by the customer or because a payment failed. */
  readonly active: boolean;
  /** What was charged in that month, and what is being charged; in minor units. */
  readonly spent: { readonly month: string; readonly amount: number };
  /** The latest one. */
  readonly attempt: TopUpAttempt | null;
  /** What went wrong since it was chosen; `null`: nothing. */
  readonly trouble: {
    readonly reason: TopUpTrouble;
    /** Of the issuer's, where it said more: `insufficient_funds`. */
    readonly detail: string | null;
    readonly at: IsoTime;
  } | null;
}
