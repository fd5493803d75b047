import type { Store, StoreReads, StoreTransaction, WorkKind, WorkTiming } from "@tollgate/core";
import { createChangeFeed } from "../changes/change-feed.js";
import { isolatable } from "../driver/isolate-statements.js";
import { createLoops } from "../driver/loops.js";
import type { SqlRunner, StoreDriver } from "../driver/sql-driver.js";
import { createFactsReader, findEventFacts } from "../inbox/event-facts.js";
import { findEvent, keepEvent, listUnmatchedEvents } from "../inbox/events.js";
import { createInbox } from "../inbox/inbox.js";
import { readEventPage } from "../inbox/read-event-page.js";
import { createJobQueue } from "../jobs/job-queue.js";
import { createWorkFeed } from "../jobs/work-feed.js";
import { enqueueCallbacks } from "../outbox/insert-callbacks.js";
import { createOutbox } from "../outbox/outbox.js";
import { createReconciliations } from "../reconciling/reconciliations.js";
import { readAccessFacts } from "../records/access-facts.js";
import { createAttempts } from "../records/attempts.js";
import {
  findCheckout,
  findLatestCheckout,
  listOpenCheckouts,
  listTrialCheckouts,
  saveCheckout,
} from "../records/checkouts.js";
import {
  findCustomer,
  findCustomerByProviderId,
  linkCustomer,
  listRetiredCustomers,
  retireCustomer,
  saveCustomerProfile,
} from "../records/customers.js";
import { listDuplicates, removeDuplicate, saveDuplicate } from "../records/duplicates.js";
import { createInstallations } from "../records/installation.js";
import { createPlanMemory } from "../records/plan-memory.js";
import { savePurchase } from "../records/purchases.js";
import { createRateLimits } from "../records/rate-limits.js";
import { readHealth } from "../records/read-health.js";
import { createRounds } from "../records/rounds.js";
import {
  findStoredSubscription,
  findSubscription,
  listSubscriptionsOf,
  replaceSubscription,
} from "../records/subscriptions.js";
import { countUsage, deleteUsageKeys } from "../records/usage.js";
import { migrate } from "../schema/migrate.js";

/**
 * The one store there is, on whichever driver. Does nothing before the first call.
 *
 * @param timing where its work is to keep another pace than usual, as in tests
 */
export function createSqlStore(driver: StoreDriver, timing: Partial<WorkTiming> = {}): Store {
  const sql = isolatable(driver);
  const { observeLoops, tell } = createLoops();
  sql.observeLoops?.(tell);
  const { added, onWork } = createWorkFeed();
  const jobs = createJobQueue(sql);
  const outbox = createOutbox(sql, () => added("callbacks"));
  const feed = createChangeFeed(sql, tell);

  async function inTransaction<T>(work: (tx: StoreTransaction, sql: SqlRunner) => Promise<T>): Promise<T> {
    const enqueued = new Set<WorkKind>();
    const changed = new Set<string>();
    const running = sql.transaction((tx) =>
      work(
        {
          ...createReads(tx),
          ...createWrites(tx, (customerId) => changed.add(customerId)),
          async enqueueCallbacks(callbacks) {
            enqueued.add("callbacks");
            await enqueueCallbacks(tx, callbacks);
          },
          async enqueueJobs(all) {
            enqueued.add("jobs");
            await jobs.enqueueJobs(tx, all);
          },
        },
        tx,
      ),
    );
    // Even when it failed: a commit may have gone through although its answer was lost.
    const result = await running.finally(() => feed.changed(changed));
    for (const kind of enqueued) added(kind);
    return result;
  }

  return {
    ...createReads(sql),
    findEventFacts: createFactsReader(sql),
    ...createInstallations(sql),
    ...createPlanMemory(sql),
    ...createRateLimits(sql),
    ...createAttempts(sql),
    ...createReconciliations(sql),
    ...createRounds(sql),
    ...createInbox({
      sql,
      transaction: inTransaction,
      changed: feed.changed,
      added: () => added("callbacks"),
    }),
    ...outbox,
    onWork,
    timing,
    migrate: () => migrate(sql),
    readAccessFacts: (customerId, providers, at) => readAccessFacts(sql, customerId, providers, at),
    // Even when it failed: a commit may have gone through although its answer was lost.
    countUsage: (entry) => countUsage(sql, entry).finally(() => feed.changed([entry.customerId])),
    pruneUsageKeys: (bounds) => deleteUsageKeys(sql, bounds),
    readHealth: () => readHealth(sql),
    observeLoops,
    onChange: feed.onChange,
    announceChanges: feed.announceChanges,
    transaction: (work) => inTransaction(work),
    keepJobs: jobs.keepJobs,
    takeJobs: jobs.takeJobs,
    endJob: jobs.endJob,
    async close() {
      await feed.close();
      await sql.close();
    },
  };
}

function createReads(sql: SqlRunner): StoreReads {
  return {
    findCustomer: (customerId, provider) => findCustomer(sql, customerId, provider),
    findCustomerByProviderId: (id, provider) => findCustomerByProviderId(sql, id, provider),
    listRetiredCustomers: (customerId, provider) => listRetiredCustomers(sql, customerId, provider),
    listSubscriptions: (customerId) => listSubscriptionsOf(sql, customerId),
    findSubscription: (id, provider) => findSubscription(sql, id, provider),
    findStoredSubscription: (id, provider) => findStoredSubscription(sql, id, provider),
    findCheckout: (id, customerId) => findCheckout(sql, id, customerId),
    findLatestCheckout: (customerId, slot) => findLatestCheckout(sql, customerId, slot),
    listOpenCheckouts: (customerId) => listOpenCheckouts(sql, customerId),
    listTrialCheckouts: (customerId) => listTrialCheckouts(sql, customerId),
    listDuplicates: (customerId, provider, group) => listDuplicates(sql, customerId, provider, group),
    findEvent: (id, provider) => findEvent(sql, id, provider),
    findEventFacts: (event) => findEventFacts(sql, event),
    listEvents: (filter) => readEventPage(sql, filter),
    listUnmatchedEvents: (id, provider) => listUnmatchedEvents(sql, id, provider),
  };
}

/** @param changed To be called for every customer whose link, subscriptions, purchases or usage a write touches. */
function createWrites(
  tx: SqlRunner,
  changed: (customerId: string) => void,
): Omit<StoreTransaction, keyof StoreReads | "enqueueCallbacks" | "enqueueJobs"> {
  return {
    async lock(key) {
      await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text", [key]);
    },
    linkCustomer(link) {
      changed(link.customerId);
      return linkCustomer(tx, link);
    },
    replaceSubscription(save) {
      changed(save.subscription.customerId);
      return replaceSubscription(tx, save);
    },
    retireCustomer(link) {
      changed(link.customerId);
      return retireCustomer(tx, link);
    },
    saveCustomerProfile: (link, profile) => saveCustomerProfile(tx, link, profile),
    saveCheckout: (checkout) => saveCheckout(tx, checkout),
    savePurchase(purchase) {
      changed(purchase.customerId);
      return savePurchase(tx, purchase);
    },
    saveDuplicate: (duplicate) => saveDuplicate(tx, duplicate),
    removeDuplicate: (duplicate) => removeDuplicate(tx, duplicate),
    keepEvent: (head, kept) => keepEvent(tx, head, kept),
  };
}
