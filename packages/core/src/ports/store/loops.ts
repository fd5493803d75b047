/** What is done over and over in the background, by the store or with it. */
export type StoreLoop =
  /** Looks for callbacks that are due. */
  | "callbacks"
  /** Looks for jobs that are due. */
  | "jobs"
  /** Keeps the schedule, and takes up what a crash cut off. */
  | "upkeep"
  /** Records how a job or a callback went. */
  | "job_results"
  /** Listens for what other instances changed. */
  | "changes_heard"
  /** Tells other instances what this one changed. */
  | "changes_told"
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
