import type { Callback } from "../../language/callback.js";
import type { Job } from "../../language/job.js";

/** How often a kind of job comes up by itself, whatever the number of instances. In whole seconds. */
export interface JobSchedule {
  readonly type: Exclude<Job["type"], "settle_duplicate">;
  readonly everySeconds: number;
}

/** An attempt that failed. */
export interface JobFailure {
  /** The callback's or the job's. */
  readonly type: string;
  /** `null` for a job. */
  readonly callbackId: string | null;
  readonly error: unknown;
  /** How many attempts there were, this one included. */
  readonly attempts: number;
  /** Whether it was the last one: after it, what failed is put aside. */
  readonly final: boolean;
}

/** What the jobs do; one that throws is tried again later, with back-off. */
export interface JobHandlers {
  /** `null` when this process has no callbacks: then it leaves the outbox to those that have some. */
  readonly runCallback: ((callback: Callback) => Promise<void>) | null;
  /** The types that `runCallback` has a function for; the others are left to those that have. @default all */
  readonly callbackTypes?: readonly string[];
  /** `signal` is aborted when the time for the job is up: end soon, and let a later job continue. */
  readonly runJob: (job: Job, signal: AbortSignal) => Promise<void>;
  /** Called for every attempt that failed, including one that took too long. */
  readonly onFailure: (failure: JobFailure) => void;
}

/** What one pass over the jobs did. */
export interface JobReport {
  /** Callbacks that succeeded. */
  readonly callbacks: number;
  /** Other jobs that succeeded. */
  readonly jobs: number;
  /** Attempts that failed: they are repeated later, or were the last. */
  readonly failed: number;
  /** Whether nothing that was due is left. */
  readonly done: boolean;
}

export interface JobWrites {
  /** Enqueues jobs in the engine; they run after the commit, or never if there is none. */
  enqueueJobs(jobs: readonly Job[]): Promise<void>;
}

/** Does the work that nobody waits for: callbacks and jobs. */
export interface JobEngine {
  /**
   * Works in the background until the function that it resolves to is called: runs each customer's callbacks in order,
   * never two at once, and the jobs, scheduled ones once per period across all instances.
   */
  startJobs(handlers: JobHandlers, schedule: readonly JobSchedule[]): Promise<() => Promise<void>>;
  /**
   * One pass: does what is due, until nothing is due or the time is up. Resolves by `until`, even when something hangs.
   * For hosts without background work.
   */
  runJobs(
    handlers: JobHandlers,
    schedule: readonly JobSchedule[],
    options: { readonly until: Date },
  ): Promise<JobReport>;
}
