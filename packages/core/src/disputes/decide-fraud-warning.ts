import type { PaymentBooks } from "../language/refund.js";
import { refundableOf } from "../refunds/decide-refund.js";
import type { DisputeRules } from "./dispute-rules.js";

/**
 * What is done about a payment that a network warns of. Never twice, and never for one that is disputed already: the bank
 * has taken or asked for that money itself.
 *
 * @example
 * function paysBack(books: PaymentBooks): boolean {
 *   return decideFraudWarning({ books, rule: "refund" }) === "refund"; // unless it went back, or is disputed
 * }
 */
export function decideFraudWarning(input: {
  readonly books: PaymentBooks;
  readonly rule: DisputeRules["fraudWarnings"];
}): DisputeRules["fraudWarnings"] {
  const { books, rule } = input;
  return rule === "refund" && !books.disputed && refundableOf(books) > 0 ? "refund" : "tell";
}
