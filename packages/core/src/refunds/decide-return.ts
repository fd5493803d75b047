import type { PaymentBooks, RefundAccess } from "../language/refund.js";

/**
 * What becomes of a subscription whose payment went back: it ends (`"end"`), ends only if that payment was for a period
 * that is not over (`"end_current"`), or runs on (`"keep"`).
 */
export type ReturnRule = "end" | "end_current" | "keep";

/**
 * Whether a subscription ends because a payment for it went back. A part of it ends nothing, and neither does a payment
 * for a change within a period, for the period's own payment stays.
 *
 * | payment | `end_current` | `end` | `keep` |
 * |---|---|---|---|
 * | all of it went back, its period is not over | ends | ends | runs on |
 * | all of it, for a period that is over | runs on | ends | runs on |
 * | all of it, for a change within a period | runs on | ends | runs on |
 * | a part of it | runs on | runs on | runs on |
 *
 * @param input.gone what arrived back, in minor units
 * @param input.choice made with the refund: it counts instead of the rule, also for a part
 * @example
 * function endsAtOnce(books: PaymentBooks, now: Date): boolean {
 *   return decideReturn({ books, gone: books.refunded, choice: null, rule: "end_current", now }) === "end";
 * }
 */
export function decideReturn(input: {
  readonly books: Pick<PaymentBooks, "paid" | "period" | "subscriptionId">;
  readonly gone: number;
  readonly choice: RefundAccess | null;
  readonly rule: ReturnRule;
  readonly now: Date;
}): RefundAccess {
  const { books, gone, choice, rule, now } = input;
  if (books.subscriptionId === null || gone <= 0) return "keep";
  if (choice !== null) return choice;
  if (rule === "keep" || gone < books.paid) return "keep";
  if (rule === "end") return "end";
  const isCurrent = books.period !== null && Date.parse(books.period.end) > now.getTime();
  return isCurrent ? "end" : "keep";
}
