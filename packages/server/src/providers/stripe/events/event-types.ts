import { disputeEventTypes } from "./normalize-dispute.js";
import { invoiceEventTypes } from "./normalize-invoice.js";
import { refundEventTypes } from "./normalize-refund.js";

/**
 * The types of events that mean something to us, except those that only repeat others. In several lists because Stripe
 * lists events of at most twenty types; those of a subscription's state are in one, because within a second only a
 * list's own order shows which came first.
 */
export const eventTypeLists: readonly (readonly string[])[] = [
  [
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.subscription.trial_will_end",
    "customer.subscription.pending_update_applied",
    "subscription_schedule.created",
    "subscription_schedule.updated",
    "subscription_schedule.released",
    "subscription_schedule.completed",
    "subscription_schedule.canceled",
    "subscription_schedule.aborted",
    "customer.updated",
    "customer.deleted",
  ],
  [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    ...invoiceEventTypes,
    ...refundEventTypes,
    ...disputeEventTypes,
  ],
];
