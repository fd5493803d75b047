import type { AccessReads } from "./store/access.js";
import type { Attempts } from "./store/attempts.js";
import type { CallbackOutbox, CallbackQueue } from "./store/callbacks.js";
import type { ChangeFeed } from "./store/changes.js";
import type { CheckoutCommands, CheckoutReads } from "./store/checkouts.js";
import type { CreditsBooks } from "./store/credits.js";
import type { CustomerCommands, CustomerReads } from "./store/customers.js";
import type { DeletionCommands, DeletionReads } from "./store/deletions.js";
import type { DuplicateCommands, DuplicateReads } from "./store/duplicates.js";
import type { EventCommands, EventInbox, EventReads } from "./store/events.js";
import type { ExportReads } from "./store/exports.js";
import type { HealthReads } from "./store/health.js";
import type { HistoryReads } from "./store/history.js";
import type { Installations } from "./store/installation.js";
import type { JobCommands, JobQueue } from "./store/jobs.js";
import type { Loops } from "./store/loops.js";
import type { MemberBooks } from "./store/members.js";
import type { PlanMemory } from "./store/plans.js";
import type { PriceMigrationCommands, PriceMigrationReads } from "./store/price-migrations.js";
import type { RateLimits } from "./store/rate-limits.js";
import type { Reconciliations } from "./store/reconciliations.js";
import type { Rounds } from "./store/rounds.js";
import type { SeatCommands, SeatReads } from "./store/seats.js";
import type { SubscriptionCommands, SubscriptionReads } from "./store/subscriptions.js";
import type { TermsMemory } from "./store/terms.js";
import type { UsageCounter, UsageReports } from "./store/usage.js";
import type { WorkFeed } from "./store/work.js";

/** The records as they are read. */
export interface StoreReads
  extends CustomerReads,
    SubscriptionReads,
    CheckoutReads,
    DeletionReads,
    DuplicateReads,
    EventReads,
    PriceMigrationReads,
    SeatReads {}

/**
 * What changes the records. Each command is one step: all that it writes is written, or nothing, and nobody sees a part
 * of it. What it reads stays true until it has written: of two commands that touch the same records, one comes first. No
 * transaction is open between two of them, so a store needs none that an app's code can hold open.
 *
 * Rules are pure functions of core, which a command calls with what it read.
 *
 * Callbacks that a command adds run after it, never if it fails, and once per id: one whose id is already there is left
 * out. A customer's callbacks run in the order in which they were added; those of types that no instance runs hold up
 * nothing. Jobs that it adds run after it, or never if it fails.
 */
export interface StoreCommands
  extends CustomerCommands,
    SubscriptionCommands,
    CheckoutCommands,
    DeletionCommands,
    DuplicateCommands,
    EventCommands,
    JobCommands,
    PriceMigrationCommands,
    SeatCommands {}

/** Where Tollgate keeps state. Methods throw BillingError `store_unavailable` when the database is out of reach. */
export interface Store
  extends StoreReads,
    StoreCommands,
    AccessReads,
    Attempts,
    CallbackOutbox,
    CallbackQueue,
    ChangeFeed,
    CreditsBooks,
    EventInbox,
    ExportReads,
    HealthReads,
    HistoryReads,
    Installations,
    JobQueue,
    MemberBooks,
    PlanMemory,
    Loops,
    RateLimits,
    Reconciliations,
    Rounds,
    TermsMemory,
    UsageCounter,
    UsageReports,
    WorkFeed {
  /** Why production must not use it, in words that follow its name. @default nothing */
  readonly unfit?: readonly string[];
  /**
   * Brings the schema up to date, and checks whether the database is one that this store can work with; safe to call
   * again and from several processes at once. Nothing else is called before it.
   *
   * @throws BillingError `store_unsuitable`: a right is missing, it can only be read, its driver changes values
   */
  migrate(): Promise<void>;
  close(): Promise<void>;
}
