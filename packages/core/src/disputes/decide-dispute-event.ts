import type { Callback } from "../language/callback.js";
import type { Dispute, FraudWarning } from "../language/dispute.js";
import type { Job } from "../language/job.js";
import type { PaymentBooks } from "../language/refund.js";
import { mayPayForCredits } from "../refunds/decide-return.js";

/** What is told, and what has to be looked into. */
export interface DisputeDecision {
  readonly callbacks: readonly Callback[];
  readonly jobs: readonly Job[];
}

/**
 * What news of a dispute mean. That it opened is told while it wants an answer, once as an inquiry and once more if it
 * becomes a chargeback; that it is over, once for each outcome, for a lost one may be won by an appeal.
 *
 * @param customerId whose payment it was
 * @example
 * function wantsAnswer(dispute: Dispute, books: PaymentBooks): boolean {
 *   return decideDisputeEvent({ dispute, books }, "org_1").callbacks[0]?.type === "dispute.opened";
 * }
 */
export function decideDisputeEvent(
  { dispute, books }: { readonly dispute: Dispute; readonly books: PaymentBooks },
  customerId: string,
): DisputeDecision {
  const { id: disputeId, ...rest } = dispute;
  const { provider, kind, status } = rest;
  const { subscriptionId } = books;
  const data = { customerId, disputeId, subscriptionId, ...rest };
  const isOpen = status === "needs_response" || status === "under_review";
  const isGone = status === "lost" || status === "prevented" || (isOpen && kind === "chargeback");
  // One that is won gives a product back to its buyer.
  const counts = mayPayForCredits(books) || (isGone && subscriptionId !== null);
  const jobs: Job[] = counts ? [{ type: "settle_dispute", provider, disputeId }] : [];
  if (status === "under_review") return { callbacks: [], jobs };
  const opened = { id: `${disputeId}:dispute.opened:${kind}`, type: "dispute.opened", data } as const;
  const closed = { id: `${disputeId}:dispute.closed:${status}`, type: "dispute.closed", data } as const;
  return { callbacks: [isOpen ? opened : closed], jobs };
}

/**
 * A warning of fraud is told once; what is done about it is decided when it is done.
 *
 * @example
 * function isToldAs(warning: FraudWarning, books: PaymentBooks): string | undefined {
 *   return decideWarningEvent({ warning, books }, "org_1").callbacks[0]?.type; // "fraud_warning.received"
 * }
 */
export function decideWarningEvent(
  { warning, books }: { readonly warning: FraudWarning; readonly books: PaymentBooks },
  customerId: string,
): DisputeDecision {
  const { id: warningId, ...rest } = warning;
  const { invoiceId, subscriptionId, paid: amount, currency, disputed } = books;
  const type = "fraud_warning.received";
  const data = { customerId, warningId, ...rest, invoiceId, subscriptionId, amount, currency, disputed };
  const job = { type: "settle_fraud_warning", provider: warning.provider, warningId } as const;
  return { callbacks: [{ id: `${warningId}:${type}`, type, data }], jobs: [job] };
}
