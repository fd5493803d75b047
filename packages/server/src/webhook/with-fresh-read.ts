import {
  BillingError,
  type ProviderRead,
  type ProviderSubscription,
  type StoreTransaction,
  type Subscription,
} from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** What the provider says of a subscription, and what is stored of it. */
export interface FreshRead {
  readonly read: ProviderRead<ProviderSubscription | "foreign" | null>;
  readonly current: Subscription | null;
}

/** Each try loses only to one that stored something meanwhile; a burst of them is over in a second or two. */
const tries = 8;
const firstWaitMs = 25;

/** The lock under which a subscription's record changes. */
export function subscriptionLock(provider: string, subscriptionId: string): string {
  return `subscription:${provider}:${subscriptionId}`;
}

/**
 * Reads a subscription from the provider, outside any transaction, then runs `work` in one, with the
 * record locked. If the record changed since before the read, the read may be older than it, even within
 * the same second: then it is read again (compare and set).
 *
 * @throws BillingError `provider_unavailable` when the record keeps changing.
 */
export async function withFreshRead<T>(
  context: BillingContext,
  subscriptionId: string,
  work: (tx: StoreTransaction, fresh: FreshRead) => Promise<T>,
): Promise<T> {
  const { provider } = context;
  const store = await context.openStore();
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await store.findSubscriptionRevision(subscriptionId, provider.id);
    const read = await provider.readSubscription(subscriptionId);
    const settled = await store.transaction(async (tx) => {
      await tx.lock(subscriptionLock(provider.id, subscriptionId));
      if ((await tx.findSubscriptionRevision(subscriptionId, provider.id)) !== before) return null;
      const current = await tx.findSubscription(subscriptionId, provider.id);
      return { value: await work(tx, { read, current }) };
    });
    if (settled !== null) return settled.value;
    // At random, so that those who collided don't collide again.
    await wait(Math.random() * firstWaitMs * 2 ** attempt);
  }
  throw new BillingError("provider_unavailable", "The subscription is changing too fast. Try again.");
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
