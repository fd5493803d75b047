/** What the store does over and over in the background. */
export type StoreLoop =
  /** Looks for jobs and callbacks. */
  | "jobs"
  /** Keeps the schedule, and takes up what a crash cut off. */
  | "upkeep"
  /** Records how a job or the callbacks of a customer went. */
  | "job_results"
  /** Listens for what other instances changed. */
  | "changes_heard"
  /** Tells other instances what this one changed. */
  | "changes_told"
  /** Finds out which types of callbacks some instance runs. */
  | "callback_types"
  /** Holds a data folder that one process may open. */
  | "folder_lock";

/** One turn of a loop. */
export interface LoopTurn {
  readonly loop: StoreLoop;
  /** What made it fail; `null`: it succeeded. */
  readonly error: unknown;
}

/** Reports how the store's background work is going. */
export interface Loops {
  /** Calls `observer` after each turn of a loop, until the function that it returns is called. */
  observeLoops(observer: (turn: LoopTurn) => void): () => void;
}
