import {
  BillingError,
  type Callback,
  type CallbackOutbox,
  type CallbackRecord,
  packRecord,
  unpackRecord,
} from "@tollgate/core";
import { refuseOddText, toText } from "./as-text.js";
import type { CallbackRow, MemoryState } from "./memory-state.js";

/** As long as instances of several releases may run side by side: see `hearCallbacks`. */
const heardMs = 10 * 60_000;

/** What operators see of the outbox. */
export function createMemoryOutbox(state: MemoryState): CallbackOutbox {
  const { callbacks } = state;
  return {
    async listCallbacks({ state: wanted, customerId, after, limit }) {
      if (after !== undefined && !/^\d{1,18}$/.test(after)) {
        throw new BillingError("invalid_query", "`after` must be the `next` of a page of callbacks.");
      }
      const rows = callbacks.all().filter((one) => {
        const isAsked = wanted === undefined || one.state === wanted;
        const isOwn = customerId === undefined || one.customerId === customerId;
        return isAsked && isOwn && (after === undefined || one.position < Number(after));
      });
      const page = rows.sort((a, b) => b.position - a.position).slice(0, limit);
      const next = rows.length > limit ? (page.at(-1)?.position ?? null) : null;
      return { callbacks: page.map(toRecord), next: next === null ? null : String(next) };
    },
    async replayCallback(id) {
      const row = callbacks.get(id);
      if (row === undefined) return false;
      const attempts = row.state === "waiting" ? row.attempts : 0;
      callbacks.set(id, { ...row, state: "waiting", attempts, nextAttemptAt: state.now(), finishedAt: null });
      state.added("callbacks");
      return true;
    },
    async pruneCallbacks({ deliveredBefore, deadBefore, unheardBefore, limit }) {
      const before = { delivered: deliveredBefore, dead: deadBefore, unheard: unheardBefore };
      const old = callbacks.all().filter((one) => {
        return one.state !== "waiting" && (one.finishedAt ?? 0) < Date.parse(before[one.state]);
      });
      const pruned = old.sort((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0)).slice(0, limit);
      for (const { id } of pruned) callbacks.delete(id);
      return pruned.length;
    },
  };
}

/** As part of a command. */
export function addCallbacksIn(state: MemoryState, callbacks: readonly Callback[]): void {
  const now = state.now();
  for (const { id, type, data } of callbacks) {
    if (state.callbacks.get(id) !== undefined) continue;
    refuseOddText(id);
    const isHeard = isHeardIn(state, type);
    state.callbacks.set(id, {
      ...{ id, type, customerId: data.customerId, text: toText(packRecord("callback", data)) },
      ...{ position: state.nextPosition(), attempts: 0, lastError: null, createdAt: now, nextAttemptAt: now },
      state: isHeard ? "waiting" : "unheard",
      finishedAt: isHeard ? null : now,
    });
  }
}

export function isHeardIn({ heard, now }: MemoryState, type: string): boolean {
  return (heard.get(type) ?? Number.NEGATIVE_INFINITY) > now() - heardMs;
}

export function toCallback({ id, type, text }: CallbackRow): Callback {
  // Written by `addCallbacksIn`.
  return { id, type, data: unpackRecord("callback", JSON.parse(text)) } as Callback;
}

function toRecord(row: CallbackRow): CallbackRecord {
  const { customerId, state, attempts, lastError, createdAt, nextAttemptAt, finishedAt } = row;
  return {
    ...toCallback(row),
    ...{ customerId, state, attempts, lastError },
    createdAt: new Date(createdAt).toISOString(),
    nextAttemptAt: new Date(nextAttemptAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  };
}
