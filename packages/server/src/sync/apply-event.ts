import {
  BillingError,
  type BillingEvent,
  type CustomerEvent,
  decideRenewal,
  isDeletedCustomer,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { applyCheckoutEvent } from "./apply-checkout-event.js";
import { applyDisputeEvent, applyWarningEvent } from "./apply-dispute-event.js";
import { applyProfileEvent } from "./apply-profile-event.js";
import { applyRefundEvent } from "./apply-refund-event.js";
import { applySubscriptionEvent } from "./apply-subscription-event.js";
import type { EventOutcome } from "./event-head.js";
import { ignoredAs } from "./find-payer.js";
import { keepFailed } from "./keep-event.js";
import { settleEvent } from "./settle-event.js";

/**
 * Deals with one event for good, with the provider that it is of, or keeps it: as unmatched until its customer is known, or as failed, to be retried.
 *
 * @returns what became of it
 * @throws whatever failed; nothing is marked as done then
 */
export async function applyEvent(context: BillingContext, event: BillingEvent): Promise<EventOutcome> {
  try {
    return await apply(atProvider(context, event.provider), event);
  } catch (error) {
    await keepFailed(context, event, error);
    throw error;
  }
}

function apply(context: BillingContext, event: BillingEvent): Promise<EventOutcome> {
  switch (event.type) {
    case "checkout.completed":
    case "checkout.expired":
    case "checkout.failed":
      return applyCheckoutEvent(context, event);
    case "renewal.upcoming":
      return settleEvent(context, event, (facts) => ({ decision: decideRenewal(event, facts) }));
    case "customer.updated":
      return applyProfileEvent(context, event);
    case "customer.deleted":
      return applyCustomerEvent(context, event);
    case "refund.updated":
      return applyRefundEvent(context, event);
    case "dispute.updated":
      return applyDisputeEvent(context, event);
    case "fraud_warning.created":
      return applyWarningEvent(context, event);
    case "outside":
      return settleEvent(context, event, () => ignoredAs(event.reason));
    case "unreadable":
      throw new BillingError("invalid_event", event.reason);
    default:
      return applySubscriptionEvent(context, event);
  }
}

/**
 * A customer was deleted at the provider: the link becomes history, and the next checkout makes a new one. What they
 * subscribed to ends through its own events.
 */
function applyCustomerEvent(context: BillingContext, event: CustomerEvent): Promise<EventOutcome> {
  const { provider, providerCustomerId } = event;
  return settleEvent(context, event, ({ customerId }) => {
    const head = { action: "settle", subscription: null, callbacks: [], jobs: [] } as const;
    if (customerId === null) {
      return { decision: { ...head, state: "ignored", reason: "nobody's customer" } };
    }
    const data = { customerId, by: "provider", ended: [], reference: null } as const;
    const told = { id: `${providerCustomerId}:customer.deleted`, type: "customer.deleted", data } as const;
    const callbacks = isDeletedCustomer(customerId) ? [] : [told];
    return {
      decision: { ...head, state: "applied", reason: null, callbacks },
      retired: { customerId, provider, providerCustomerId },
    };
  });
}
