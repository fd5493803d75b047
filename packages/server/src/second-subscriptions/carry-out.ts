import {
  type CancelTime,
  type DuplicateRecord,
  decideEnding,
  isLive,
  type Money,
  planLinesOf,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { underKey } from "../idempotency/under-key.js";
import { applyRead } from "../sync/apply-read.js";
import { findRef } from "../sync/find-ref.js";

/**
 * Does what was decided, then notes that it is done and tells the app, both or neither. Safe to run again, and twice at
 * once: the provider cancels and refunds once, and the app is told once. Run again after another payment came in, it
 * refunds that too and tells the app the new sum.
 */
export async function carryOut(everyone: BillingContext, decision: DuplicateRecord): Promise<void> {
  const context = atProvider(everyone, decision.provider);
  const { store } = context;
  if (!(await stillHolds(context, decision))) {
    await store.withdrawDuplicate(decision);
    return;
  }
  const ending = decideEnding(decision.action, context.provider.manage);
  const refund = ending.at === null ? null : await cancel(context, decision, ending.at);
  const pending = context.provider.manage.refunds === "pending";
  const isNews = await store.completeDuplicate(decision, { refund, pending });
  const { customerId, subscriptionId, keptId, action } = decision;
  const at = { provider: decision.provider, keptProvider: keptProviderOf(decision) };
  const fields = { customerId, subscriptionId, keptId, action, ...at, refund: refund?.amount ?? 0 };
  if (isNews) context.logger.warn(fields, "A customer had two subscriptions of one plan group");
}

/**
 * Whether a decision still makes sense by what the provider says now: it may be old, and nobody must lose the only
 * subscription that is left, nor a plan of another group that was added to the second one. One whose second
 * subscription has ended was already begun, and is completed.
 */
async function stillHolds(context: BillingContext, decision: DuplicateRecord): Promise<boolean> {
  const { value: second } = await readStored(context, decision.subscriptionId);
  if (second === null || second === "foreign") return false;
  if (!isLive(second)) return true;
  if (planLinesOf(second).some(({ group }) => group !== decision.group)) return false;
  const { value: kept } = await readStored(atProvider(context, keptProviderOf(decision)), decision.keptId);
  return kept !== null && kept !== "foreign" && isLive(kept);
}

async function readStored(context: BillingContext, subscriptionId: string) {
  return context.provider.subscriptions.read(await findRef(context, subscriptionId));
}

async function cancel(
  context: BillingContext,
  decision: DuplicateRecord,
  at: CancelTime,
): Promise<Money | null> {
  const { provider, subscriptionId, customerId, action } = decision;
  const refund = action === "cancel_and_refund";
  const subscription = await findRef(context, subscriptionId);
  const { refunded } = await underKey(context, ["duplicate", subscriptionId], (idempotencyKey) =>
    context.provider.manage.cancel({ subscription, at, refund, idempotencyKey }),
  );
  await applyRead(context, { provider, subscriptionId, customerId });
  return refunded;
}

function keptProviderOf({ provider, keptProvider = provider }: DuplicateRecord): string {
  return keptProvider;
}
