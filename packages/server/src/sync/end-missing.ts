import type { Subscription, SubscriptionEvent } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { applyEvent } from "./apply-event.js";

/**
 * Ends a subscription that the provider does not have, although it has the customer: there is nothing left to pay for.
 * If the customer were unknown too, the key might belong to another account, and nothing is ended on the strength of
 * that.
 *
 * @param eventId of the end, which is handled like any event
 * @returns whether it has ended now
 */
export async function endMissing(
  context: BillingContext,
  stored: Subscription,
  eventId: string,
): Promise<boolean> {
  const { customers } = atProvider(context, stored.provider).provider;
  const customer = await customers.read(stored.providerCustomerId);
  if (customer === null) return false;
  await applyEvent(context, endOf(stored, eventId, context.clock().toISOString()));
  const { store } = context;
  const after = await store.findSubscription(stored.id, stored.provider);
  return after?.status === "ended";
}

/** The event that the provider would have sent about its end. */
export function endOf(stored: Subscription, eventId: string, occurredAt: string): SubscriptionEvent {
  return {
    id: eventId,
    provider: stored.provider,
    type: "subscription.ended",
    occurredAt,
    providerCustomerId: stored.providerCustomerId,
    subscriptionId: stored.id,
    state: "foreign",
  };
}
