import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../../ports/store.js";
import { describeAccessFacts } from "./access-facts.js";
import { describeAttempts } from "./attempts.js";
import { describeCallbacks } from "./callbacks.js";
import { describeChanges } from "./changes.js";
import { describeCheckouts } from "./checkouts.js";
import { describeCredits } from "./credits.js";
import { describeCustomers } from "./customers.js";
import { describeDeletions } from "./deletions.js";
import { describeDuplicates } from "./duplicates.js";
import { describeEventFacts } from "./event-facts.js";
import { describeEvents } from "./events.js";
import { describeExports } from "./exports.js";
import { describeHistory } from "./history.js";
import { describeInbox } from "./inbox.js";
import { describeInstallation } from "./installation.js";
import { describeJobs } from "./jobs.js";
import { describeMembers } from "./members.js";
import { describeMigrations } from "./migrations.js";
import { describeMoves } from "./moves.js";
import { describeOutbox } from "./outbox.js";
import { describePlanMemory } from "./plans.js";
import { describePriceMigrations } from "./price-migrations.js";
import { describeRateLimits } from "./rate-limits.js";
import { describeReconciliations } from "./reconciliations.js";
import { describeRounds } from "./rounds.js";
import { describeSeats } from "./seats.js";
import { describeSubscriptions } from "./subscriptions.js";
import { describeUnmatched } from "./unmatched.js";
import { describeUsage } from "./usage.js";
import { describeUsageCaps } from "./usage-caps.js";
import { describeUsageReports } from "./usage-reports.js";

/** What the suite needs from a store's own tests. */
export interface StoreConformanceOptions {
  /** A store over an empty database, not migrated yet. Called once; the suite closes it. */
  readonly createStore: () => Promise<Store>;
  /** Another instance on the same database, where there can be two. Called once, after `createStore`. */
  readonly openSecond?: () => Promise<Store>;
}

/**
 * Every promise of the `Store` port as a vitest suite. Each test uses its own ids, so one database serves them all.
 *
 * @example
 * describeStoreConformance("pglite", { createStore: async () => pglite() });
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
    const second = () => opened[1];
    const { openSecond } = options;

    beforeAll(async () => {
      await open(options.createStore);
    });
    afterAll(async () => {
      for (const one of opened.reverse()) await one.close();
    });

    // First, because everything after it needs the schema.
    describeMigrations(store, openSecond && (() => open(openSecond)));
    describeInstallation(store, second);
    describeCustomers(store, second);
    describeSubscriptions(store, second);
    describePlanMemory(store);
    describeReconciliations(store);
    describeRounds(store);
    describeAccessFacts(store);
    describeChanges(store);
    describeCheckouts(store, second);
    describeDeletions(store, second);
    describeDuplicates(store, second);
    describePriceMigrations(store, second);
    describeSeats(store, second);
    describeEvents(store);
    describeEventFacts(store);
    describeExports(store);
    describeHistory(store);
    describeMembers(store, second);
    describeMoves(store);
    describeInbox(store);
    describeUnmatched(store, second);
    describeCallbacks(store);
    describeOutbox(store);
    describeJobs(store);
    describeRateLimits(store, second);
    describeAttempts(store, second);
    describeUsage(store, second);
    describeUsageCaps(store, second);
    describeUsageReports(store, second);
    describeCredits(store, second);
  });
}
