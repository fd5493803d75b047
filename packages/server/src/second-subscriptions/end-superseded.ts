import { isActive, isTrialOver, type Superseded } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyRead } from "../sync/apply-read.js";

/**
 * Ends a subscription that a trial left paused, once another of its group runs. It was never paid for, so nothing
 * is paid back. Looks at the provider again first: it may have been resumed meanwhile, and is paid for then.
 */
export async function endSuperseded(
  context: BillingContext,
  { superseded, kept }: Superseded,
): Promise<void> {
  const { provider, logger } = context;
  const { id: subscriptionId, customerId } = superseded;
  const { value: left } = await provider.readSubscription(subscriptionId);
  const { value: running } = await provider.readSubscription(kept.id);
  if (left === null || left === "foreign" || !isTrialOver(left)) return;
  if (running === null || running === "foreign" || !isActive(running)) return;
  // Nothing is refunded, so there is no key under which it would be.
  await provider.cancelSubscription({ subscriptionId, refund: false, idempotencyKey: subscriptionId });
  await applyRead(context, { subscriptionId, customerId });
  const fields = { customerId, subscriptionId, keptId: kept.id };
  logger.info(fields, "A trial that had ended paused gave way to the subscription that was bought");
}
