import type { Callback } from "../../language/callback.js";
import type { Store } from "../../ports/store.js";
import { buildEventHead, buildSettlement } from "./builders.js";

/**
 * Adds callbacks to a store's outbox, as an event that is settled does: how a test sets the scene.
 *
 * @example
 * const store = pglite("memory://");
 * await putCallbacks(store, [buildCallback("callback_1")]);
 */
export async function putCallbacks(
  store: Pick<Store, "settleEvent">,
  callbacks: readonly Callback[],
): Promise<void> {
  const head = buildEventHead({ id: `evt_${crypto.randomUUID()}` });
  await store.settleEvent(buildSettlement({ head, callbacks }));
}
