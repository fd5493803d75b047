import type { CustomerEvent } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { EventOutcome } from "./event-head.js";
import { settleEvent } from "./settle-event.js";

/**
 * A customer was deleted at the provider: the link becomes history, and the next checkout makes a new one.
 * What they subscribed to ends by events of its own.
 */
export function applyCustomerEvent(context: BillingContext, event: CustomerEvent): Promise<EventOutcome> {
  const { provider, providerCustomerId } = event;
  return settleEvent(context, event, ({ customerId }) => {
    const head = { action: "settle", subscription: null, callbacks: [], jobs: [] } as const;
    if (customerId === null) {
      return { decision: { ...head, state: "ignored", reason: "nobody's customer" } };
    }
    return {
      decision: { ...head, state: "applied", reason: null },
      within: (tx) => tx.retireCustomer({ customerId, provider, providerCustomerId }),
    };
  });
}
