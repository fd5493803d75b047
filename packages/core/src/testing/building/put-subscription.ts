import type { Subscription } from "../../language/subscription.js";
import type { Store } from "../../ports/store.js";

/**
 * Stores a subscription over whatever is stored of it: how a test sets the scene. The server itself only ever
 * compares and saves.
 *
 * @throws Error when somebody else saved it at the same moment.
 * @example
 * const store = pglite("memory://");
 * await putSubscription(store, buildSubscription());
 */
export async function putSubscription(
  store: Pick<Store, "findStoredSubscription" | "saveSubscription">,
  subscription: Subscription,
): Promise<void> {
  const stored = await store.findStoredSubscription(subscription.id, subscription.provider);
  const expectedRevision = stored?.revision ?? null;
  const outcome = await store.saveSubscription({ subscription, expectedRevision, callbacks: [], jobs: [] });
  if (outcome !== "saved") throw new Error("Somebody else saved the subscription at the same moment.");
}
