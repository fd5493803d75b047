import type { PaymentBooks, RefundAccess } from "../language/refund.js";

/**
 * What becomes of a subscription whose payment went back: it ends (`"end"`), ends only if that payment was for a period
 * that is not over (`"end_current"`), or runs on (`"keep"`). A product that was bought once is no longer owned by either
 * of the first two.
 */
export type ReturnRule = "end" | "end_current" | "keep";

/**
 * Whether a subscription ends, or a product is no longer owned, because a payment for it went back. A part of it ends
 * nothing, and neither does a payment for a change within a period, for the period's own payment stays.
 *
 * | payment | `end_current` | `end` | `keep` |
 * |---|---|---|---|
 * | all of it went back, its period is not over | ends | ends | runs on |
 * | all of it, for a period that is over | runs on | ends | runs on |
 * | all of it, for a change within a period | runs on | ends | runs on |
 * | all of it, for a product | taken back | taken back | kept |
 * | a part of it | runs on, kept | runs on, kept | runs on, kept |
 *
 * @param input.gone what arrived back, in minor units
 * @param input.choice made with the refund: it counts instead of the rule, also for a part
 * @example
 * function endsAtOnce(books: PaymentBooks, now: Date): boolean {
 *   return decideReturn({ books, gone: books.refunded, choice: null, rule: "end_current", now }) === "end";
 * }
 */
export function decideReturn(input: {
  readonly books: Pick<PaymentBooks, "paid" | "period" | "subscriptionId" | "checkoutId">;
  readonly gone: number;
  readonly choice: RefundAccess | null;
  readonly rule: ReturnRule;
  readonly now: Date;
}): RefundAccess {
  const { books, gone, choice, rule, now } = input;
  const isProduct = paysForProduct(books);
  if ((books.subscriptionId === null && !isProduct) || gone <= 0) return "keep";
  if (choice !== null) return choice;
  if (rule === "keep" || gone < books.paid) return "keep";
  if (rule === "end" || isProduct) return "end";
  const isCurrent = books.period !== null && Date.parse(books.period.end) > now.getTime();
  return isCurrent ? "end" : "keep";
}

/** Whether a payment bought a product once. */
function paysForProduct({ checkoutId }: Pick<PaymentBooks, "checkoutId">): boolean {
  return checkoutId !== undefined && checkoutId !== null;
}

/** Whether its credits go back with it: a product's, or those of an invoice of its own, which may be a top-up's. */
export function mayPayForCredits({
  checkoutId,
  invoiceId,
  subscriptionId,
}: Pick<PaymentBooks, "checkoutId" | "invoiceId" | "subscriptionId">): boolean {
  return (
    paysForProduct({ checkoutId: checkoutId ?? null }) || (subscriptionId === null && invoiceId !== null)
  );
}
