import type { Dispute } from "../language/dispute.js";
import type { PaymentBooks, RefundAccess } from "../language/refund.js";
import { decideReturn, type ReturnRule } from "../refunds/decide-return.js";
import type { DisputeRules } from "./dispute-rules.js";

/**
 * Whether a subscription ends, or a product is no longer owned, because a payment for it is disputed.
 *
 * | state | counts |
 * |---|---|
 * | an inquiry, open or closed | nothing: no money is gone |
 * | a chargeback, open | the rule `opened` |
 * | lost, prevented | the rule `lost` |
 * | won | nothing |
 *
 * @example
 * function endsAtOnce(dispute: Dispute, books: PaymentBooks, now: Date): boolean {
 *   return decideDisputeReturn({ dispute, books, rules: defaultDisputeRules, now }) === "end";
 * }
 */
export function decideDisputeReturn(input: {
  readonly dispute: Pick<Dispute, "kind" | "status" | "amount">;
  readonly books: Pick<PaymentBooks, "paid" | "refunded" | "period" | "subscriptionId" | "checkoutId">;
  readonly rules: Pick<DisputeRules, "opened" | "lost">;
  readonly now: Date;
}): RefundAccess {
  const { dispute, books, rules, now } = input;
  const rule = ruleOf(dispute, rules);
  // What was refunded before went back as well; a bank may claim more than is left.
  const gone = dispute.amount + books.refunded;
  return rule === null ? "keep" : decideReturn({ books, gone, choice: null, rule, now });
}

function ruleOf(
  { kind, status }: Pick<Dispute, "kind" | "status">,
  { opened, lost }: Pick<DisputeRules, "opened" | "lost">,
): ReturnRule | null {
  switch (status) {
    case "lost":
    case "prevented":
      return lost;
    case "needs_response":
    case "under_review":
      return kind === "chargeback" ? opened : null;
    case "won":
    case "closed":
      return null;
  }
}
