import type { EventInbox, EventWrites, Settlement, Store, StoreTransaction } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { claimAndSave, isOvertaken } from "./claim-and-save.js";
import { deleteEvents, keepEvent, takeDueEvents } from "./events.js";
import { createRecentSubscriptions } from "./recent-subscriptions.js";
import { createSettling } from "./settle-together.js";

/** What the inbox needs from the store around it. */
export interface InboxStore {
  readonly sql: SqlRunner;
  /** Runs work in a transaction, whose two interfaces it gets. */
  readonly transaction: <T>(work: (tx: StoreTransaction, sql: SqlRunner) => Promise<T>) => Promise<T>;
  /** Told, after the commit, that a settlement added callbacks. */
  readonly added: () => void;
  /** Told, after the commit, whose subscriptions a settlement changed. */
  readonly changed: (customerIds: readonly string[]) => void;
}

/** Settles events: in one statement where that is all there is to do, otherwise in a transaction. */
export function createInbox(store: InboxStore): EventInbox & EventWrites & Pick<Store, "settleEvent"> {
  const { sql, transaction, changed, added } = store;
  const recent = createRecentSubscriptions();
  const settleAtOnce = createSettling(sql);

  function settle(settlement: Settlement, within?: (tx: StoreTransaction) => Promise<void>) {
    const { callbacks, jobs } = settlement;
    if (jobs.length === 0 && within === undefined) return settleAtOnce(settlement);
    return transaction(async (tx, statements) => {
      const settled = await claimAndSave(statements, { ...settlement, callbacks: [] });
      if (settled.outcome === "duplicate") return settled;
      await within?.(tx);
      if (callbacks.length > 0) await tx.enqueueCallbacks(callbacks);
      if (jobs.length > 0) await tx.enqueueJobs(jobs);
      return settled;
    });
  }

  return {
    async settleEvent(settlement, within) {
      try {
        const { outcome, revision } = await settle(settlement, within);
        recent.saved(settlement, revision);
        if (settlement.callbacks.length > 0) added();
        return outcome;
      } catch (error) {
        recent.forget(settlement);
        if (isOvertaken(error)) return "overtaken";
        throw error;
      } finally {
        // Even when it failed: a commit may have gone through although its answer was lost.
        if (settlement.save !== null) changed([settlement.save.subscription.customerId]);
      }
    },
    recallSubscription: recent.recall,
    keepEvent: (head, kept) => keepEvent(sql, head, kept),
    takeDueEvents: (options) => takeDueEvents(sql, options),
    pruneEvents: (options) => deleteEvents(sql, options),
  };
}
