import {
  type CustomerLink,
  decideOwnership,
  type ProviderCustomer,
  type StoredCustomer,
} from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { applyUnmatchedEvents } from "../webhook/apply-unmatched.js";
import { type SubscriptionRead, saveReadWithin } from "../webhook/save-read.js";
import { customerLock } from "./customer-lock.js";

/**
 * Links a provider's customer to whom it belongs to, with what it subscribes to, and applies the events that
 * waited for it. The first link of either stays.
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
  // Before it, too: whoever finds the link decides by what is stored, and would sell a running plan again.
  const reads = await readSubscriptions(context, customer, customerId);
  const wanted = { customerId, provider: provider.id, providerCustomerId };
  const link = await store.transaction(async (tx) => {
    await tx.lock(customerLock(provider.id, providerCustomerId));
    const linked = await tx.linkCustomer(wanted);
    if (!isSame(linked, wanted)) return null;
    for (const read of reads) await saveReadWithin(tx, read);
    return linked;
  });
  if (link === null) return null;
  await applyUnmatchedEvents(context, link);
  return link;
}

function isSame(link: CustomerLink, wanted: CustomerLink): boolean {
  return link.customerId === wanted.customerId && link.providerCustomerId === wanted.providerCustomerId;
}

/** Their events may have come before our endpoint was there, or never. */
async function readSubscriptions(
  { provider, openStore }: BillingContext,
  { providerCustomerId }: ProviderCustomer,
  customerId: string,
): Promise<readonly SubscriptionRead[]> {
  const store = await openStore();
  // One page: no customer has more that run, and a comparison finds what is left.
  const { items } = await provider.listSubscriptions({ providerCustomerId, after: null });
  const reads: SubscriptionRead[] = [];
  for (const { id, state, endedAt } of items) {
    if (state === "foreign" || endedAt !== null) continue;
    const stored = await store.findStoredSubscription(id, provider.id);
    reads.push({ read: await provider.readSubscription(id), stored, customerId });
  }
  return reads;
}
