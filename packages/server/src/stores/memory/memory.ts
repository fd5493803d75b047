import type { ChangeListener, Clock, Store } from "@tollgate/core";
import { createWorkFeed } from "../jobs/work-feed.js";
import { createMemoryCallbacks } from "./memory-callbacks.js";
import { createMemoryCheckouts } from "./memory-checkouts.js";
import { createMemoryCredits } from "./memory-credits.js";
import { createMemoryCustomers } from "./memory-customers.js";
import { createMemoryDeletions } from "./memory-deletions.js";
import { createMemoryDuplicates } from "./memory-duplicates.js";
import { createMemoryEvents } from "./memory-events.js";
import { createMemoryExports } from "./memory-exports.js";
import { createMemoryHistory } from "./memory-history.js";
import { createMemoryInbox } from "./memory-inbox.js";
import { createMemoryJobs } from "./memory-jobs.js";
import { createMemoryLimits } from "./memory-limits.js";
import { createMemoryMembers } from "./memory-members.js";
import { createMemoryMoves } from "./memory-moves.js";
import { createMemoryOutbox } from "./memory-outbox.js";
import { createMemoryPlans } from "./memory-plans.js";
import { createMemoryPriceMigrations } from "./memory-price-migrations.js";
import { createMemoryReconciliations } from "./memory-reconciliations.js";
import { createMemorySeats } from "./memory-seats.js";
import { createState } from "./memory-state.js";
import { createMemorySubscriptions } from "./memory-subscriptions.js";
import { createMemoryUsage } from "./memory-usage.js";
import { createMemoryUsageCaps } from "./memory-usage-caps.js";
import { createMemoryUsageReports } from "./memory-usage-reports.js";

export interface MemoryOptions {
  /** By which callbacks and jobs come due and limits are counted. @default the system's */
  readonly clock?: Clock;
  /** Whether production may use it, although it forgets everything when the process ends. @default false */
  readonly inProduction?: boolean;
}

/**
 * Keeps billing state in memory, for tests: nothing to install, nothing on disk, and each store is empty and ready at
 * once. It keeps every promise of a store, callbacks and jobs included, until the process ends or nobody holds it any
 * more. Two instances of an app that share one object share what it keeps; two processes can't.
 *
 * `createBilling` refuses it in production with `invalid_options`, unless `inProduction` says otherwise.
 *
 * @example
 * const store = memory();
 * @example
 * let now = new Date("2026-03-01T00:00:00Z");
 * const store = memory({ clock: () => now });
 */
export function memory({ clock = () => new Date(), inProduction = false }: MemoryOptions = {}): Store {
  const listeners = new Set<ChangeListener>();
  const { added, onWork } = createWorkFeed();
  const state = createState(clock, { added, changed: (ids) => tell(listeners, ids) });
  return {
    ...createMemoryCustomers(state),
    ...createMemorySubscriptions(state),
    ...createMemoryCheckouts(state),
    ...createMemoryDeletions(state),
    ...createMemoryMembers(state),
    ...createMemoryMoves(state),
    ...createMemoryDuplicates(state),
    ...createMemoryExports(state),
    ...createMemoryEvents(state),
    ...createMemoryHistory(state),
    ...createMemoryInbox(state),
    ...createMemoryOutbox(state),
    ...createMemoryCallbacks(state),
    ...createMemoryJobs(state),
    ...createMemoryUsage(state),
    ...createMemoryUsageCaps(state),
    ...createMemoryUsageReports(state),
    ...createMemoryCredits(state),
    ...createMemoryLimits(state.now),
    ...createMemoryReconciliations(state),
    ...createMemoryPlans(state),
    ...createMemoryPriceMigrations(state),
    ...createMemorySeats(state),
    unfit: inProduction ? [] : [forgets],
    onWork,
    async onChange(listener) {
      const mine: ChangeListener = (ids) => listener(ids);
      listeners.add(mine);
      return async () => void listeners.delete(mine);
    },
    async announceChanges() {},
    observeLoops: () => () => {},
    async migrate() {},
    async close() {},
  };
}

const forgets =
  "is `memory()`, which forgets everything when the process ends: give `postgres()`, or say `inProduction: true`";

/** What a listener throws is its own affair: the write that it is told about has happened. */
function tell(listeners: ReadonlySet<ChangeListener>, ids: readonly string[]): void {
  if (ids.length === 0) return;
  for (const listener of listeners) {
    try {
      listener(ids);
    } catch {}
  }
}
