import type {
  CallbackRecord,
  Clock,
  Deletion,
  EventHead,
  EventState,
  FactSum,
  HistoryEntry,
  Job,
  MemberOf,
  MigrationEntry,
  Movement,
  ReconcileRun,
  StoredCustomer,
  StoredSeats,
  UsageCapFact,
  UsageFact,
  UsageReport,
  WorkKind,
} from "@tollgate/core";
import { createTables, type Table, type Tables } from "./table.js";

/** A record as text, with what it is looked up by. */
interface Kept {
  readonly text: string;
  /** In which order they came. */
  readonly position: number;
}

export interface KeptSubscription extends Kept {
  readonly customerId: string;
  readonly revision: number;
}

export interface KeptCheckout extends Kept {
  readonly customerId: string;
  readonly slot: string;
}

interface KeptDuplicate extends Kept {
  readonly customerId: string;
  readonly provider: string;
  readonly group: string;
  readonly subscriptionId: string;
}

interface KeptPurchase extends Kept {
  readonly customerId: string;
}

interface KeptConsent {
  readonly text: string;
  readonly customerId: string;
}

export interface KeptMigration {
  readonly text: string;
}

export interface KeptEntry
  extends Pick<MigrationEntry, "migrationId" | "provider" | "subscriptionId" | "customerId" | "state"> {
  readonly text: string;
  /** Its provider and subscription. */
  readonly place: string;
  readonly dueAt: string;
  readonly revision: number;
}

interface KeptPromise {
  readonly customerId: string;
  readonly text: string;
}

export interface KeptSeats extends Pick<StoredSeats, "dueAt" | "revision"> {
  readonly customerId: string;
  readonly group: string;
  readonly count: number;
  readonly text: string;
}

export interface HeldEvent extends EventHead {
  readonly position: number;
  readonly state: EventState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly settledAt: string | null;
  /** The event itself, until it is settled. */
  readonly text: string | null;
}

/** Times in milliseconds. */
export interface CallbackRow extends Pick<CallbackRecord, "id" | "state" | "attempts" | "lastError"> {
  readonly position: number;
  readonly type: string;
  readonly customerId: string;
  readonly text: string;
  readonly createdAt: number;
  readonly nextAttemptAt: number;
  readonly finishedAt: number | null;
}

interface JobRow {
  readonly id: string;
  readonly position: number;
  readonly job: Job;
  readonly attempts: number;
  readonly scheduled: boolean;
  readonly dueAt: number;
  /** Until when whoever has it holds it; `null`: nobody does. */
  readonly heldUntil: number | null;
}

export interface RunRow extends ReconcileRun {
  readonly position: number;
  readonly lane: string;
  readonly holder: string | null;
  readonly heldUntil: number;
  readonly seen: ReadonlySet<string>;
}

interface UsageRow extends UsageFact {
  readonly customerId: string;
}

interface MemberUsageRow extends UsageRow {
  readonly memberId: string;
}

interface MemberLimitRow extends MemberOf {
  readonly feature: string;
  readonly limit: number | null;
}

/** Without a time of use, it is still added to. */
export interface UsageReportRow extends Omit<UsageReport, "usedAt" | "firstTriedAt"> {
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly usedAt: string | null;
  /** Whether that time was given with what was used. */
  readonly ownTime: boolean;
  readonly firstTriedAt: string | null;
  readonly dueAt: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly toldAt: string | null;
}

export interface HistoryRow extends Omit<HistoryEntry, "subscription"> {
  readonly place: bigint;
  /** Whose it was then, where it was given to somebody else. */
  readonly heldBy: string | null;
  /** The subscription. */
  readonly text: string | null;
}

export interface DayFact extends Omit<FactSum, "span"> {
  readonly occurredAt: string;
}

/** Of whose changes were pruned. */
interface PrunedRow {
  readonly customerId: string;
  readonly currency: string;
  /** When they first paid. */
  readonly began: string;
  /** Until when only totals tell what changed. */
  readonly until: string;
  /** The last entry's place then: what comes later is told by itself, whenever it occurred. */
  readonly place: bigint;
}

export interface KeptCredits {
  readonly customerId: string;
  readonly credit: string;
  readonly text: string;
}

/** Everything that the store keeps. */
export interface MemoryState extends Tables {
  readonly customers: Table<StoredCustomer>;
  /** By the same keys as the customers. */
  readonly profiles: Table<{ readonly text: string }>;
  readonly deletions: Table<Deletion>;
  readonly subscriptions: Table<KeptSubscription>;
  readonly checkouts: Table<KeptCheckout>;
  readonly duplicates: Table<KeptDuplicate>;
  readonly purchases: Table<KeptPurchase>;
  readonly consents: Table<KeptConsent>;
  readonly migrations: Table<KeptMigration>;
  /** Whom a price migration moves. */
  readonly entries: Table<KeptEntry>;
  readonly promises: Table<KeptPromise>;
  readonly seats: Table<KeptSeats>;
  readonly events: Table<HeldEvent>;
  readonly callbacks: Table<CallbackRow>;
  readonly jobs: Table<JobRow>;
  readonly runs: Table<RunRow>;
  readonly usage: Table<UsageRow>;
  readonly memberUsage: Table<MemberUsageRow>;
  readonly memberLimits: Table<MemberLimitRow>;
  readonly usageCaps: Table<UsageCapFact & { readonly customerId: string }>;
  readonly usageReports: Table<UsageReportRow>;
  /** By their places. */
  readonly history: Table<HistoryRow>;
  readonly pruned: Table<PrunedRow>;
  /** What was pruned, added up by days. */
  readonly prunedMovements: Table<Movement & { readonly count: number }>;
  readonly prunedFacts: Table<DayFact>;
  readonly credits: Table<KeptCredits & { readonly revision: string; readonly dueAt: string | null }>;
  readonly creditsHolds: Table<KeptCredits>;
  readonly creditsEntries: Table<KeptCredits & { readonly position: number }>;
  readonly usageKeys: Table<{ readonly key: string; readonly recordedAt: string }>;
  /** When an instance last said that it runs callbacks of a type. */
  readonly heard: Map<string, number>;
  now(): number;
  /** A place after all before it. */
  nextPosition(): number;
  /** Told after a command that was not undone. */
  readonly changed: (customerIds: readonly string[]) => void;
  readonly added: (kind: WorkKind) => void;
}

/** @param tell What is told of a change. */
export function createState(clock: Clock, tell: Pick<MemoryState, "changed" | "added">): MemoryState {
  const tables = createTables();
  let position = 0;
  return {
    ...tables,
    ...tell,
    customers: tables.table(),
    profiles: tables.table(),
    deletions: tables.table(),
    subscriptions: tables.table(),
    checkouts: tables.table(),
    duplicates: tables.table(),
    purchases: tables.table(),
    consents: tables.table(),
    migrations: tables.table(),
    entries: tables.table(),
    promises: tables.table(),
    seats: tables.table(),
    events: tables.table(),
    callbacks: tables.table(),
    jobs: tables.table(),
    runs: tables.table(),
    usage: tables.table(),
    usageCaps: tables.table(),
    usageKeys: tables.table(),
    memberUsage: tables.table(),
    memberLimits: tables.table(),
    history: tables.table(),
    pruned: tables.table(),
    prunedMovements: tables.table(),
    prunedFacts: tables.table(),
    usageReports: tables.table(),
    credits: tables.table(),
    creditsHolds: tables.table(),
    creditsEntries: tables.table(),
    heard: new Map(),
    now: () => clock().getTime(),
    nextPosition() {
      position += 1;
      return position;
    },
  };
}
