import { randomUUID } from "node:crypto";
import type { CallbackQueue, EndedCallback } from "@tollgate/core";
import { isHeardIn, toCallback } from "./memory-outbox.js";
import type { CallbackRow, MemoryState } from "./memory-state.js";

interface Lease {
  readonly lease: string;
  readonly until: number;
}

/** The outbox as those see it who run callbacks. */
export function createMemoryCallbacks(state: MemoryState): CallbackQueue {
  const leases = new Map<string, Lease>();
  const { callbacks } = state;

  /** Of each customer the one that waits longest. */
  function heads(): readonly CallbackRow[] {
    const first = new Map<string, CallbackRow>();
    for (const one of waiting(callbacks.all()))
      if (!first.has(one.customerId)) first.set(one.customerId, one);
    return [...first.values()];
  }

  function end({ taken: { callback, lease, attempts }, end: ending }: EndedCallback): void {
    const row = callbacks.get(callback.id);
    const { customerId } = callback.data;
    if (leases.get(customerId)?.lease === lease) leases.delete(customerId);
    if (row === undefined || row.state !== "waiting" || ending.kind === "released") return;
    const now = state.now();
    if (ending.kind === "succeeded") {
      callbacks.set(row.id, { ...row, state: "delivered", finishedAt: now });
      return;
    }
    if (row.attempts !== attempts) return;
    if (ending.kind === "untouched") {
      callbacks.set(row.id, { ...row, attempts: attempts - 1 });
      return;
    }
    const { error: lastError, retryInSeconds: retry } = ending;
    if (retry === null) callbacks.set(row.id, { ...row, lastError, state: "dead", finishedAt: now });
    else callbacks.set(row.id, { ...row, lastError, nextAttemptAt: now + retry * 1000 });
  }

  return {
    async takeCallbacks({ types, limit, leaseSeconds }) {
      const now = state.now();
      const due = heads().filter(({ customerId, type, nextAttemptAt }) => {
        const isHeld = (leases.get(customerId)?.until ?? now) > now;
        return !isHeld && nextAttemptAt <= now && types.includes(type);
      });
      const byDueTime = (a: CallbackRow, b: CallbackRow) =>
        a.nextAttemptAt - b.nextAttemptAt || a.position - b.position;
      return due
        .sort(byDueTime)
        .slice(0, limit)
        .map((row) => {
          const begun = { ...row, attempts: row.attempts + 1 };
          const lease = randomUUID();
          callbacks.set(row.id, begun);
          leases.set(row.customerId, { lease, until: now + leaseSeconds * 1000 });
          return { callback: toCallback(begun), attempts: begun.attempts, lease };
        });
    },
    async endCallbacks(ended) {
      for (const one of ended) end(one);
      const done = ended.filter(({ end: { kind } }) => kind === "succeeded" || kind === "failed");
      const customers = new Set(done.map(({ taken }) => taken.callback.data.customerId));
      return heads().some(({ customerId, nextAttemptAt }) => {
        return customers.has(customerId) && nextAttemptAt <= state.now();
      });
    },
    async hearCallbacks(types) {
      const now = state.now();
      for (const type of types) state.heard.set(type, now);
      let begun = false;
      for (const one of callbacks.all()) {
        if (one.state === "unheard" && types.includes(one.type)) {
          callbacks.set(one.id, { ...one, state: "waiting", nextAttemptAt: now, finishedAt: null });
          begun = true;
        } else if (one.state === "waiting" && one.nextAttemptAt <= now && !isHeardIn(state, one.type)) {
          callbacks.set(one.id, { ...one, state: "unheard", finishedAt: now });
        }
      }
      if (begun) state.added("callbacks");
    },
  };
}

function waiting(rows: readonly CallbackRow[]): readonly CallbackRow[] {
  return rows.filter(({ state }) => state === "waiting").sort((a, b) => a.position - b.position);
}
