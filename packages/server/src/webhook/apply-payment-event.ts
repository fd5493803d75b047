import type { PaymentEvent, StoreTransaction } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { findOwner } from "../customers/find-owner.js";
import { claimEvent, type EventOutcome, keepUnmatched } from "./claim-event.js";
import { enqueueCallbacks } from "./enqueue-callbacks.js";
import type { FreshRead } from "./with-fresh-read.js";

/**
 * Tells the app about a payment. A payment for a subscription that is not stored may be another product's
 * of the same account, or may have come before its subscription: the provider tells which.
 */
export async function applyPaymentEvent(
  tx: StoreTransaction,
  context: BillingContext,
  event: PaymentEvent,
): Promise<{ outcome: EventOutcome } | { outcome: "reread"; subscriptionId: string }> {
  const { subscriptionId, provider } = event;
  if (subscriptionId === null) return { outcome: await announcePayment(tx, context, event) };
  const known = await tx.findSubscription(subscriptionId, provider);
  if (known !== null) return { outcome: await announcePayment(tx, context, event) };
  const record = await tx.findEvent(event.id, provider);
  if (record !== null && record.state !== "unmatched") return { outcome: "duplicate" };
  return { outcome: "reread", subscriptionId };
}

/** Tells the app about a payment once the provider has told whose subscription it is for. */
export async function applyPaymentRead(
  tx: StoreTransaction,
  context: BillingContext,
  event: PaymentEvent,
  { read }: FreshRead,
): Promise<EventOutcome> {
  const ours = read.value !== null && read.value !== "foreign";
  return ours ? announcePayment(tx, context, event) : claimEvent(tx, context, event, "ignored");
}

async function announcePayment(
  tx: StoreTransaction,
  context: BillingContext,
  event: PaymentEvent,
): Promise<EventOutcome> {
  const { type, providerCustomerId, subscriptionId, invoiceId, amount, currency } = event;
  if (providerCustomerId === null) return claimEvent(tx, context, event, "ignored");
  const customerId = await findOwner(tx, event.provider, providerCustomerId);
  if (customerId === null) return keepUnmatched(tx, context, event, providerCustomerId);
  return claimEvent(tx, context, event, "applied", () => {
    const data = { customerId, subscriptionId, invoiceId, amount, currency };
    return enqueueCallbacks(tx, context, [{ id: `${event.id}:${type}`, type, data }]);
  });
}
