import type { Callback } from "../../language/callback.js";
import type { Deletion, DeletionReport, DeletionSettlement } from "../../language/deletion.js";
import type { IsoTime } from "../../language/time.js";
import type { StoredCustomer } from "./customers.js";

/** What was deleted, and what is being. */
export interface DeletionReads {
  /** The latest deletion of a customer, by its digest; `null`: there was none. */
  findDeletion(digest: string): Promise<Deletion | null>;
  /** Whether a customer is being deleted at this moment. */
  isBeingDeleted(customerId: string): Promise<boolean>;
  /** Those that began before then and have not been finished, oldest first. */
  listUnfinishedDeletions(options: {
    readonly startedBefore: IsoTime;
    readonly limit: number;
  }): Promise<readonly Deletion[]>;
  /** Everybody whom a customer is or was at any provider, the current ones first. */
  listAccounts(customerId: string): Promise<readonly StoredCustomer[]>;
}

/** What is kept when a deletion is finished. */
export interface FinishedDeletion {
  readonly deletion: Deletion & { readonly customerId: string };
  /** What was done; how many records are kept is counted by the command. */
  readonly report: Omit<DeletionReport, "kept">;
  readonly callback: (report: DeletionReport) => Callback;
}

/** What deletes a customer, in two steps: nothing is sold between them. */
export interface DeletionCommands {
  /**
   * Notes that a customer is to be deleted; from then on no checkout of theirs opens. One that runs already goes on:
   * it is answered, and nothing is written.
   */
  beginDeletion(
    deletion: Pick<Deletion, "reference" | "digest" | "startedAt"> & {
      readonly customerId: string;
      readonly settlement: DeletionSettlement;
    },
  ): Promise<Deletion>;
  /**
   * Deletes what is stored of a customer, and puts the reference in place of their id where something is kept:
   * `anonymizeSubscription`, `anonymizePurchase`, `anonymizeConsent`, and their links, which are history from then on, so that late events are
   * theirs and nobody's. Adds the callback in the same step.
   *
   * @returns the report; `"running"`: a subscription of theirs still runs, and nothing is written
   */
  finishDeletion(finished: FinishedDeletion): Promise<DeletionReport | "running">;
}
