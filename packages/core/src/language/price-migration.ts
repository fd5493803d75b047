import type { Interval } from "./interval.js";
import type { Currency } from "./money.js";
import type { Priced } from "./price-rate.js";
import type { IsoTime } from "./time.js";

/** That a customer keeps the price they have, whatever others are moved to. */
export interface PricePromise {
  readonly customerId: string;
  /** Renewals before it are at the price they have; `null`: for as long as it is not released. */
  readonly until: IsoTime | null;
  readonly promisedAt: IsoTime;
}

/** What a plan's line is billed by. */
export interface MigratedPrice extends Priced {
  readonly planId: string;
  /** The provider's id. */
  readonly priceId: string;
}

/** Those of a plan move to a new price, each at their first renewal at or after a date. */
export interface PriceMigration {
  /** The caller's own. */
  readonly id: string;
  /** Whose subscribers move. */
  readonly planId: string;
  /** Whose price they move to: the same plan, or one that takes its place. */
  readonly toPlanId: string;
  /** Nobody moves before it. */
  readonly at: IsoTime;
  /** How many days before their own date each customer is told. */
  readonly noticeDays: number;
  /** Whether those move, too, who were promised their price. */
  readonly force: boolean;
  /** The page of the app where a customer sees their plan and may leave it; absolute. */
  readonly url: string;
  readonly startedAt: IsoTime;
  readonly cancelledAt: IsoTime | null;
  /** What was asked for, by which the same call is known again. */
  readonly digest: string;
}

/**
 * `waiting`: for their date. `planned`: the provider has been told to bill the new price from their date on. `applied`: it
 * has. `skipped`: it never will, for a `reason`. `cancelled`: the migration was, before anything was planned.
 */
export type MigrationEntryState = "waiting" | "planned" | "applied" | "skipped" | "cancelled";

/** Why somebody was left out once a migration had been started. */
export type MigrationEntryReason =
  /** They were promised their price meanwhile. */
  | "promised"
  /** It has ended. */
  | "ended"
  /** It is billed by another price by now: they changed it, or somebody did at the provider. */
  | "changed";

/** What keeps somebody from being moved for now: they move at a later renewal, once it is gone. */
export type MigrationObstacle =
  /** Cancelled, and paid until then. */
  | "ending"
  | "paused"
  /** Or unpaid. */
  | "past_due"
  /** Its first payment has not been made. */
  | "incomplete"
  /** A change is agreed for the renewal: another plan, other seats. */
  | "waiting_change"
  /** A schedule that Tollgate did not make holds it at the provider. */
  | "foreign_schedule"
  /** The catalog was pushed with yet another price: nobody pays what they were not told. Start another migration. */
  | "price_replaced";

/** One subscription of a migration, with what was found when that was started. */
export interface MigrationEntry {
  readonly migrationId: string;
  readonly customerId: string;
  readonly provider: string;
  readonly subscriptionId: string;
  readonly state: MigrationEntryState;
  /** `null` unless it is `skipped`. */
  readonly reason: MigrationEntryReason | null;
  readonly obstacle: MigrationObstacle | null;
  readonly group: string;
  readonly interval: Interval;
  readonly currency: Currency;
  /** Seats, at the start. */
  readonly quantity: number;
  readonly from: MigratedPrice;
  readonly to: MigratedPrice;
  /** The renewal that is the first at the new price. */
  readonly effectiveAt: IsoTime;
  /** Which date they were told; `null`: none yet. */
  readonly announcedFor: IsoTime | null;
}

/** One that is to be saved only if nobody has saved it since it was read. */
export interface StoredMigrationEntry {
  readonly entry: MigrationEntry;
  readonly revision: number;
}

/** How many of a migration are in which state. */
export type MigrationCounts = Readonly<Record<MigrationEntryState, number>>;

/** A migration with how far it has come. */
export interface StoredPriceMigration {
  readonly migration: PriceMigration;
  readonly counts: MigrationCounts;
}

/**
 * Where each state is counted from.
 *
 * @example
 * const { waiting } = noMigrationEntries; // 0
 */
export const noMigrationEntries: MigrationCounts = {
  waiting: 0,
  planned: 0,
  applied: 0,
  skipped: 0,
  cancelled: 0,
};

/**
 * Whether there is something left to do about one.
 *
 * @example
 * isOpenEntry({ state: "applied" }); // false
 */
export function isOpenEntry({ state }: Pick<MigrationEntry, "state">): boolean {
  return state === "waiting" || state === "planned";
}
