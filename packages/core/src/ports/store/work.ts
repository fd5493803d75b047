/** How an attempt at a callback or a job ended. */
export type AttemptEnd =
  | { readonly kind: "succeeded" }
  | {
      readonly kind: "failed";
      readonly error: FailureNote;
      /** After how long it is due again, in seconds; `null`: this was the last attempt, and it is put aside. */
      readonly retryInSeconds: number | null;
    }
  /** Given back because the process stops: due again at once. It counts as begun. */
  | { readonly kind: "released" }
  /** Given back before anything was done: due again at once, as if it had not been handed out. */
  | { readonly kind: "untouched" };

/** What is kept of an error: its name and the start of its message, secrets blanked. */
export interface FailureNote {
  readonly name: string;
  readonly message: string;
}

/** When callbacks and jobs run, and when they are abandoned. */
export interface WorkTiming {
  /** How often the store is asked for work that another process added, or that has come due. In milliseconds. */
  readonly pollMs: number;
  /** The wait before the second attempt; doubles with each one, with some jitter. In seconds. */
  readonly retryDelaySeconds: number;
  readonly retryBackoff: boolean;
  /** Attempts after the first one; then the callback or the job is put aside. */
  readonly retryLimit: number;
  /** How long one attempt of a callback may take, in seconds. After that it has failed. */
  readonly attemptSeconds: number;
  /** How long one attempt of another job may take, in seconds. */
  readonly jobSeconds: number;
  /** How often to look for what a crash cut off, and at the schedule. In milliseconds. */
  readonly maintenanceMs: number;
  /** How long stopping waits for what is running. In milliseconds. */
  readonly stopMs: number;
}

/** What can be waiting to be done. */
export type WorkKind = "callbacks" | "jobs";

/** What the work in the background needs to know of its store, besides the queues. */
export interface WorkFeed {
  /**
   * Calls `listener` after each commit of this process that added callbacks or jobs, so that they need not wait until
   * the store is next asked; until the function that it returns is called. May call it in vain.
   */
  onWork(listener: (kind: WorkKind) => void): () => void;
  /** Where this store's work is to keep another pace than usual. @default {} */
  readonly timing?: Partial<WorkTiming>;
}
