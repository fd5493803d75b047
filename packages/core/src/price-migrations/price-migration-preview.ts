import type { FeatureChange } from "../impact/compare-features.js";
import type { OverLimit } from "../impact/plans-impact.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { MigratedPrice, MigrationObstacle } from "../language/price-migration.js";
import type { IsoTime } from "../language/time.js";

/** One side of a move: a price, and what it comes to. */
export interface MigratedBill extends MigratedPrice {
  /** For all seats and one interval, in minor units, before discounts and taxes. */
  readonly total: number;
}

/** Whom a migration would move, from what to what. */
export interface MigratedCustomer {
  readonly customerId: string;
  readonly provider: string;
  readonly subscriptionId: string;
  readonly group: string;
  readonly interval: Interval;
  readonly currency: Currency;
  /** Seats. */
  readonly quantity: number;
  readonly from: MigratedBill;
  readonly to: MigratedBill;
  /** The first renewal at the new price. */
  readonly effectiveAt: IsoTime;
  /** What they may use afterwards and not before, or the other way round. */
  readonly access: readonly FeatureChange[];
  /** Of metered features: where they have used more than they would be granted. */
  readonly overLimit: readonly OverLimit[];
}

/** Why a migration leaves somebody out. */
export type MigrationSkip =
  | Exclude<MigrationObstacle, "price_replaced">
  /** They were promised their price. */
  | "promised"
  /** Another migration that has not come to them yet moves them. */
  | "in_migration"
  /** An add-on that they have does not go with the other plan. */
  | "add_on"
  /** What they used of the plan that they have is billed at its end, beside it, and can't go to another. */
  | "usage"
  /** What is stored is not what the provider bills: reconcile first. */
  | "sums_differ"
  /** They have used more than they would be granted, and it was decided to leave those where they are. */
  | "over_limit"
  /** Their provider moves nobody. */
  | "not_supported";

/** Somebody who is left out. */
export interface SkippedCustomer {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly reason: MigrationSkip;
}

/** What keeps the whole migration from being started. */
export interface MigrationBlock {
  /**
   * `unknown_price`: the catalog sells the plan in no such interval and currency. `price_not_pushed`, `price_not_mapped`:
   * the provider does not have it. `unknown_amount`: nobody can say what the price costs that they have.
   */
  readonly reason: "unknown_price" | "price_not_pushed" | "price_not_mapped" | "unknown_amount";
  readonly interval: Interval;
  readonly currency: Currency;
  /** The provider's id of the price that they have. */
  readonly priceId: string;
  readonly provider: string;
  readonly customers: number;
}

/** What a migration would do, or why it can't. */
export interface PriceMigrationPreview {
  readonly customers: readonly MigratedCustomer[];
  readonly skipped: readonly SkippedCustomer[];
  readonly counts: {
    readonly moved: number;
    /** Those whose price is the new one already. */
    readonly unchanged: number;
    /** By reason; those with nobody are left out. */
    readonly skipped: Readonly<Partial<Record<MigrationSkip, number>>>;
  };
  /** Empty: it can be started. */
  readonly blocked: readonly MigrationBlock[];
  /** How many have used more than they would be granted. */
  readonly overLimitCount: number;
  /** Features of type `limit` that somebody is granted fewer of: only the app knows who has more than that. */
  readonly uncounted: readonly string[];
}
