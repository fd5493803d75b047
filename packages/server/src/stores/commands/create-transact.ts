import type { Job, WorkKind } from "@tollgate/core";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import { enqueueCallbacks } from "../outbox/insert-callbacks.js";

/** What a command's transaction needs from the store around it. */
interface CommandParts {
  readonly sql: SqlDriver;
  readonly enqueueJobs: (tx: SqlRunner, jobs: readonly Job[]) => Promise<void>;
  /** Told, after the commit, of what there is to do. */
  readonly added: (kind: WorkKind) => void;
  /** Told, after the commit, whose state may have changed. */
  readonly changed: (customerIds: Iterable<string>) => void;
}

export function createTransact({ sql, enqueueJobs, added, changed }: CommandParts): Transact {
  return async (work) => {
    const kinds = new Set<WorkKind>();
    const customers = new Set<string>();
    const running = sql.transaction((tx) =>
      work({
        sql: tx,
        async lock(key) {
          await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text", [key]);
        },
        changed: (customerId) => void customers.add(customerId),
        async enqueueCallbacks(callbacks) {
          if (callbacks.length > 0) kinds.add("callbacks");
          await enqueueCallbacks(tx, callbacks);
        },
        async enqueueJobs(jobs) {
          if (jobs.length > 0) kinds.add("jobs");
          await enqueueJobs(tx, jobs);
        },
      }),
    );
    // Even when it failed: a commit may have gone through although its answer was lost.
    const result = await running.finally(() => changed(customers));
    for (const kind of kinds) added(kind);
    return result;
  };
}
