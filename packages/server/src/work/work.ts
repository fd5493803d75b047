import type {
  CallbackQueue,
  JobHandlers,
  JobQueue,
  JobSchedule,
  StoreLoop,
  WorkFeed,
  WorkTiming,
} from "@tollgate/core";

/** The store as those see it who work in the background. */
type WorkStore = CallbackQueue & JobQueue & WorkFeed;

/** Reports how a turn of a loop went; `null`: well. */
export type ReportTurn = (loop: StoreLoop, error: unknown) => void;

/** What the work in the background is made from. */
export interface WorkParts {
  readonly store: WorkStore;
  readonly handlers: JobHandlers;
  readonly schedule: readonly JobSchedule[];
  readonly tellTurn: ReportTurn;
}

/** What everything that works on callbacks and jobs works with. */
export interface Work extends WorkParts {
  readonly timing: WorkTiming;
  /** Aborted when nothing more should begin. */
  readonly stopping: AbortSignal;
  /** Aborted a moment later: what is still running then is given back, for somebody else to begin again. */
  readonly abandoned: AbortSignal;
  /** Counts what was done. */
  readonly tally: { callbacks: number; jobs: number; failed: number };
}
