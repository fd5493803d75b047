import { type DuplicateRecord, decideCompletion, decideDuplicates, type StoreCommands } from "@tollgate/core";
import { duplicatesLock } from "../driver/locks.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import { listDuplicates, removeDuplicate, saveDuplicate } from "../records/duplicates.js";
import { findSubscription, listSubscriptionsOf } from "../records/subscriptions.js";

type DuplicateCommands = Pick<StoreCommands, "recordDuplicates" | "completeDuplicate" | "withdrawDuplicate">;

export function createDuplicateCommands(sql: SqlRunner, transact: Transact): DuplicateCommands {
  return {
    recordDuplicates: (scope, at) =>
      transact(async (tx) => {
        const { customerId, group, actions } = scope;
        const providers = actions.map(({ provider }) => provider);
        const known: DuplicateRecord[] = [];
        // A lock for each provider, as instances of an earlier release have one for theirs; always in the same order, so
        // that nobody waits for somebody who waits for them.
        for (const provider of providers.toSorted()) {
          await tx.lock(duplicatesLock(provider, customerId));
        }
        for (const provider of providers) {
          known.push(...(await listDuplicates(tx.sql, customerId, provider, group)));
        }
        const subscriptions = await listSubscriptionsOf(tx.sql, customerId);
        const now = new Date(at);
        const { fresh, open } = decideDuplicates({ ...scope, now, known, subscriptions });
        for (const one of fresh) await saveDuplicate(tx.sql, one);
        return open;
      }),
    completeDuplicate: (decision, refunded) =>
      transact(async (tx) => {
        const { customerId, provider, group, subscriptionId, keptId, keptProvider = provider } = decision;
        await tx.lock(duplicatesLock(provider, customerId));
        const known = await listDuplicates(tx.sql, customerId, provider, group);
        const subscription = await findSubscription(tx.sql, subscriptionId, provider);
        const kept = await findSubscription(tx.sql, keptId, keptProvider);
        const news = decideCompletion({ decision, ...refunded, known, subscription, kept });
        if (news === null) return false;
        await saveDuplicate(tx.sql, news.record);
        await tx.enqueueCallbacks([news.callback]);
        return true;
      }),
    withdrawDuplicate: (decision) => removeDuplicate(sql, decision),
  };
}
