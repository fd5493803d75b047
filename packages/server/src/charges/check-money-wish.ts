import { BillingError, decideAmount, isStorableText, type Money } from "@tollgate/core";

/** Money that somebody is to be charged or given. */
export interface MoneyWish {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** In minor units, above 0. */
  readonly amount: number;
  /** ISO 4217, in lower case: the one that the customer is billed in. */
  readonly currency: string;
  /** What it is for, as the customer reads it: 1 to 350 characters. */
  readonly description: string;
  /** Names it for good: 1 to 255 characters. */
  readonly idempotencyKey: string;
}

/** What Stripe, the strictest, takes as the description of a balance transaction. */
const longestDescription = 350;
const longestKey = 255;

/** @throws BillingError `invalid_idempotency_key`, `invalid_options` */
export function checkWish(wish: MoneyWish): MoneyWish & { readonly money: Money } {
  if (!isStorableText(wish.idempotencyKey, longestKey)) {
    const message = `\`idempotencyKey\` must be a string of 1 to ${longestKey} characters.`;
    throw new BillingError("invalid_idempotency_key", message);
  }
  if (!isStorableText(wish.description, longestDescription)) {
    const message = `\`description\` must be a text of 1 to ${longestDescription} characters.`;
    throw new BillingError("invalid_options", message);
  }
  // Which currency the customer is bound to is for their provider to say.
  return { ...wish, money: decideAmount({ ...wish, required: null }) };
}
