import type { StoreCommands, SubscriptionWrite } from "@tollgate/core";
import type { StoreChangeFeed } from "../changes/change-feed.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact, Transaction } from "../driver/transaction.js";
import { markSeatsDue } from "../records/seats.js";
import { replaceSubscription } from "../records/subscriptions.js";

type Outcome = Awaited<ReturnType<StoreCommands["saveSubscription"]>>;

/** In one statement where nothing follows from it. */
export function createSubscriptionCommands(
  sql: SqlRunner,
  transact: Transact,
  feed: Pick<StoreChangeFeed, "changed">,
): Pick<StoreCommands, "saveSubscription"> {
  return {
    async saveSubscription(write) {
      const { subscription, callbacks, jobs, seatsDueAt = null } = write;
      if (callbacks.length + jobs.length > 0 || seatsDueAt !== null)
        return transact((tx) => replaceWithin(tx, write));
      // Even when it failed: a commit may have gone through although its answer was lost.
      const saved = replaceSubscription(sql, write).finally(() => feed.changed([subscription.customerId]));
      return (await saved) ? "saved" : "overtaken";
    },
  };
}

/** The same as part of a command that writes more. */
export async function replaceWithin(tx: Transaction, write: SubscriptionWrite): Promise<Outcome> {
  const { customerId } = write.subscription;
  tx.changed(customerId);
  if (!(await replaceSubscription(tx.sql, write))) return "overtaken";
  const { seatsDueAt = null } = write;
  const isDue = seatsDueAt !== null && (await markSeatsDue(tx.sql, customerId, seatsDueAt));
  await tx.enqueueCallbacks(write.callbacks);
  await tx.enqueueJobs(isDue ? [...write.jobs, { type: "settle_seats", customerId }] : write.jobs);
  return "saved";
}
