import {
  BillingError,
  type Deletion,
  type DeletionReport,
  type DeletionSettlement,
  isLive,
  type Job,
  toDeletedCustomer,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { deletionDigest } from "../customers/refuse-deleted.js";
import { describeError } from "../log/logger.js";
import { carryOutDeletion, type RunningDeletion } from "./carry-out-deletion.js";
import { checkEnding, endOne } from "./end-everything.js";

/** Who is to be deleted, and what becomes of what they paid for. */
export interface DeletionWish {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** What becomes of the time that is paid for and not used. @default what `endings.cancelNow` says, or "nothing" */
  readonly settlement?: DeletionSettlement;
}

/** What became of a request to delete somebody. */
export type DeletionResult =
  | ({ readonly outcome: "done" } & DeletionReport)
  /** The provider is out of reach: it is finished in the background, and `customer.deleted` tells when. */
  | { readonly outcome: "running"; readonly reference: string };

/** After this long without an end, a crash or an outage has cut it off. */
const cutOffMs = 120_000;
const batch = 20;

/**
 * Deletes a customer. Asked for again it does what is left, or tells what was done; somebody who came back since under
 * the same id is deleted anew.
 *
 * @throws BillingError `not_supported`, `provider_not_configured`: nothing was begun
 */
export async function deleteCustomer(
  everyone: BillingContext,
  { customerId, settlement }: Required<DeletionWish>,
): Promise<DeletionResult> {
  const { store, clock } = everyone;
  const key = await deletionDigest(everyone, customerId);
  const before = await store.findDeletion(key);
  if (before?.report && !(await isKnown(everyone, customerId))) return toResult(before);
  if (before === null || before.customerId === null) await checkReach(everyone, customerId, settlement);
  const deletion = await store.beginDeletion({
    ...{ customerId, digest: key, settlement },
    reference: toDeletedCustomer(crypto.randomUUID()),
    startedAt: clock().toISOString(),
  });
  if (!isRunning(deletion)) return toResult(deletion);
  try {
    const report = await carryOutDeletion(everyone, deletion);
    if (report !== null) return { outcome: "done", ...report };
  } catch (error) {
    if (!(error instanceof BillingError) || error.code !== "provider_unavailable") throw error;
    const fields = { reference: deletion.reference, error: describeError(error) };
    everyone.logger.warn(fields, "The deletion of a customer is finished in the background");
  }
  return { outcome: "running", reference: deletion.reference };
}

function toResult(deletion: Deletion): DeletionResult {
  const { report, reference } = deletion;
  return report === null ? { outcome: "running", reference } : { outcome: "done", ...report };
}

function isRunning(deletion: Deletion): deletion is RunningDeletion {
  return deletion.customerId !== null;
}

/** Whether something is stored of them: they may have come back. */
async function isKnown({ store, providers, clock }: BillingContext, customerId: string): Promise<boolean> {
  const { subscriptions, usage, purchases } = await store.readAccessFacts(customerId, providers.ids, clock());
  const accounts = await store.listAccounts(customerId);
  return [subscriptions, usage, purchases, accounts].some((all) => all.length > 0);
}

/** Before anything is begun: what nobody can end must not be forgotten. */
async function checkReach(
  everyone: BillingContext,
  customerId: string,
  settlement: DeletionSettlement,
): Promise<void> {
  const { store } = everyone;
  for (const { provider } of await store.listAccounts(customerId)) atProvider(everyone, provider);
  for (const one of await store.listSubscriptions(customerId)) {
    if (isLive(one)) checkEnding(atProvider(everyone, one.provider), settlement);
  }
}

/** Finishes what a crash or an outage cut off. */
export async function finishDeletions(everyone: BillingContext): Promise<void> {
  const startedBefore = new Date(everyone.clock().getTime() - cutOffMs).toISOString();
  let failure: unknown = null;
  for (const one of await everyone.store.listUnfinishedDeletions({ startedBefore, limit: batch })) {
    try {
      if (isRunning(one)) await carryOutDeletion(everyone, one);
    } catch (error) {
      // One that can't be finished keeps no other waiting.
      failure = error;
    }
  }
  if (failure !== null) throw failure;
}

/**
 * Ends what was paid for while its customer was being deleted, and pays it back: nobody is there to use it. The app is
 * told by the reference.
 */
export async function endDeleted(
  everyone: BillingContext,
  job: Extract<Job, { type: "end_deleted" }>,
): Promise<void> {
  const { subscriptionId } = job;
  const context = atProvider(everyone, job.provider);
  const { store, logger, provider } = context;
  const before = await store.findSubscription(subscriptionId, provider.id);
  if (before === null) return;
  const { customerId } = before;
  const settlement = provider.manage.endings?.settlements.includes("refund") ? "refund" : "nothing";
  const ended = await endOne({ context, customerId, settlement }, before);
  const data = { customerId, by: "app", ended: [ended], reference: customerId } as const;
  const callback = { id: `${subscriptionId}:customer.deleted`, type: "customer.deleted", data } as const;
  const fields = { subscriptionId, provider: provider.id, customerId };
  logger.warn(fields, "A subscription of somebody who was deleted was paid for, and ended");
  const stored = await store.findStoredSubscription(subscriptionId, provider.id);
  if (stored === null) return;
  const { subscription, revision } = stored;
  const save = { subscription, expectedRevision: revision, callbacks: [callback], jobs: [] };
  if ((await store.saveSubscription(save)) === "overtaken") {
    // The job runs again, and finds that it has ended.
    throw new BillingError("store_unavailable", "The subscription is changing too fast. Try again.");
  }
}
