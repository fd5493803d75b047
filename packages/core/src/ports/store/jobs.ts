import type { Callback } from "../../language/callback.js";
import type { Job } from "../../language/job.js";
import type { AttemptEnd } from "./work.js";

/** How often a kind of job comes up by itself, whatever the number of instances. In whole seconds. */
export interface JobSchedule {
  readonly type: Exclude<
    Job["type"],
    | "settle_duplicate"
    | "notify_dunning"
    | "check_card"
    | "replace_default"
    | "push_profile"
    | "name_customer"
    | "settle_refund"
    | "settle_dispute"
    | "settle_fraud_warning"
    | "end_deleted"
  >;
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

export interface JobCommands {
  /** Puts jobs into the queue: all of them, or none. */
  enqueueJobs(jobs: readonly Job[]): Promise<void>;
}

/** A job that was handed out. */
export interface TakenJob {
  readonly id: string;
  readonly job: Job;
  /** How often it was begun, this time included. */
  readonly attempts: number;
  /** Whether the schedule put it there: then it comes up again in any case. */
  readonly scheduled: boolean;
}

/** The queue of jobs. What is done with them, how many at once and when again, is not the store's to decide. */
export interface JobQueue {
  /**
   * Puts a job into the queue for each type of the schedule that has had none in this period: of all instances that
   * ask, the first one does. A period begins whenever the time since 1970 is a whole number of `everySeconds`. And
   * makes jobs due again that a crash cut off.
   */
  keepJobs(schedule: readonly JobSchedule[]): Promise<void>;
  /**
   * Hands out jobs that are due, the oldest first, each to one who asks. One whose end is not told within
   * `leaseSeconds` counts as cut off: it is due again, at the latest after the next `keepJobs`.
   */
  takeJobs(options: { readonly limit: number; readonly leaseSeconds: number }): Promise<readonly TakenJob[]>;
  /** Records how an attempt ended. */
  endJob(taken: TakenJob, end: AttemptEnd): Promise<void>;
}
