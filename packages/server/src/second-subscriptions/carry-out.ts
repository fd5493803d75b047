import {
  type Callback,
  type CancelTime,
  type DuplicateRecord,
  decideEnding,
  isLive,
  type Money,
  planLinesOf,
  type StoreTransaction,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider, type Providers } from "../context/providers.js";
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
    await store.transaction((tx) => tx.removeDuplicate(decision));
    return;
  }
  const ending = decideEnding(decision.action, context.provider.manage);
  const refund = ending.at === null ? null : await cancel(context, decision, ending.at);
  const isNews = await store.transaction((tx) => conclude(tx, context.providers, { ...decision, refund }));
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

async function conclude(
  tx: StoreTransaction,
  providers: Providers,
  decision: DuplicateRecord,
): Promise<boolean> {
  const { customerId, provider, group, subscriptionId, keptId, refund, action } = decision;
  await lockDuplicates(tx, providers, customerId);
  const known = await tx.listDuplicates(customerId, provider, group);
  const before = known.find((one) => one.subscriptionId === subscriptionId && one.state === "done");
  if (before !== undefined && amountOf(refund) <= amountOf(before.refund)) return false;
  await tx.saveDuplicate({ ...decision, state: "done" });
  const subscription = await tx.findSubscription(subscriptionId, provider);
  const kept = await tx.findSubscription(keptId, keptProviderOf(decision));
  if (subscription === null || kept === null) throw new Error("A subscription left the store.");
  const pending = refund !== null && providers.find(provider)?.manage.refunds === "pending";
  const told = { refund, ...(pending && { refundPending: true as const }), action };
  const data = { customerId, planId: subscription.planId, subscription, kept, ...told };
  const again = before === undefined ? "" : `:${amountOf(refund)}`;
  const id = `${subscriptionId}:subscription.duplicate${again}`;
  const callback: Callback = { id, type: "subscription.duplicate", data };
  await tx.enqueueCallbacks([callback]);
  return true;
}

/**
 * Two that decide or conclude at once do so one after the other. A lock for each provider, as instances of an earlier
 * release have one for theirs; always in the same order, so that nobody waits for somebody who waits for them.
 */
export async function lockDuplicates(
  tx: StoreTransaction,
  { ids }: Providers,
  customerId: string,
): Promise<void> {
  for (const provider of ids.toSorted()) await tx.lock(`duplicates:${provider}:${customerId}`);
}

function keptProviderOf({ provider, keptProvider = provider }: DuplicateRecord): string {
  return keptProvider;
}

function amountOf(money: Money | null): number {
  return money?.amount ?? 0;
}
