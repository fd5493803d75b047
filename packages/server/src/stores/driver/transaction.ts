import type { Callback, Job } from "@tollgate/core";
import type { SqlRunner } from "./sql-driver.js";

/** An open transaction of the store, with what happens once it is committed. */
export interface Transaction {
  readonly sql: SqlRunner;
  /** Waits until no other transaction holds the key, then holds it until this one ends. */
  lock(key: string): Promise<void>;
  /** To be called for every customer whose link, subscriptions, purchases or usage a write touches. */
  changed(customerId: string): void;
  /** They run after the commit, or never if there is none. Until then others that add some of the same customers wait. */
  enqueueCallbacks(callbacks: readonly Callback[]): Promise<void>;
  /** They run after the commit, or never if there is none. */
  enqueueJobs(jobs: readonly Job[]): Promise<void>;
}

/** Runs `work` in one transaction: commits when it resolves, rolls back when it throws. */
export type Transact = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
