import type { BillingEventType } from "@tollgate/core";

/** What Stripe tells by itself: everything that there is a word for. */
export const toldEvents: ReadonlySet<BillingEventType> = new Set<BillingEventType>([
  "subscription.created",
  "subscription.updated",
  "subscription.paused",
  "subscription.resumed",
  "subscription.ended",
  "trial.ending",
  "checkout.completed",
  "checkout.expired",
  "checkout.failed",
  "payment.succeeded",
  "payment.failed",
  "payment.action_required",
  "renewal.upcoming",
  "customer.updated",
  "customer.deleted",
  "refund.updated",
  "dispute.updated",
  "fraud_warning.created",
]);
