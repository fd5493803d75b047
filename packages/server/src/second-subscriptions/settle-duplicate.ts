import {
  type DuplicateAction,
  type DuplicateRecord,
  findDuplicates,
  findSuperseded,
  isActive,
  isLive,
  isTrialOver,
  type Job,
  type Subscription,
  type Superseded,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyRead } from "../sync/apply-read.js";
import { carryOut } from "./carry-out.js";

/** What becomes of the second of two is up to the app's policy. */
export interface SecondSubscriptionsContext extends BillingContext {
  readonly duplicates: DuplicateAction;
}

type SettleDuplicate = Extract<Job, { type: "settle_duplicate" }>;

/**
 * Deals with the second of two running subscriptions in one plan group, by the app's policy. What is
 * decided is stored before it is done: a crash between any two steps is completed by the next run.
 */
export async function settleDuplicate(
  context: SecondSubscriptionsContext,
  job: SettleDuplicate,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (job.provider !== context.provider.id) return;
  const { store } = context;
  for (const one of await store.listDuplicates(job.customerId, job.provider, job.group)) {
    if (one.state === "decided" || one.subscriptionId === job.paidId) await carryOut(context, one);
  }
  if (await rereadLive(context, job)) {
    const all = await store.listSubscriptions(job.customerId);
    for (const one of findSuperseded(all.filter((other) => isOf(job, other)))) {
      await endSuperseded(context, one);
    }
    for (const one of await decide(context, job)) await carryOut(context, one);
  }
}

/** Brings the store up to date with the provider; `false` when there is only one, or none. */
async function rereadLive(context: BillingContext, job: SettleDuplicate): Promise<boolean> {
  const { store } = context;
  const live = (await store.listSubscriptions(job.customerId)).filter((one) => isOf(job, one) && isLive(one));
  if (live.length < 2) return false;
  for (const { id: subscriptionId, customerId } of live) {
    await applyRead(context, { subscriptionId, customerId });
  }
  return true;
}

function isOf({ provider, group }: SettleDuplicate, one: Subscription): boolean {
  return one.provider === provider && one.group === group;
}

/**
 * Ends a subscription that a trial left paused, once another of its group runs. It was never paid for, so nothing is
 * refunded. Looks at the provider again first: it may have been resumed meanwhile, and would then be paid for.
 */
async function endSuperseded(context: BillingContext, { superseded, kept }: Superseded): Promise<void> {
  const { provider, logger } = context;
  const { id: subscriptionId, customerId } = superseded;
  const { value: left } = await provider.readSubscription(subscriptionId);
  const { value: running } = await provider.readSubscription(kept.id);
  if (left === null || left === "foreign" || !isTrialOver(left)) return;
  if (running === null || running === "foreign" || !isActive(running)) return;
  // Nothing is refunded, so the key is never used for a refund.
  await provider.cancelSubscription({ subscriptionId, refund: false, idempotencyKey: subscriptionId });
  await applyRead(context, { subscriptionId, customerId });
  const fields = { customerId, subscriptionId, keptId: kept.id };
  logger.info(fields, "A trial that had ended paused gave way to the subscription that was bought");
}

/** By what is stored at one moment, under a lock: if two decide at once, the second sees the first's decision. */
async function decide(
  context: SecondSubscriptionsContext,
  job: SettleDuplicate,
): Promise<readonly DuplicateRecord[]> {
  const { customerId, provider, group } = job;
  const { store } = context;
  return store.transaction(async (tx) => {
    await tx.lock(`duplicates:${provider}:${customerId}`);
    const known = await tx.listDuplicates(customerId, provider, group);
    const decided = known.filter(({ state }) => state === "decided");
    if (decided.length > 0) return decided;
    const all = await tx.listSubscriptions(customerId);
    const own = all.filter((one) => isOf(job, one));
    const fresh = findDuplicates(own, context.clock())
      .filter(({ duplicate }) => !known.some(({ subscriptionId }) => subscriptionId === duplicate.id))
      .map(({ duplicate, kept }): DuplicateRecord => {
        const { id: subscriptionId } = duplicate;
        const head = { provider, subscriptionId, customerId, group, keptId: kept.id };
        return { ...head, action: context.duplicates, state: "decided", refund: null };
      });
    for (const one of fresh) await tx.saveDuplicate(one);
    return fresh;
  });
}
