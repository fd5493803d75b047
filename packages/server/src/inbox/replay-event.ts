import { BillingError, type EventRecord, type EventState } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyEvent } from "../sync/apply-event.js";
import { applyRead } from "../sync/apply-read.js";

/** The outcome of a replay: the event's state now. */
export interface ReplayedEvent {
  readonly id: string;
  readonly state: EventState;
}

/**
 * Retries an event that is still to be settled. One that is settled no longer counts: if it is about a subscription,
 * that is read from the provider and applied.
 *
 * @throws BillingError `event_not_found`; and what made it fail again
 */
export async function replayEvent(context: BillingContext, id: string): Promise<ReplayedEvent> {
  const { store } = context;
  // No text in the database contains NUL, so no event id does.
  const record = id.includes("\0") ? null : await findEvent(context, id);
  if (record === null) throw new BillingError("event_not_found", "There is no such event in the inbox.");
  if (record.event !== null) await applyEvent(context, record.event);
  else await rereadSubscription(context, record);
  const after = await store.findEvent(id, record.provider);
  return { id, state: after?.state ?? record.state };
}

/** Whichever provider sent it. */
async function findEvent({ store, providers }: BillingContext, id: string): Promise<EventRecord | null> {
  for (const provider of providers.ids) {
    const record = await store.findEvent(id, provider);
    if (record !== null) return record;
  }
  return null;
}

async function rereadSubscription(
  context: BillingContext,
  {
    provider,
    subscriptionId,
    providerCustomerId,
  }: {
    readonly provider: string;
    readonly subscriptionId: string | null;
    readonly providerCustomerId: string | null;
  },
): Promise<void> {
  if (subscriptionId === null) return;
  const { store } = context;
  const stored = await store.findSubscription(subscriptionId, provider);
  const customer =
    stored ?? (providerCustomerId && (await store.findCustomerByProviderId(providerCustomerId, provider)));
  if (!customer) return;
  await applyRead(context, { provider, subscriptionId, customerId: customer.customerId });
}
