import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../../ports/store.js";
import { describeAccessFacts } from "./access-facts.js";
import { describeAttempts } from "./attempts.js";
import { describeCallbacks } from "./callbacks.js";
import { describeChanges } from "./changes.js";
import { describeCheckouts } from "./checkouts.js";
import { describeCustomers } from "./customers.js";
import { describeDuplicates } from "./duplicates.js";
import { describeEvents } from "./events.js";
import { describeInbox } from "./inbox.js";
import { describeInstallation } from "./installation.js";
import { describeJobs } from "./jobs.js";
import { describeMigrations } from "./migrations.js";
import { describeOutbox } from "./outbox.js";
import { describePlanMemory } from "./plans.js";
import { describeRateLimits } from "./rate-limits.js";
import { describeReconciliations } from "./reconciliations.js";
import { describeRounds } from "./rounds.js";
import { describeSubscriptions } from "./subscriptions.js";
import { describeTransactions } from "./transactions.js";
import { describeUsage } from "./usage.js";

/** What the suite needs from a store's own tests. */
export interface StoreConformanceOptions {
  /** A store over an empty database, not migrated yet. Called once; the suite closes it. */
  readonly createStore: () => Promise<Store>;
  /** Another instance on the same database, where there can be two. Called once, after `createStore`. */
  readonly openSecond?: () => Promise<Store>;
  /**
   * Whether two transactions can be open at once. With `one` they run one after the other, and the tests
   * that need two open ones are skipped.
   * @default "several"
   */
  readonly sessions?: "one" | "several";
}

/**
 * Every promise of the `Store` port as a vitest suite. Each test uses its own ids, so one database serves them all.
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
    describeRounds(store);
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
