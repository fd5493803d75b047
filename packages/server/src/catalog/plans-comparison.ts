import type { CatalogChange, PlanCount } from "@tollgate/core";

/** What a push would do about one thing. */
export interface ComparedChange extends CatalogChange {
  /** Of a price that is replaced or goes off sale: how many customers keep it. `null` for anything else. */
  readonly customers: number | null;
}

/** The catalog beside what the provider has. */
export interface PlansComparison {
  readonly provider: string;
  /** Whether `pushPlans` would change nothing. */
  readonly isUpToDate: boolean;
  /** What it would do, in its order; what is as it should be is left out. */
  readonly changes: readonly ComparedChange[];
  /** Plans that the catalog no longer has and that people are on: a push is refused until they are declared `retired`. */
  readonly inUse: readonly PlanCount[];
  /** The same in sentences, with amounts as money. */
  readonly summary: readonly string[];
}
