import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../ports/store.js";
import { describeAccessFacts } from "./store-conformance/access-facts.js";
import { describeAttempts } from "./store-conformance/attempts.js";
import { describeCallbacks } from "./store-conformance/callbacks.js";
import { describeChanges } from "./store-conformance/changes.js";
import { describeCheckouts } from "./store-conformance/checkouts.js";
import { describeCustomers } from "./store-conformance/customers.js";
import { describeDuplicates } from "./store-conformance/duplicates.js";
import { describeEvents } from "./store-conformance/events.js";
import { describeInbox } from "./store-conformance/inbox.js";
import { describeInstallation } from "./store-conformance/installation.js";
import { describeJobs } from "./store-conformance/jobs.js";
import { describeMigrations } from "./store-conformance/migrations.js";
import { describeOutbox } from "./store-conformance/outbox.js";
import { describePlanMemory } from "./store-conformance/plans.js";
import { describeRateLimits } from "./store-conformance/rate-limits.js";
import { describeReconciliations } from "./store-conformance/reconciliations.js";
import { describeSubscriptions } from "./store-conformance/subscriptions.js";
import { describeTransactions } from "./store-conformance/transactions.js";
import { describeUsage } from "./store-conformance/usage.js";

/** What the suite needs from a store's own tests. */
export interface StoreConformanceOptions {
  /** A store over an empty database, not migrated yet. Called once; the suite closes it. */
  readonly createStore: () => Promise<Store>;
  /** Another instance over the same database, where there can be two. Called once, after `createStore`. */
  readonly openSecond?: () => Promise<Store>;
  /**
   * Whether two transactions can be open at once. With `one` they run one after the other, and the tests
   * that need two open ones are skipped.
   * @default "several"
   */
  readonly sessions?: "one" | "several";
}

/**
 * Every promise of the `Store` port as a vitest suite. Each test uses ids of its own, so one database
 * serves them all.
 *
 * @example
 * describeStoreConformance("pglite", { createStore: async () => pglite(), sessions: "one" });
 */
export function describeStoreConformance(name: string, options: StoreConformanceOptions): void {
  describe(`${name} keeps the promises of a store`, () => {
    const opened: Store[] = [];
    const open = async (make: () => Promise<Store>) => {
      const store = await make();
      opened.push(store);
      return store;
    };
    const store = () => {
      const [first] = opened;
      if (first === undefined) throw new Error("The store is used before it is made.");
      return first;
    };
    const several = (options.sessions ?? "several") === "several";
    const { openSecond } = options;

    beforeAll(async () => {
      await open(options.createStore);
    });
    afterAll(async () => {
      for (const one of opened.reverse()) await one.close();
    });

    // First, because everything after it needs the schema.
    describeMigrations(store, openSecond && (() => open(openSecond)));
    describeInstallation(store, () => opened[1]);
    describeTransactions(store, several);
    describeCustomers(store);
    describeSubscriptions(store);
    describePlanMemory(store);
    describeReconciliations(store);
    describeAccessFacts(store);
    describeChanges(store);
    describeCheckouts(store);
    describeDuplicates(store);
    describeEvents(store, several);
    describeInbox(store);
    describeCallbacks(store);
    describeOutbox(store);
    describeJobs(store);
    describeRateLimits(store, () => opened[1]);
    describeAttempts(store, () => opened[1]);
    describeUsage(store, () => opened[1]);
  });
}
