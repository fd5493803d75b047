import { BillingError } from "../language/errors.js";
import type { PaymentBooks, Refund } from "../language/refund.js";

/** What is left to give back under a key; 0: all of it is done. */
export interface RefundDecision {
  /** What earlier calls with the same key made. */
  readonly made: readonly Refund[];
  /** In minor units; 0 or more. */
  readonly amount: number;
}

/**
 * What of a payment can still be given back as money, in minor units: never what is on its way back already, what a
 * dispute took, or what credit paid for.
 *
 * @example
 * function isAllGone(books: PaymentBooks): boolean {
 *   return refundableOf(books) === 0;
 * }
 */
export function refundableOf({ paid, refunded, pending, held }: PaymentBooks): number {
  return Math.max(0, paid - refunded - pending - held);
}

/**
 * How much a wish for a refund comes to. The same key gives the same refund once, also after a crash between two
 * payments of one invoice.
 *
 * | state | answer |
 * |---|---|
 * | no amount | all that is left |
 * | the key was used | what is missing of it; nothing where it failed |
 * | the key was used for more | `invalid_idempotency_key` |
 * | less than 1, or no whole number | `amount_too_small` |
 * | more than is left | `amount_too_large`, with `refundable` |
 * | nothing was paid, or all of it went back | `nothing_to_refund` |
 * | a dispute holds or took all of it | `payment_disputed` |
 *
 * @throws BillingError those of the table
 * @example
 * function isDone(books: PaymentBooks, refunds: readonly Refund[]): boolean {
 *   return decideRefund({ books, refunds, key: "order 12", amount: null }).amount === 0;
 * }
 */
export function decideRefund(input: {
  readonly books: PaymentBooks;
  /** Of this payment. */
  readonly refunds: readonly Refund[];
  readonly key: string;
  /** `null`: all that is left. */
  readonly amount: number | null;
}): RefundDecision {
  const { books, key, amount } = input;
  const left = refundableOf(books);
  if (amount !== null && !(Number.isSafeInteger(amount) && amount > 0))
    throw refuse("amount_too_small", "The amount must be a whole number of minor units, 1 or more.", books);
  const made = input.refunds.filter((one) => one.key === key);
  const done = made.reduce((sum, one) => sum + one.amount, 0);
  if (amount !== null && done > amount)
    throw refuse("invalid_idempotency_key", "This key was used for another refund.", books);
  const isOver = left === 0 || done === amount || made.some(({ status }) => status === "failed");
  if (made.length > 0 && isOver) return { made, amount: 0 };
  if (left === 0) throw nothingLeft(books);
  const wanted = amount === null ? left : amount - done;
  if (wanted > left)
    throw refuse("amount_too_large", "More can't be refunded than is left of the payment.", books);
  return { made, amount: wanted };
}

function nothingLeft(books: PaymentBooks): BillingError {
  return books.held > 0
    ? refuse("payment_disputed", "A dispute has taken this payment: answer the dispute instead.", books)
    : refuse("nothing_to_refund", "Nothing is left of this payment to refund.", books);
}

function refuse(
  code:
    | "amount_too_small"
    | "amount_too_large"
    | "invalid_idempotency_key"
    | "nothing_to_refund"
    | "payment_disputed",
  message: string,
  books: PaymentBooks,
): BillingError {
  const { paid, currency } = books;
  return new BillingError(code, message, { details: { paid, refundable: refundableOf(books), currency } });
}
