import type { EventCommands, EventInbox, Settlement } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import { retireCustomer } from "../records/customers.js";
import { settleCheckoutWithin } from "../records/settle-checkout-within.js";
import { claimAndSave, isOvertaken } from "./claim-and-save.js";
import { deleteEvents, takeDueEvents } from "./events.js";
import { createRecentSubscriptions } from "./recent-subscriptions.js";
import { createSettling } from "./settle-together.js";

/** What the inbox needs from the store around it. */
export interface InboxStore {
  readonly sql: SqlRunner;
  readonly transact: Transact;
  /** Told, after the commit, that a settlement added callbacks. */
  readonly added: () => void;
  /** Told, after the commit, whose subscriptions a settlement changed. */
  readonly changed: (customerIds: readonly string[]) => void;
}

/** Settles events: in one statement where that is all there is to do, otherwise in a transaction. */
export function createInbox(store: InboxStore): EventInbox & Pick<EventCommands, "settleEvent"> {
  const { sql, transact, changed, added } = store;
  const recent = createRecentSubscriptions();
  const settleAtOnce = createSettling(sql);

  function settle(settlement: Settlement) {
    const { callbacks, jobs, retired, checkout } = settlement;
    if (jobs.length === 0 && retired === undefined && checkout === undefined) return settleAtOnce(settlement);
    // Locks are taken in this order: event, subscription, checkout, outbox.
    return transact(async (tx) => {
      const settled = await claimAndSave(tx.sql, { ...settlement, callbacks: [] });
      if (settled.outcome === "duplicate") return settled;
      if (retired !== undefined) {
        tx.changed(retired.customerId);
        await retireCustomer(tx.sql, retired);
      }
      if (checkout !== undefined) await settleCheckoutWithin(tx, checkout);
      await tx.enqueueCallbacks(callbacks);
      await tx.enqueueJobs(jobs);
      return settled;
    });
  }

  /** They are due whatever becomes of this job, which only hurries: for the few who have any. */
  async function lookAtSeats({ save }: Settlement): Promise<void> {
    if (save === null) return;
    const { customerId } = save.subscription;
    await transact((tx) => tx.enqueueJobs([{ type: "settle_seats", customerId }]));
  }

  return {
    async settleEvent(settlement) {
      try {
        const { outcome, revision, seatsDue } = await settle(settlement);
        recent.saved(settlement, revision);
        if (settlement.callbacks.length > 0) added();
        if (seatsDue) await lookAtSeats(settlement);
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
    takeDueEvents: (options) => takeDueEvents(sql, options),
    pruneEvents: (options) => deleteEvents(sql, options),
  };
}
