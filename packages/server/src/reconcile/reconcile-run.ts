import {
  BillingError,
  type Clock,
  type Difference,
  type ReconcileProgress,
  type ReconcileRun,
  type Store,
} from "@tollgate/core";
import type { CustomersContext } from "../customers/identify-customer.js";
import type { Telemetry } from "../telemetry/telemetry.js";
import type { EventIndex } from "./event-index.js";
import type { Pace } from "./pace.js";
import type { Foreign, Viewer } from "./whose-is.js";

export interface ReconcileContext extends CustomersContext {
  /** How long our inbox remembers. */
  readonly eventRetentionDays: number;
  readonly telemetry: Telemetry;
}

/** A run in progress. */
export interface RunningReconcile extends Viewer {
  readonly context: ReconcileContext;
  readonly id: string;
  readonly repair: boolean;
  /** How old an event has to be to count as missed, in seconds. */
  readonly patienceSeconds: number;
  readonly pace: Pace;
  readonly events: EventIndex;
  readonly signal: AbortSignal;
  readonly journal: Journal;
}

/** Where the run stands, and what it reports. */
export interface Journal {
  progress(): ReconcileProgress;
  /** One more subscription was compared. Keeps hold of the run while a page takes long. */
  compared(): Promise<void>;
  found(difference: Difference): Promise<void>;
  /** One was left alone, because it is somebody else's. */
  skipped(foreign: Foreign): void;
  /** How many have been left alone since this call began. */
  skips(): Readonly<Record<Foreign, number>>;
  /** A page is done. */
  save(place: Pick<ReconcileProgress, "phase" | "cursor">, seen: readonly string[]): Promise<void>;
  finish(): Promise<void>;
  /** Stops in the middle of a page, which will be gone through again. */
  interrupt(): Promise<void>;
}

/** How long until a run whose process died is taken over. */
export const runLeaseSeconds = 120;
const renewalMs = 30_000;

export function createJournal(input: {
  readonly store: Store;
  readonly run: ReconcileRun;
  readonly holder: string;
  readonly clock: Clock;
  readonly onDifference: (difference: Difference) => void | Promise<void>;
}): Journal {
  const { store, run, holder, clock, onDifference } = input;
  const { phase, cursor, checked, found, repaired } = run;
  let saved: ReconcileProgress = { phase, cursor, checked, found, repaired };
  let tally = saved;
  let savedAt = performance.now();
  const skips = { other_app: 0, other_database: 0 };

  async function write(progress: ReconcileProgress, seen: readonly string[], finished: boolean) {
    const now = clock().toISOString();
    const held = await store.advanceReconcile({
      ...{ id: run.id, holder, now, leaseSeconds: runLeaseSeconds },
      ...{ progress, seen, finished },
    });
    if (!held) throw new BillingError("reconcile_running", "Another process has taken over this run.");
    savedAt = performance.now();
    saved = progress;
  }

  return {
    progress: () => tally,
    async compared() {
      tally = { ...tally, checked: tally.checked + 1 };
      if (performance.now() - savedAt > renewalMs) await write(saved, [], false);
    },
    async found(difference) {
      const more = difference.repaired ? 1 : 0;
      tally = { ...tally, found: tally.found + 1, repaired: tally.repaired + more };
      await onDifference(difference);
    },
    skipped(foreign) {
      skips[foreign] += 1;
    },
    skips: () => skips,
    async save(place, seen) {
      tally = { ...tally, ...place };
      await write(tally, seen, false);
    },
    finish: () => write(tally, [], true),
    async interrupt() {
      // What was repaired will not be found again; the rest of the page will, and is counted then.
      const repairedSince = tally.repaired - saved.repaired;
      if (repairedSince === 0) return;
      await write({ ...saved, found: saved.found + repairedSince, repaired: tally.repaired }, [], false);
    },
  };
}
