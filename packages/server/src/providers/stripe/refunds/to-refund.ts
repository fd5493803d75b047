import type { Refund, RefundAccess, RefundReason } from "@tollgate/core";
import type Stripe from "stripe";
import { metadataKeys, readMetadata } from "../language/names.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime } from "../language/to-iso-time.js";
import { statusOf } from "./read-payments.js";

const reasons: ReadonlySet<string> = new Set<RefundReason>([
  "requested_by_customer",
  "duplicate",
  "fraudulent",
]);

/** A refund of Stripe's in our words (https://docs.stripe.com/api/refunds/object). */
export function toRefund(provider: string, refund: Stripe.Refund, invoiceId: string | null): Refund {
  const { id, amount, currency, reason, created, failure_reason, metadata } = refund;
  const status = statusOf(refund);
  return {
    ...{ id, provider, invoiceId, currency, status },
    amount: fromStripeAmount(amount, currency),
    failure: status === "failed" ? (failure_reason ?? refund.status) : null,
    reason: reason !== null && reasons.has(reason) ? (reason as RefundReason) : null,
    createdAt: toIsoTime(created),
    key: readMetadata(metadata, metadataKeys.refund),
  };
}

/** What whoever made a refund wanted for access; `null`: they left it to the policy. */
export function accessOf({ metadata }: Pick<Stripe.Refund, "metadata">): RefundAccess | null {
  const access = readMetadata(metadata, metadataKeys.access);
  return access === "end" || access === "keep" ? access : null;
}
