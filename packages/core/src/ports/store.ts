import type { AccessReads } from "./store/access.js";
import type { Attempts } from "./store/attempts.js";
import type { CallbackOutbox, CallbackQueue, CallbackWrites } from "./store/callbacks.js";
import type { ChangeFeed } from "./store/changes.js";
import type { CheckoutReads, CheckoutWrites } from "./store/checkouts.js";
import type { CustomerReads, CustomerWrites } from "./store/customers.js";
import type { DuplicateReads, DuplicateWrites } from "./store/duplicates.js";
import type { EventInbox, EventReads, EventWrites, Settlement } from "./store/events.js";
import type { HealthReads } from "./store/health.js";
import type { Installations } from "./store/installation.js";
import type { JobQueue, JobWrites } from "./store/jobs.js";
import type { Loops } from "./store/loops.js";
import type { PlanMemory } from "./store/plans.js";
import type { PurchaseWrites } from "./store/purchases.js";
import type { RateLimits } from "./store/rate-limits.js";
import type { Reconciliations } from "./store/reconciliations.js";
import type { Rounds } from "./store/rounds.js";
import type { SubscriptionReads, SubscriptionWrites } from "./store/subscriptions.js";
import type { UsageCounter } from "./store/usage.js";
import type { WorkFeed } from "./store/work.js";

/** What can be read, in or outside a transaction. */
export interface StoreReads
  extends CustomerReads,
    SubscriptionReads,
    CheckoutReads,
    DuplicateReads,
    EventReads {}

/** What can be done within a transaction: all of it happens, or none of it. */
export interface StoreTransaction
  extends StoreReads,
    CustomerWrites,
    SubscriptionWrites,
    CheckoutWrites,
    DuplicateWrites,
    PurchaseWrites,
    EventWrites,
    CallbackWrites,
    JobWrites {
  /** Waits until no other transaction holds the key, then holds it until this one ends. */
  lock(key: string): Promise<void>;
}

/** Where Tollgate keeps state. Methods throw BillingError `store_unavailable` when the database is out of reach. */
export interface Store
  extends StoreReads,
    AccessReads,
    Attempts,
    CallbackOutbox,
    CallbackQueue,
    ChangeFeed,
    EventInbox,
    EventWrites,
    HealthReads,
    Installations,
    JobQueue,
    PlanMemory,
    Loops,
    RateLimits,
    Reconciliations,
    Rounds,
    UsageCounter,
    WorkFeed {
  /**
   * Brings the schema up to date, and checks whether the database is one that this store can work with; safe to call
   * again and from several processes at once. Nothing else is called before it.
   *
   * @throws BillingError `store_unsuitable`: a right is missing, it can only be read, its driver changes values
   */
  migrate(): Promise<void>;
  /** Runs `work` in one transaction: commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Claims the event and saves, in one statement; only with callbacks, jobs or `within` is it a transaction of several.
   * `"duplicate"`: it was settled before. `"overtaken"`: the subscription has changed since it was read. In both cases
   * nothing is written. If two settle the same event at once, the second waits for the first. Locks are taken in this
   * order: event, subscription, what `within` takes, outbox.
   */
  settleEvent(
    settlement: Settlement,
    within?: (tx: StoreTransaction) => Promise<void>,
  ): Promise<"settled" | "duplicate" | "overtaken">;
  close(): Promise<void>;
}
