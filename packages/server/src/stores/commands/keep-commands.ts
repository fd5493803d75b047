import type { StoreCommands } from "@tollgate/core";
import { customerLock } from "../driver/locks.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import { keepEvent, setUnmatchedReason } from "../inbox/events.js";
import { findCustomerByProviderId } from "../records/customers.js";

type KeepCommands = Pick<StoreCommands, "keepEvent" | "keepUnmatched" | "explainUnmatched">;

/** What is kept of events that are not settled. */
export function createKeepCommands(sql: SqlRunner, transact: Transact): KeepCommands {
  return {
    keepEvent: (head, kept) => keepEvent(sql, head, kept),
    keepUnmatched: ({ head, event, reason, attempts, jobs }) =>
      transact(async (tx) => {
        const { provider, providerCustomerId } = head;
        await tx.lock(customerLock(provider, providerCustomerId));
        if ((await findCustomerByProviderId(tx.sql, providerCustomerId, provider)) !== null) return "linked";
        const kept = { state: "unmatched", reason, event, attempts, nextAttemptAt: null } as const;
        if (!(await keepEvent(tx.sql, head, kept))) return "duplicate";
        await tx.enqueueJobs(jobs);
        return "kept";
      }),
    explainUnmatched: (input) => setUnmatchedReason(sql, input),
  };
}
