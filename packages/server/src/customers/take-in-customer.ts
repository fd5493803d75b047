import { decideOwnership, type ProviderCustomer, type StoredCustomer } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { applyRead } from "../webhook/apply-read.js";
import { applyUnmatchedEvents } from "../webhook/apply-unmatched.js";
import { customerLock } from "./customer-lock.js";

/**
 * Links a provider's customer to whom it belongs to, applies the events that waited for it, and reads what it
 * subscribes to. The first link of either stays.
 *
 * @returns `null` when it is another's, or the person has another one already
 */
export async function takeInCustomer(
  context: BillingContext,
  customer: ProviderCustomer,
  customerId: string,
): Promise<StoredCustomer | null> {
  const { providerCustomerId } = customer;
  const { provider } = context;
  const store = await context.openStore();
  if ((await store.findCustomer(customerId, provider.id)) !== null) return null;
  const owner = await context.bindDatabase();
  // Before the link: whoever is linked is not looked at again, and would stay without our name.
  if (decideOwnership(customer.stamp, owner) !== "ours") {
    const { database } = owner;
    await provider.claimCustomer({ customerId, providerCustomerId, subscriptionId: null, database });
  }
  const link = await store.transaction(async (tx) => {
    await tx.lock(customerLock(provider.id, providerCustomerId));
    return tx.linkCustomer({ customerId, provider: provider.id, providerCustomerId });
  });
  if (link.customerId !== customerId || link.providerCustomerId !== providerCustomerId) return null;
  await applyUnmatchedEvents(context, link);
  await readSubscriptions(context, link);
  return link;
}

/** Their events may have come before our endpoint was there, or never. */
async function readSubscriptions(context: BillingContext, link: StoredCustomer): Promise<void> {
  const { customerId, providerCustomerId } = link;
  // One page: no customer has more that run, and a comparison finds what is left.
  const { items } = await context.provider.listSubscriptions({ providerCustomerId, after: null });
  for (const { id: subscriptionId, state, endedAt } of items) {
    if (state === "foreign" || endedAt !== null) continue;
    await applyRead(context, { subscriptionId, customerId });
  }
}
