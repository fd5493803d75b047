import type { CustomerLink, StoredCustomer } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyUnmatchedEvents } from "../sync/apply-unmatched.js";
import { linkLatest } from "../sync/link-payer.js";
import { customerLock } from "../sync/locks.js";
import { type SubscriptionRead, saveReadWithin } from "../sync/save-read.js";

/** Sends a request to the provider when its turn comes. */
export type Ask = <T>(request: () => Promise<T>) => Promise<T>;

/**
 * Links a provider's customer and saves what it subscribes to in one step, then applies the events that waited for it.
 * The first link on either side stays.
 *
 * Whoever finds the link decides by what is stored, and would sell a running plan again if that were saved later.
 *
 * @returns `null` when it belongs to someone else, or the person already has another one
 */
export async function linkSubscribed(
  context: BillingContext,
  wanted: CustomerLink,
  ask: Ask = (request) => request(),
): Promise<StoredCustomer | null> {
  const { store } = context;
  const reads = await readSubscriptions(context, wanted, ask);
  const link = await store.transaction(async (tx) => {
    await tx.lock(customerLock(wanted.provider, wanted.providerCustomerId));
    const isMade = context.provider.customers.kind === "made_by_checkout";
    const linked = await (isMade ? linkLatest(tx, wanted) : tx.linkCustomer(wanted));
    if (!isSame(linked, wanted)) return null;
    for (const read of reads) await saveReadWithin(tx, read);
    return linked;
  });
  if (link !== null) await applyUnmatchedEvents(context, link);
  return link;
}

function isSame(link: CustomerLink, wanted: CustomerLink): boolean {
  return link.customerId === wanted.customerId && link.providerCustomerId === wanted.providerCustomerId;
}

/** Their events may have come before our endpoint existed, or never. */
async function readSubscriptions(
  { provider, store }: BillingContext,
  { customerId, providerCustomerId }: CustomerLink,
  ask: Ask,
): Promise<readonly SubscriptionRead[]> {
  // One page: no customer has more running ones than that, and a comparison finds what is left.
  const page = await ask(() => provider.subscriptions.listOf({ providerCustomerId, after: null }));
  const reads: SubscriptionRead[] = [];
  for (const { id, state, endedAt } of page.items) {
    if (state === "foreign" || endedAt !== null) continue;
    const stored = await store.findStoredSubscription(id, provider.id);
    // A record is never deleted, so there was none when the page was read.
    const isListed = stored === null && state !== "unreadable";
    const read = isListed
      ? { value: state, asOf: page.asOf }
      : await ask(() => provider.subscriptions.read({ id, providerCustomerId }));
    reads.push({ read, stored, customerId });
  }
  return reads;
}
