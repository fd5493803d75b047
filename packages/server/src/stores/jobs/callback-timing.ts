/** When callbacks and jobs run, and when they are abandoned. */
export interface CallbackTiming {
  /** How often the queues are asked for work that another process enqueued. In milliseconds. */
  readonly pollMs: number;
  /** The wait before the second attempt; doubles with each one, with some jitter. In whole seconds. */
  readonly retryDelaySeconds: number;
  readonly retryBackoff: boolean;
  /** Attempts after the first one; then the callback or the job is put aside. */
  readonly retryLimit: number;
  /** How long one attempt of a callback may take, in whole seconds. After that it has failed. */
  readonly attemptSeconds: number;
  /** How long one attempt of another job may take, in whole seconds. */
  readonly jobSeconds: number;
  /** How often to look for what a crash cut off, and at the schedule. In milliseconds. */
  readonly maintenanceMs: number;
  /** How long stopping waits for what is running. In milliseconds. */
  readonly stopMs: number;
}

/** Sixteen attempts over about a day and a half. */
export const callbackTiming: CallbackTiming = {
  pollMs: 500,
  retryDelaySeconds: 2,
  retryBackoff: true,
  retryLimit: 15,
  attemptSeconds: 120,
  jobSeconds: 900,
  maintenanceMs: 60_000,
  stopMs: 2_000,
};
