/** How often something may be done under a key. */
export interface RateLimit {
  /** What is counted, and for whom: `sessions:org_1`. */
  readonly key: string;
  /** How many times within a window. */
  readonly points: number;
  /** The window's length, in whole seconds. It starts with the first time. */
  readonly perSeconds: number;
}

/** Whether it may be done once more, and if not, when it may. */
export interface RateLimitAnswer {
  readonly allowed: boolean;
  /** In whole seconds, at least 1; 0 when it is allowed. */
  readonly retryAfterSeconds: number;
}

/** Counts what customers do, across all instances that share the database. */
export interface RateLimits {
  /** Takes one of the key's points, if any is left in this window. */
  takeToken(limit: RateLimit): Promise<RateLimitAnswer>;
  /** Deletes the counts of windows that have passed. */
  pruneRateLimits(): Promise<void>;
}
