import type { Dispute } from "@tollgate/core";
import type Stripe from "stripe";
import { idOf } from "../language/id-of.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime } from "../language/to-iso-time.js";

/** https://docs.stripe.com/api/disputes/object#dispute_object-status */
const statuses = {
  warning_needs_response: "needs_response",
  warning_under_review: "under_review",
  warning_closed: "closed",
  needs_response: "needs_response",
  under_review: "under_review",
  appeal_needs_response: "needs_response",
  appeal_under_review: "under_review",
  won: "won",
  lost: "lost",
  prevented: "prevented",
} as const satisfies Record<string, Dispute["status"]>;

/** A dispute of Stripe's in our words. A status that we don't know is one that nobody has decided by. */
export function toDispute(provider: string, dispute: Stripe.Dispute, invoiceId: string | null): Dispute {
  const { id, amount, currency, charge, created, reason, evidence_details } = dispute;
  const known: Readonly<Record<string, Dispute["status"]>> = statuses;
  const status = (Object.hasOwn(known, dispute.status) && known[dispute.status]) || "under_review";
  // 0 where the bank takes no answer.
  const until = status === "needs_response" ? evidence_details.due_by : null;
  return {
    ...{ id, provider, invoiceId, currency, reason, status },
    paymentId: idOf(charge),
    amount: fromStripeAmount(amount, currency),
    kind: dispute.status.startsWith("warning_") ? "inquiry" : "chargeback",
    respondBy: until ? toIsoTime(until) : null,
    createdAt: toIsoTime(created),
  };
}
