import { BillingError, type PendingChange, type Subscription, subscriptionToChange } from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import { listRunning } from "../customers/find-account.js";
import { underKey } from "../idempotency/under-key.js";
import { applyRead } from "../sync/apply-read.js";
import type { ChangesContext } from "./changes-context.js";
import { requireChanges } from "./find-change.js";

/**
 * Withdraws what a customer has agreed to and what has not happened yet: a change that waits for the period's end, or for
 * a payment. What was withdrawn already stays so.
 *
 * @param planId a plan of the group that is meant; absent: all of them
 * @returns what waited for the period's end
 * @throws BillingError `foreign_schedule`, `not_supported`, `subscription_ended`
 */
export async function withdrawChange(
  context: ChangesContext,
  customerId: string,
  planId: string | undefined,
): Promise<readonly PendingChange[]> {
  const running = await listRunning(context, customerId);
  const named = planId === undefined ? null : subscriptionToChange(context.catalog, running, planId);
  const meant = planId === undefined ? running : running.filter(({ id }) => id === named?.id);
  const withdrawn: PendingChange[] = [];
  for (const one of meant) {
    const pending = await withdraw(context, one);
    if (pending !== null) withdrawn.push(pending);
  }
  if (meant.length > 0) await context.store.announceChanges();
  return withdrawn;
}

async function withdraw(everyone: ChangesContext, stored: Subscription): Promise<PendingChange | null> {
  const { id: subscriptionId, provider, customerId } = stored;
  const context = atProvider(everyone, provider);
  if (context.provider.manage.changes === undefined && stored.pendingChange === null) return null;
  const changes = requireChanges(context);
  await applyRead(context, { provider, subscriptionId, customerId });
  const known = await context.store.findStoredSubscription(subscriptionId, provider);
  const pending = known?.subscription.pendingChange ?? null;
  const purpose = ["undo-change", provider, subscriptionId, known?.revision ?? ""];
  try {
    await underKey(context, purpose, (idempotencyKey) =>
      changes.undo({ subscription: stored, idempotencyKey }),
    );
  } catch (error) {
    // Nothing waits there that could be withdrawn.
    const isForeign = error instanceof BillingError && error.code === "foreign_schedule";
    if (!isForeign || pending !== null) throw error;
  }
  await applyRead(context, {
    provider,
    subscriptionId,
    customerId,
    cause: { kind: "command", name: "undo_change" },
  });
  return pending;
}
