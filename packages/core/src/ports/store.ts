import type { AccessReads } from "./store/access.js";
import type { CallbackDelivery, CallbackWrites } from "./store/callbacks.js";
import type { ChangeFeed } from "./store/changes.js";
import type { CheckoutReads, CheckoutWrites } from "./store/checkouts.js";
import type { CustomerReads, CustomerWrites } from "./store/customers.js";
import type { EventReads, EventWrites } from "./store/events.js";
import type { JobWrites } from "./store/jobs.js";
import type { RateLimits } from "./store/rate-limits.js";
import type { SubscriptionReads, SubscriptionWrites } from "./store/subscriptions.js";

/** What can be read, in or outside a transaction. */
export interface StoreReads extends CustomerReads, SubscriptionReads, CheckoutReads, EventReads {}

/** What can be done within a transaction: all of it happens, or none. */
export interface StoreTransaction
  extends StoreReads,
    CustomerWrites,
    SubscriptionWrites,
    CheckoutWrites,
    EventWrites,
    CallbackWrites,
    JobWrites {
  /** Waits until no other transaction holds the key, then holds it until this one ends. */
  lock(key: string): Promise<void>;
}

/** Where Tollgate keeps state. Methods throw BillingError `store_unavailable` when the database is out of reach. */
export interface Store extends StoreReads, AccessReads, CallbackDelivery, ChangeFeed, RateLimits {
  /**
   * Brings the schema up to date; safe to call again and from several processes at once. Nothing else
   * is called before it.
   */
  migrate(): Promise<void>;
  /** Runs `work` in one transaction: commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
