import type { TellTurn } from "../driver/loops.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { toPayloads } from "./change-payload.js";

/** The channel on which instances tell each other. */
export const changesChannel = "tollgate_changes";

/**
 * How long changes are collected before they are announced, in milliseconds. Not in the writing transaction: a commit
 * that notifies takes a lock that all such commits of the database queue for.
 */
const collectMs = 25;
const retryMs = 1_000;
/** After this long, their bound on staleness has made the others read again anyway what they would have missed. */
const tries = 5;

export interface ChangeAnnouncer {
  add(customerIds: readonly string[]): void;
  /** Announces now, and waits until what was being announced is out. Never rejects. */
  flush(): Promise<void>;
}

/** Collects whose state changed and tells the other instances in batches. */
export function createChangeAnnouncer(sql: SqlRunner, from: string, tellTurn: TellTurn): ChangeAnnouncer {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let telling: Promise<void> = Promise.resolve();
  let failures = 0;

  function schedule(ms: number): void {
    if (timer !== undefined) return;
    timer = setTimeout(() => void flush(), ms);
    // A retry is not worth keeping a script alive for; what was just written is.
    if (ms === retryMs) timer.unref();
  }

  async function tell(): Promise<void> {
    const ids = waiting;
    if (ids.size === 0) return;
    waiting = new Set();
    try {
      await sql.query(
        "SELECT pg_notify($1, payload)::text FROM unnest($2::text[]) AS payload",
        [changesChannel, toPayloads(from, ids)],
        "tollgate_announce",
      );
      failures = 0;
      tellTurn("changes_told", null);
    } catch (error) {
      tellTurn("changes_told", error);
      failures += 1;
      if (failures >= tries) {
        failures = 0;
        return;
      }
      for (const id of ids) waiting.add(id);
      schedule(retryMs);
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // One after the other: a batch that failed is sent again before, or with, what came later.
    telling = telling.then(tell);
    return telling;
  }

  return {
    add(customerIds) {
      for (const id of customerIds) waiting.add(id);
      schedule(collectMs);
    },
    flush,
  };
}
