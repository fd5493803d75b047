import { anonymizeSubscription, isLive, type StoreCommands } from "@tollgate/core";
import { checkoutLock, duplicatesLock } from "../driver/locks.js";
import type { Transact, Transaction } from "../driver/transaction.js";
import { anonymizeConsents } from "../records/consents.js";
import { closeDeletion, eraseRecords, insertDeletion } from "../records/deletions.js";
import { anonymizeHistory } from "../records/move-history.js";
import { anonymizePurchases } from "../records/purchases.js";
import {
  findStoredSubscription,
  listSubscriptionsOf,
  replaceSubscription,
} from "../records/subscriptions.js";

type DeletionCommands = Pick<StoreCommands, "beginDeletion" | "finishDeletion">;

export function createDeletionCommands(transact: Transact): DeletionCommands {
  return {
    beginDeletion: (deletion) =>
      transact(async (tx) => {
        // A checkout that is being saved is either seen by whoever deletes, or sees that they do.
        await tx.lock(checkoutLock(deletion.customerId));
        return insertDeletion(tx.sql, deletion);
      }),
    finishDeletion: ({ deletion, report, callback }) =>
      transact(async (tx) => {
        const { customerId, reference } = deletion;
        await tx.lock(checkoutLock(customerId));
        const subscriptions = await listSubscriptionsOf(tx.sql, customerId);
        if (subscriptions.some(isLive)) return "running";
        for (const provider of new Set(subscriptions.map((one) => one.provider))) {
          await tx.lock(duplicatesLock(provider, customerId));
        }
        tx.changed(customerId);
        const who = { customerId, reference };
        const purchases = await anonymizePurchases(tx.sql, who);
        await anonymizeConsents(tx.sql, who);
        for (const { id, provider } of subscriptions) await anonymize(tx, id, provider, reference);
        await anonymizeHistory(tx.sql, who);
        await eraseRecords(tx.sql, who);
        const kept = { subscriptions: subscriptions.length, purchases };
        const finished = { ...report, kept };
        if (await closeDeletion(tx.sql, finished)) await tx.enqueueCallbacks([callback(finished)]);
        return finished;
      }),
  };
}

/** Whoever has read it before sees that it was saved since. */
async function anonymize(tx: Transaction, id: string, provider: string, reference: string): Promise<void> {
  const stored = await findStoredSubscription(tx.sql, id, provider);
  if (stored === null) return;
  const { revision } = stored;
  const subscription = anonymizeSubscription(stored.subscription, reference);
  if (await replaceSubscription(tx.sql, { subscription, expectedRevision: revision })) return;
  throw new Error("A subscription changed while its customer was deleted.");
}
