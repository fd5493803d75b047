import { type CheckoutEvent, type CheckoutRecord, decideCheckoutEvent } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { closeCheckout } from "../checkouts/close-checkout.js";
import type { EventOutcome } from "./event-head.js";
import { settleEvent } from "./settle-event.js";

const recordStatuses = {
  "checkout.completed": "complete",
  "checkout.expired": "expired",
  "checkout.failed": "failed",
} as const satisfies Record<CheckoutEvent["type"], CheckoutRecord["status"]>;

/** Closes the checkout's record, and tells the app what was bought. */
export async function applyCheckoutEvent(
  context: BillingContext,
  event: CheckoutEvent,
): Promise<EventOutcome> {
  const { checkoutId } = event;
  const store = await context.openStore();
  return settleEvent(context, event, async ({ customerId }) => {
    const record = customerId === null ? null : await store.findCheckout(checkoutId, customerId);
    const decision = decideCheckoutEvent(event, { customerId, known: record !== null });
    if (customerId === null || record === null) return { decision };
    const status = recordStatuses[event.type];
    return { decision, within: (tx) => closeCheckout(tx, checkoutId, customerId, status) };
  });
}
