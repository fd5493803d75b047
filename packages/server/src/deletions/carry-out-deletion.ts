import {
  type Callback,
  type Deletion,
  type DeletionReport,
  type EndedByDeletion,
  type ErasedAtProvider,
  hasEnded,
  type StoredCustomer,
} from "@tollgate/core";
import { closeCheckout } from "../checkouts/close-checkout.js";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { forgetCustomer } from "../customers/forget-customer.js";
import { reportUsage } from "../usage/report-usage.js";
import { endOne, listAtProvider } from "./end-everything.js";

/** A deletion that has not been finished. */
export type RunningDeletion = Deletion & { readonly customerId: string };

/** Each attempt loses only to something that was paid for meanwhile, which is ended by the next one. */
const tries = 3;

/**
 * Does everything that a deletion is about, in an order in which nothing is billed that nobody knows of: no checkout can
 * be paid any more, then what runs ends, then the provider forgets the customer, and the store does last. Done again,
 * after a crash between any two steps or at once by two, it does what is left.
 *
 * @returns `null` while something of theirs still runs: the next attempt ends it
 */
export async function carryOutDeletion(
  everyone: BillingContext,
  deletion: RunningDeletion,
): Promise<DeletionReport | null> {
  const { store, clock } = everyone;
  const { customerId, reference, startedAt } = deletion;
  let checkouts = 0;
  await reportUsage(everyone, { customerId });
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const open = await store.listOpenCheckouts(customerId);
    for (const record of open) await closeCheckout(everyone, record);
    checkouts += open.length;
    const refunds: EndedByDeletion[] = [];
    const providers: ErasedAtProvider[] = [];
    for (const link of await store.listAccounts(customerId)) {
      providers.push(await leaveProvider(everyone, deletion, link, refunds));
    }
    await endLeftOver(everyone, deletion, refunds);
    const ended = await listEnded(everyone, deletion, refunds);
    const report = { reference, startedAt, finishedAt: clock().toISOString(), ended, checkouts, providers };
    const callback = (done: DeletionReport) => toCallback(deletion, done);
    const finished = await store.finishDeletion({ deletion, report, callback });
    if (finished === "running") continue;
    // The next request may reach another instance.
    await store.announceChanges();
    return finished;
  }
  return null;
}

async function leaveProvider(
  everyone: BillingContext,
  { customerId, settlement, startedAt }: RunningDeletion,
  link: StoredCustomer,
  refunds: EndedByDeletion[],
): Promise<ErasedAtProvider> {
  const { provider, providerCustomerId } = link;
  const context = atProvider(everyone, provider);
  const { ours, othersRun } = await listAtProvider(context, providerCustomerId, startedAt);
  for (const one of ours) refunds.push(await endOne({ context, customerId, settlement }, one));
  const where = { provider, providerCustomerId };
  const { customers } = context.provider;
  if (othersRun) return { ...where, outcome: "kept" };
  if (customers.erase === undefined) return { ...where, outcome: "not_supported" };
  await customers.erase(providerCustomerId);
  await forgetCustomer(context, link);
  return { ...where, outcome: "deleted" };
}

/** What is stored as running although no customer at a provider has it. */
async function endLeftOver(
  everyone: BillingContext,
  { customerId, settlement }: RunningDeletion,
  refunds: EndedByDeletion[],
): Promise<void> {
  for (const one of await everyone.store.listSubscriptions(customerId)) {
    if (hasEnded(one)) continue;
    const context = atProvider(everyone, one.provider);
    refunds.push(await endOne({ context, customerId, settlement }, one));
  }
}

/** By what is stored: a run that was cut off has ended some of them before. */
async function listEnded(
  { store }: BillingContext,
  { customerId, startedAt }: RunningDeletion,
  refunds: readonly EndedByDeletion[],
): Promise<readonly EndedByDeletion[]> {
  const since = Date.parse(startedAt) - 1000;
  const all = await store.listSubscriptions(customerId);
  const ended = all.filter(({ endedAt }) => endedAt !== null && Date.parse(endedAt) >= since);
  return ended.map(({ provider, id }) => {
    const own = refunds.find((one) => one.provider === provider && one.subscriptionId === id);
    return { provider, subscriptionId: id, refunded: own?.refunded ?? null };
  });
}

function toCallback({ customerId, reference }: RunningDeletion, { ended }: DeletionReport): Callback {
  const data = { customerId, by: "app", ended, reference } as const;
  return { id: `${reference}:customer.deleted`, type: "customer.deleted", data };
}
