import type { CheckoutPayer } from "../../engine/checkout/completing/checkout-payer.js";

/** What was typed, or what is wrong with it, by field. */
export type FieldTexts = Readonly<Record<string, string | undefined>>;

/** A part of the form: what it says about the payer, and which of its fields are in the way. */
export type Part = { payer: Partial<CheckoutPayer>; errors: Record<string, string> };

/** Why the page is shown again, and what it may show of what was typed. */
export interface Refusal {
  readonly values: FieldTexts;
  readonly errors: FieldTexts;
  /** A refusal that belongs to no field. */
  readonly failure: string | undefined;
}

export const noRefusal: Refusal = { values: {}, errors: {}, failure: undefined };
