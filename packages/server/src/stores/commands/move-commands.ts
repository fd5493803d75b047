import { type IsoTime, recordChange, type StoreCommands, type Subscription } from "@tollgate/core";
import { checkoutLock, customerLock } from "../driver/locks.js";
import type { Transact, Transaction } from "../driver/transaction.js";
import { moveLink } from "../records/customers.js";
import { moveMembers } from "../records/members.js";
import { moveCreditsRecords } from "../records/move-credits-records.js";
import { moveHistory } from "../records/move-history.js";
import { moveMigrationEntries } from "../records/price-migrations.js";
import { movePricePromise } from "../records/price-promises.js";
import { moveSeats } from "../records/seats.js";
import {
  findStoredSubscription,
  listSubscriptionsOf,
  replaceSubscription,
} from "../records/subscriptions.js";
import { moveUsage } from "../records/usage.js";
import { moveUsageCaps } from "../records/usage-caps.js";
import { moveUsageReports } from "../records/usage-reports.js";

export function createMoveCommands(transact: Transact): Pick<StoreCommands, "moveSubscription"> {
  return {
    moveSubscription: ({ subscriptionId, from, to, at }, decide) =>
      transact(async (tx) => {
        // Always in the same order, so that two that move against each other wait and don't block each other.
        for (const customerId of [from, to].toSorted()) await tx.lock(checkoutLock(customerId));
        const ofFrom = await listSubscriptionsOf(tx.sql, from);
        const moved = decide({ ofFrom, ofTo: await listSubscriptionsOf(tx.sql, to) });
        const meant = moved?.find(({ id }) => id === subscriptionId);
        if (moved === null || meant === undefined) return "unchanged";
        const { provider, providerCustomerId } = meant;
        await tx.lock(customerLock(provider, providerCustomerId));
        for (const customerId of [from, to]) tx.changed(customerId);
        await moveLink(tx.sql, { customerId: to, provider, providerCustomerId });
        await moveUsage(tx.sql, { from, to });
        await moveMembers(tx.sql, { from, to });
        await moveUsageCaps(tx.sql, { from, to });
        await moveUsageReports(tx.sql, { from, to });
        await moveCreditsRecords(tx.sql, { from, to, moved, at });
        await movePricePromise(tx.sql, { from, to });
        for (const one of moved) await give(tx, one, to, at);
        // After the subscriptions, as where an event is settled.
        await moveSeats(tx.sql, { from, to });
        await tx.enqueueJobs([{ type: "name_customer", provider, providerCustomerId }]);
        return "moved";
      }),
  };
}

/** Whoever has read it before sees that it was saved since. */
async function give(tx: Transaction, one: Subscription, customerId: string, at: IsoTime): Promise<void> {
  const { id, provider } = one;
  const stored = await findStoredSubscription(tx.sql, id, provider);
  if (stored === null) return;
  const { subscription: before, revision: expectedRevision } = stored;
  const subscription = { ...before, customerId };
  await moveMigrationEntries(tx.sql, { provider, subscriptionId: id, to: customerId });
  await moveHistory(tx.sql, before, customerId);
  const history = recordChange({ before, after: subscription, cause: { kind: "move" }, at });
  if (await replaceSubscription(tx.sql, { subscription, expectedRevision, history })) return;
  throw new Error("A subscription changed while it was moved.");
}
