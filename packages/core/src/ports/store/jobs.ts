import type { Callback } from "../../callback.js";

/** Work that Tollgate gives itself: done in the background, at least once, by whichever instance comes first. */
export type Job =
  /** Look whether this customer has two running subscriptions in the group, and settle it by policy. */
  | {
      readonly type: "settle_duplicate";
      readonly customerId: string;
      readonly provider: string;
      readonly group: string;
    }
  /** Try again what failed, was cut off, or waited for a customer that is known now. */
  | { readonly type: "retry_events" }
  /** Delete what is older than the retention. */
  | { readonly type: "prune" }
  /** Compare with the provider's truth. */
  | { readonly type: "reconcile" };

/** How often a kind of job comes up by itself, whatever the number of instances. In whole seconds. */
export interface JobSchedule {
  readonly type: Exclude<Job["type"], "settle_duplicate">;
  readonly everySeconds: number;
}

/** What the jobs do; one that throws is tried again later, with back-off. */
export interface JobHandlers {
  readonly runCallback: (callback: Callback) => Promise<void>;
  readonly runJob: (job: Job) => Promise<void>;
}

/** What one pass over the jobs did. */
export interface JobReport {
  /** Callbacks that succeeded. */
  readonly callbacks: number;
  /** Callbacks and jobs that failed and will be tried again, or were given up. */
  readonly failed: number;
  /** Other jobs that succeeded. */
  readonly jobs: number;
  /** Whether nothing that is due was left. */
  readonly done: boolean;
}

export interface JobWrites {
  /** Puts jobs into the engine; they run after the commit, or never if there is none. */
  enqueueJobs(jobs: readonly Job[]): Promise<void>;
}

export interface JobEngine {
  /** Works in the background until the function that it resolves to is called. */
  startJobs(handlers: JobHandlers, schedule: readonly JobSchedule[]): Promise<() => Promise<void>>;
  /** One pass: does what is due, until nothing is or `until` has come. For hosts without a background. */
  runJobs(
    handlers: JobHandlers,
    schedule: readonly JobSchedule[],
    options: { readonly until: Date },
  ): Promise<JobReport>;
}
