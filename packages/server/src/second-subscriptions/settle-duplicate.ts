import {
  type DuplicateAction,
  type DuplicateReads,
  type DuplicateRecord,
  decideEnding,
  findSuperseded,
  isActive,
  isLive,
  isTrialOver,
  type Job,
  type Subscription,
  type Superseded,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider, type Providers } from "../context/providers.js";
import { applyRead } from "../sync/apply-read.js";
import { carryOut } from "./carry-out.js";

/** What becomes of the second of two is up to the app's policy. */
export interface SecondSubscriptionsContext extends BillingContext {
  readonly duplicates: DuplicateAction;
}

type SettleDuplicate = Extract<Job, { type: "settle_duplicate" }>;

/**
 * Deals with the second of two running subscriptions in one plan group, at whichever providers, by the app's policy.
 * What is decided is stored before it is done: a crash between any two steps is completed by the next run.
 */
export async function settleDuplicate(
  context: SecondSubscriptionsContext,
  job: SettleDuplicate,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (context.providers.find(job.provider) === null) return;
  const { store } = context;
  for (const one of await listDecisions(store, context.providers, job)) {
    const isPaid = one.provider === job.provider && one.subscriptionId === job.paidId;
    if (one.state === "decided" || isPaid) await carryOut(context, one);
  }
  if (await rereadLive(context, job)) {
    const all = await store.listSubscriptions(job.customerId);
    for (const one of findSuperseded(all.filter((other) => isOf(context, job, other)))) {
      await endSuperseded(context, one);
    }
    const { customerId, group } = job;
    const actions = context.providers.all.map(({ id, manage }) => {
      return { provider: id, action: decideEnding(context.duplicates, manage).action };
    });
    const now = context.clock().toISOString();
    const decided = await store.recordDuplicates({ customerId, group, actions }, now);
    for (const one of decided) await carryOut(context, one);
  }
}

/** Brings the store up to date with the provider; `false` when there is only one, or none. */
async function rereadLive(context: BillingContext, job: SettleDuplicate): Promise<boolean> {
  const { store } = context;
  const live = (await store.listSubscriptions(job.customerId)).filter(
    (one) => isOf(context, job, one) && isLive(one),
  );
  if (live.length < 2) return false;
  for (const { id: subscriptionId, provider, customerId } of live) {
    await applyRead(context, { provider, subscriptionId, customerId });
  }
  return true;
}

/** Whether it may be one of the two: what a provider bills that is not configured can be neither read nor ended. */
function isOf({ providers }: BillingContext, { group }: SettleDuplicate, one: Subscription): boolean {
  return one.group === group && providers.find(one.provider) !== null;
}

async function listDecisions(
  store: Pick<DuplicateReads, "listDuplicates">,
  { ids }: Providers,
  { customerId, group }: SettleDuplicate,
): Promise<readonly DuplicateRecord[]> {
  const lists: (readonly DuplicateRecord[])[] = [];
  for (const provider of ids) lists.push(await store.listDuplicates(customerId, provider, group));
  return lists.flat();
}

/**
 * Ends a subscription that a trial left paused, once another of its group runs. It was never paid for, so nothing is
 * refunded. Looks at the provider again first: it may have been resumed meanwhile, and would then be paid for.
 */
async function endSuperseded(context: BillingContext, { superseded, kept }: Superseded): Promise<void> {
  const { logger } = context;
  const { id: subscriptionId, customerId } = superseded;
  const { provider } = atProvider(context, superseded.provider);
  const { value: left } = await provider.subscriptions.read(superseded);
  const keeper = atProvider(context, kept.provider).provider;
  const { value: running } = await keeper.subscriptions.read(kept);
  if (left === null || left === "foreign" || !isTrialOver(left)) return;
  if (running === null || running === "foreign" || !isActive(running)) return;
  // Nothing is refunded, so the key is never used for a refund.
  const { at } = decideEnding("cancel", provider.manage);
  if (at === null) return;
  const how = { at, refund: false, idempotencyKey: subscriptionId };
  await provider.manage.cancel({ subscription: superseded, ...how });
  await applyRead(context, { provider: provider.id, subscriptionId, customerId });
  const fields = { provider: provider.id, customerId, subscriptionId, keptId: kept.id };
  logger.info(fields, "A trial that had ended paused gave way to the subscription that was bought");
}
