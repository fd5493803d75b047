import type { Clock } from "@tollgate/core";
import { LRUCache } from "lru-cache";
import type { DecidedAccess } from "./decided-access.js";

/** How many customers are kept, the most recently asked for: a few kilobytes each. */
const maximumCustomers = 10_000;

interface Entry {
  readonly decided: DecidedAccess;
  /** When its facts were asked for: they are at least as new. In milliseconds. */
  readonly readAt: number;
  /** From when it is no longer shown, in milliseconds; news sets it to 0. */
  until: number;
}

interface Reading {
  readonly at: Date;
  readonly result: Promise<DecidedAccess>;
}

/** What was decided about each customer, for as long as it may be shown. */
export interface AccessCache {
  /** What may be shown now, or `undefined`. */
  find(customerId: string): DecidedAccess | undefined;
  /**
   * Reads with `read`, or joins a read of this customer that began a moment ago. The result is kept, unless news of the
   * customer came meanwhile: it may be older than the news.
   */
  load(customerId: string, read: (at: Date) => Promise<DecidedAccess>): Promise<DecidedAccess>;
  /** What was last decided and when its facts were read, however old. */
  findLast(customerId: string): { readonly decided: DecidedAccess; readonly readAt: number } | undefined;
  /** There is news of those customers; `null`: there may be of anybody. */
  forget(customerIds: readonly string[] | null): void;
}

/**
 * @param rules.now The time in milliseconds, for finding; a clock that is cheap to read
 * @param rules.keepsLast Whether `findLast` should find what may no longer be shown.
 */
export function createAccessCache(
  clock: Clock,
  rules: { readonly now: () => number; readonly maxStaleMs: number; readonly keepsLast: boolean },
): AccessCache {
  const entries = new LRUCache<string, Entry>({ max: maximumCustomers });
  const reading = new Map<string, Reading>();
  const { now: look, maxStaleMs, keepsLast } = rules;

  function keep(customerId: string, decided: DecidedAccess, readAt: number): void {
    const changesAt = decided.changesAt === null ? Number.POSITIVE_INFINITY : Date.parse(decided.changesAt);
    const until = Math.min(readAt + maxStaleMs, changesAt);
    if (keepsLast || until > readAt) entries.set(customerId, { decided, readAt, until });
  }

  function forgetOne(customerId: string): void {
    // Whoever asks from now on begins a new read.
    reading.delete(customerId);
    const entry = entries.peek(customerId);
    if (entry !== undefined) entry.until = 0;
    if (!keepsLast) entries.delete(customerId);
  }

  return {
    find(customerId) {
      const entry = entries.get(customerId);
      if (entry === undefined) return undefined;
      const now = look();
      // A clock that was set back says nothing about the age.
      return now < entry.until && now >= entry.readAt ? entry.decided : undefined;
    },
    load(customerId, read) {
      const at = clock();
      const joined = reading.get(customerId);
      // One that hangs, or began so long ago that its result may not be shown, is left to those who wait.
      if (joined !== undefined && Math.abs(at.getTime() - joined.at.getTime()) < maxStaleMs)
        return joined.result;
      const result = read(at).then(
        (decided) => {
          // Unless news has discarded this read, or a later one has taken its place.
          if (reading.get(customerId) === mine) keep(customerId, decided, at.getTime());
          leave();
          return decided;
        },
        (error: unknown) => {
          leave();
          throw error;
        },
      );
      const mine: Reading = { at, result };
      const leave = () => {
        if (reading.get(customerId) === mine) reading.delete(customerId);
      };
      reading.set(customerId, mine);
      return result;
    },
    findLast: (customerId) => entries.peek(customerId),
    forget(customerIds) {
      if (customerIds !== null) {
        for (const customerId of customerIds) forgetOne(customerId);
        return;
      }
      reading.clear();
      if (keepsLast) for (const entry of entries.values()) entry.until = 0;
      else entries.clear();
    },
  };
}
