import type { ChangeFeed, ChangeListener } from "@tollgate/core";

/** The feed, with the store's own side of it. */
export interface StoreChangeFeed extends ChangeFeed {
  /**
   * To be called after the commit of every write that touches a customer's link, subscriptions or usage; also
   * when it is not known whether the commit went through. Calling it for nothing costs a read.
   */
  changed(customerIds: Iterable<string>): void;
  close(): Promise<void>;
}

export function createChangeFeed(): StoreChangeFeed {
  const listeners = new Set<ChangeListener>();
  return {
    changed(customerIds) {
      const ids = [...customerIds];
      if (ids.length > 0) tell(listeners, ids);
    },
    async onChange(listener) {
      listeners.add(listener);
      return async () => {
        listeners.delete(listener);
      };
    },
    async announceChanges() {},
    async close() {
      listeners.clear();
    },
  };
}

/** What a listener throws is its own affair: the write that it hears of has happened. */
function tell(listeners: ReadonlySet<ChangeListener>, ids: readonly string[] | null): void {
  for (const listener of listeners) {
    try {
      listener(ids);
    } catch {}
  }
}
