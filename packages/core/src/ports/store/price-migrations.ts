import type { Callback } from "../../language/callback.js";
import type { Job } from "../../language/job.js";
import type {
  MigrationEntry,
  PriceMigration,
  PricePromise,
  StoredMigrationEntry,
  StoredPriceMigration,
} from "../../language/price-migration.js";
import type { IsoTime } from "../../language/time.js";

/** One page of migrations, or of those whom they move. */
export interface MigrationPage<T> {
  readonly items: readonly T[];
  /** To pass as the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** What to look at, and when again. */
export interface DueMigrationEntry {
  readonly entry: MigrationEntry;
  /** When there may be something to do about it. */
  readonly dueAt: IsoTime;
}

/** Who is moved to another price, and who was promised theirs. */
export interface PriceMigrationReads {
  findPriceMigration(id: string): Promise<StoredPriceMigration | null>;
  /** The latest first. */
  listPriceMigrations(page: {
    readonly after: string | null;
    readonly limit: number;
  }): Promise<MigrationPage<StoredPriceMigration>>;
  findMigrationEntry(
    key: Pick<MigrationEntry, "migrationId" | "provider" | "subscriptionId">,
  ): Promise<StoredMigrationEntry | null>;
  /** Whom a migration moves, in an order that does not change. */
  listMigrationEntries(page: {
    readonly migrationId: string;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<MigrationPage<MigrationEntry>>;
  /** Open ones of a provider that are due at a time, in an order that does not change. */
  listDueMigrationEntries(page: {
    readonly provider: string;
    readonly at: IsoTime;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<MigrationPage<StoredMigrationEntry>>;
  /** Open ones of these customers, of every migration. */
  listOpenMigrationEntries(customerIds: readonly string[]): Promise<readonly MigrationEntry[]>;
  /** What these customers were promised, whether or not it has run out. */
  listPricePromises(customerIds: readonly string[]): Promise<readonly PricePromise[]>;
}

/** What moves customers to another price, and promises one. */
export interface PriceMigrationCommands {
  /**
   * Writes a migration with everybody whom it moves, and the jobs that follow: all of it, or nothing. `"known"`: there is
   * one of this id, and nothing is written. A subscription that an open entry of another migration has stays with that.
   */
  startPriceMigration(input: {
    readonly migration: PriceMigration;
    readonly entries: readonly DueMigrationEntry[];
    readonly jobs: readonly Job[];
  }): Promise<"started" | "known">;
  /**
   * Compares and saves, with the callbacks that follow: all of it, or nothing. Whose it is stays what it is, for it may
   * have moved to another customer. `"overtaken"`: somebody else has saved it since it was read.
   */
  saveMigrationEntry(
    write: DueMigrationEntry & {
      readonly expectedRevision: number;
      readonly callbacks: readonly Callback[];
    },
  ): Promise<"saved" | "overtaken">;
  /**
   * Makes all that waits `cancelled`; what is planned stays. Done again it changes nothing. `false`: there is no such
   * migration.
   */
  cancelPriceMigration(input: { readonly id: string; readonly at: IsoTime }): Promise<boolean>;
  /** In place of what was promised to this customer before. */
  savePricePromise(promise: PricePromise): Promise<void>;
  /** `false`: nothing was promised. */
  removePricePromise(customerId: string): Promise<boolean>;
}
