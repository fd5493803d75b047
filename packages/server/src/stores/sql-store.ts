import type { Callback, Store, StoreReads, StoreTransaction } from "@tollgate/core";
import type PgBoss from "pg-boss";
import { readAccessFacts } from "./access-facts.js";
import { insertCallbacks } from "./callbacks/callback-jobs.js";
import { type CallbackTiming, callbackTiming } from "./callbacks/callback-timing.js";
import { type CallbackWorker, startCallbackWorker } from "./callbacks/deliver-callbacks.js";
import { createChangeFeed } from "./change-feed.js";
import { findCheckout, findLatestCheckout, saveCheckout } from "./checkouts.js";
import { findCustomer, findCustomerByProviderId, linkCustomer } from "./customers.js";
import { claimEvent, findEvent, listUnmatchedEvents } from "./events.js";
import { enqueueJobs } from "./jobs/enqueue-jobs.js";
import { createJobEngine } from "./jobs/job-engine.js";
import { migrate } from "./migrate.js";
import { createRateLimits } from "./rate-limits.js";
import type { SqlDriver, SqlRunner } from "./sql-driver.js";
import {
  findSubscription,
  findSubscriptionRevision,
  listSubscriptions,
  saveSubscription,
} from "./subscriptions.js";

/** The one store there is, over whichever driver. Does nothing before the first call. */
export function createSqlStore(sql: SqlDriver, timing: CallbackTiming = callbackTiming): Store {
  const workers = new Set<CallbackWorker>();
  const feed = createChangeFeed(sql);
  let engine: Promise<PgBoss> | undefined;
  const loadEngine = () => {
    engine ??= createJobEngine(sql);
    return engine;
  };

  return {
    ...createReads(sql),
    ...createRateLimits(sql),
    migrate: () => migrate(sql),
    readAccessFacts: (customerId, provider) => readAccessFacts(sql, customerId, provider),
    onChange: feed.onChange,
    announceChanges: feed.announceChanges,
    async transaction(work) {
      let enqueued = false;
      const changed = new Set<string>();
      const running = sql.transaction((tx) =>
        work({
          ...createReads(tx),
          ...createWrites(tx, (customerId) => changed.add(customerId)),
          async enqueueCallbacks(callbacks) {
            if (callbacks.length === 0) return;
            await insertCallbacks(await loadEngine(), tx, callbacks, timing);
            enqueued = true;
          },
          async enqueueJobs(jobs) {
            if (jobs.length === 0) return;
            await enqueueJobs(await loadEngine(), tx, jobs, timing);
            enqueued = true;
          },
        }),
      );
      // Also when it failed: a commit may have gone through though its answer was lost.
      const result = await running.finally(() => feed.changed(changed));
      if (enqueued) for (const worker of workers) worker.wake();
      return result;
    },
    async deliverCallbacks(deliver: (callback: Callback) => Promise<void>) {
      const worker = startCallbackWorker(await loadEngine(), deliver, timing);
      workers.add(worker);
      return async () => {
        workers.delete(worker);
        await worker.stop();
      };
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.stop()));
      workers.clear();
      await feed.close();
      await sql.close();
    },
  };
}

function createReads(sql: SqlRunner): StoreReads {
  return {
    findCustomer: (customerId, provider) => findCustomer(sql, customerId, provider),
    findCustomerByProviderId: (id, provider) => findCustomerByProviderId(sql, id, provider),
    listSubscriptions: (customerId) => listSubscriptions(sql, customerId),
    findSubscription: (id, provider) => findSubscription(sql, id, provider),
    findSubscriptionRevision: (id, provider) => findSubscriptionRevision(sql, id, provider),
    findCheckout: (id, customerId) => findCheckout(sql, id, customerId),
    findLatestCheckout: (customerId, slot) => findLatestCheckout(sql, customerId, slot),
    findEvent: (id, provider) => findEvent(sql, id, provider),
  };
}

/** @param changed To be called for every customer whose link, subscriptions or usage a write touches. */
function createWrites(
  tx: SqlRunner,
  changed: (customerId: string) => void,
): Omit<StoreTransaction, keyof StoreReads | "enqueueCallbacks" | "enqueueJobs"> {
  return {
    async lock(key) {
      await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [key]);
    },
    linkCustomer(link) {
      changed(link.customerId);
      return linkCustomer(tx, link);
    },
    saveSubscription(subscription) {
      changed(subscription.customerId);
      return saveSubscription(tx, subscription);
    },
    saveCheckout: (checkout) => saveCheckout(tx, checkout),
    claimEvent: (event) => claimEvent(tx, event),
    listUnmatchedEvents: (id, provider) => listUnmatchedEvents(tx, id, provider),
  };
}
