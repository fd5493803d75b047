import type { IsoTime } from "../../language/time.js";

/** A use of a metered feature that is to be counted. */
export interface UsageEntry {
  readonly customerId: string;
  readonly feature: string;
  /** The period that it is counted in. */
  readonly period: { readonly startsAt: IsoTime; readonly endsAt: IsoTime | null };
  /** A whole number, at least 1. */
  readonly quantity: number;
  /** How many the period may hold, this use included; `null`: no limit. */
  readonly limit: number | null;
  /** The same key of the same customer and feature is counted once, in whichever period it is repeated. */
  readonly idempotencyKey: string;
  readonly recordedAt: IsoTime;
}

/** What became of an entry. */
export interface UsageOutcome {
  /**
   * `duplicate`: the key was counted before. `refused`: the limit leaves too little. In both cases nothing is counted.
   */
  readonly outcome: "counted" | "duplicate" | "refused";
  /** What the period holds now. */
  readonly used: number;
}

/** Counts what customers use, across all instances that share the database. */
export interface UsageCounter {
  /** Checks the limit and the key and counts, in one step: of many at once, exactly as many as fit succeed. */
  countUsage(entry: UsageEntry): Promise<UsageOutcome>;
  /** Deletes up to `limit` keys that were counted before the moment, the oldest first; returns how many. */
  pruneUsageKeys(bounds: { readonly before: IsoTime; readonly limit: number }): Promise<number>;
}
