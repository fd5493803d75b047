import { decideEnding, isLive } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { underKey } from "../idempotency/under-key.js";
import { applyRead } from "../sync/apply-read.js";
import { findRef } from "../sync/find-ref.js";

/**
 * Ends a subscription of ours whose payment went back: at once where the provider can, and with nothing given for the
 * time that is left, because that went back already. Done twice, or after a crash between any two steps, it is done once.
 *
 * @param input.why for the log
 */
export async function endReturned(
  context: BillingContext,
  input: { readonly subscriptionId: string; readonly customerId: string; readonly why: string },
): Promise<void> {
  const { store, provider, logger } = context;
  const { subscriptionId, customerId, why } = input;
  const subscription = await findRef(context, subscriptionId);
  const { value } = await provider.subscriptions.read(subscription);
  // One whose plan has left the catalog since is ours as before.
  const state = value === "foreign" ? await store.findSubscription(subscriptionId, provider.id) : value;
  const { at } = decideEnding("cancel", provider.manage);
  if (state === null || !isLive(state) || at === null) return;
  await underKey(context, ["returned", subscriptionId], (idempotencyKey) =>
    provider.manage.cancel({ subscription, at, refund: false, idempotencyKey }),
  );
  await applyRead(context, { provider: provider.id, subscriptionId, customerId });
  logger.info(
    { provider: provider.id, customerId, subscriptionId, at },
    `A subscription ends because ${why}`,
  );
}
