import { randomUUID } from "node:crypto";
import type { ChangeFeed, ChangeListener } from "@tollgate/core";
import type { TellTurn } from "../driver/loops.js";
import type { SqlDriver } from "../driver/sql-driver.js";
import { createChangeAnnouncer } from "./announce-changes.js";
import { readPayload } from "./change-payload.js";
import { hearChanges } from "./hear-changes.js";

/** The feed, with the store's own side of it. */
export interface StoreChangeFeed extends ChangeFeed {
  /**
   * To be called after the commit of every write that touches a customer's link, subscriptions or usage; even when it
   * is not known whether the commit went through. Calling it unnecessarily costs a read.
   */
  changed(customerIds: Iterable<string>): void;
  close(): Promise<void>;
}

/** Tells this instance's listeners at once, and those of others where the driver can listen. */
export function createChangeFeed(sql: SqlDriver, tellTurn: TellTurn = () => {}): StoreChangeFeed {
  const self = randomUUID();
  const listeners = new Set<ChangeListener>();
  const announcer = sql.listen && createChangeAnnouncer(sql, self, tellTurn);
  let stopHearing: (() => Promise<void>) | undefined;

  function hear(payload: string | null): void {
    const message = payload === null ? null : readPayload(payload);
    if (message?.from !== self) tell(listeners, message?.ids ?? null);
  }

  async function stop(): Promise<void> {
    const hearing = stopHearing;
    stopHearing = undefined;
    await hearing?.();
  }

  return {
    changed(customerIds) {
      const ids = [...customerIds];
      if (ids.length === 0) return;
      tell(listeners, ids);
      announcer?.add(ids);
    },
    async onChange(listener) {
      // The same function added twice is called twice.
      const mine: ChangeListener = (ids) => listener(ids);
      listeners.add(mine);
      if (sql.listen) stopHearing ??= hearChanges(sql.listen, hear, tellTurn);
      return async () => {
        listeners.delete(mine);
        if (listeners.size === 0) await stop();
      };
    },
    announceChanges: async () => announcer?.flush(),
    async close() {
      // Local listeners stay: where the pool is the app's, another user of this store may still write.
      await Promise.all([stop(), announcer?.flush()]);
    },
  };
}

/** What a listener throws is its own affair: the write that it is told about has happened. */
function tell(listeners: ReadonlySet<ChangeListener>, ids: readonly string[] | null): void {
  for (const listener of listeners) {
    try {
      listener(ids);
    } catch {}
  }
}
