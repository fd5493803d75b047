/** When callbacks run, and when they are given up. */
export interface CallbackTiming {
  /** How often the queue is asked for work that another process put in. In milliseconds. */
  readonly pollMs: number;
  /** The wait before the second attempt; doubles with each one, with some jitter. In whole seconds. */
  readonly retryDelaySeconds: number;
  readonly retryBackoff: boolean;
  /** Attempts after the first one; then the callback is put aside. */
  readonly retryLimit: number;
  /**
   * How long one attempt may take, in whole seconds. After it, also after a crash in the middle of one,
   * the callback is tried again.
   */
  readonly attemptSeconds: number;
  /** How often attempts that a crash cut off are looked for. In milliseconds. */
  readonly maintenanceMs: number;
  /** How long stopping waits for callbacks that run at the moment. In milliseconds. */
  readonly stopMs: number;
}

/** Sixteen attempts over about a day and a half. */
export const callbackTiming: CallbackTiming = {
  pollMs: 500,
  retryDelaySeconds: 2,
  retryBackoff: true,
  retryLimit: 15,
  attemptSeconds: 120,
  maintenanceMs: 60_000,
  stopMs: 2_000,
};
