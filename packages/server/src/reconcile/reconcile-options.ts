import type { Difference } from "@tollgate/core";

/** What `billing.reconcile` compares, and what it does about what it finds. */
export interface ReconcileOptions {
  /**
   * Only what changed at the provider since then, according to its list of events, which Stripe keeps for 30 days.
   * @default everything there is
   */
  readonly since?: Date;
  /** Only with this one of several providers, by its id. @default each of them, one after the other */
  readonly provider?: string;
  /** Only this customer of yours. Not together with `since`. @default everybody */
  readonly customerId?: string;
  /** Whether to write the provider's truth into the store. @default false */
  readonly repair?: boolean;
  /**
   * Takes in what belongs to another database of this app, as after a database was lost: with `repair` its
   * customers are linked here and carry this database's name from then on. What belongs to another app stays
   * untouched. @default false
   */
  readonly takeOver?: boolean;
  /** Stops after what is being compared at the moment; the next call with the same options resumes it. */
  readonly signal?: AbortSignal;
  /** Called with every difference as it is found; awaited. */
  readonly onDifference?: (difference: Difference) => void | Promise<void>;
}

/** More would be a burden: `onDifference` hears of all. */
export const reportedAtMost = 1_000;

/** The outcome of a run of `billing.reconcile`. */
export interface ReconcileReport {
  /** How many subscriptions were compared since the run began, including before it was interrupted. */
  readonly checked: number;
  /** How many differences were found since the run began. */
  readonly found: number;
  /** How many of them were repaired since the run began. */
  readonly repaired: number;
  /**
   * How many subscriptions this call left alone, because their customers carry the name of another app of the
   * account, or of another database of this app (which `takeOver` takes in).
   */
  readonly skipped: { readonly otherApp: number; readonly otherDatabase: number };
  /** Those that this call found, the first 1,000 of them; `onDifference` hears of all. */
  readonly differences: readonly Difference[];
  /** Whether the run came to its end; if not, call again with the same options. */
  readonly complete: boolean;
  /** Whether it resumed one that was interrupted. */
  readonly resumed: boolean;
}
