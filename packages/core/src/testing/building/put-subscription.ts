import type { Subscription } from "../../language/subscription.js";
import type { StoreTransaction } from "../../ports/store.js";

/**
 * Stores a subscription over whatever is stored of it: how a test sets the scene. The server itself only ever
 * compares and sets.
 *
 * @throws Error when somebody else saved it at the same moment.
 * @example
 * const store = pglite("memory://");
 * await store.transaction((tx) => putSubscription(tx, buildSubscription()));
 */
export async function putSubscription(tx: StoreTransaction, subscription: Subscription): Promise<void> {
  const stored = await tx.findStoredSubscription(subscription.id, subscription.provider);
  const saved = await tx.replaceSubscription({ subscription, expectedRevision: stored?.revision ?? null });
  if (!saved) throw new Error("Somebody else saved the subscription at the same moment.");
}
