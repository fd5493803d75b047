import type { EventInbox, Settlement, StoreCommands, StoreReads } from "@tollgate/core";
import { readCursor } from "../inbox/read-event-page.js";
import { createRecentSubscriptions } from "../inbox/recent-subscriptions.js";
import { settleIn } from "./memory-checkouts.js";
import { retireIn } from "./memory-customers.js";
import { byOccurrence, claimIn, keepIn, toEvent, waitingIn } from "./memory-events.js";
import { addHistoryIn } from "./memory-history.js";
import { addJobsIn } from "./memory-jobs.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { HeldEvent, MemoryState } from "./memory-state.js";
import { saveIn, storedIn } from "./memory-subscriptions.js";
import { keyOf } from "./table.js";

type Inbox = EventInbox &
  Pick<StoreReads, "listEvents"> &
  Pick<StoreCommands, "settleEvent" | "keepEvent" | "keepUnmatched" | "explainUnmatched">;

/** What is overtaken is undone like what fails. */
const overtaken = new Error("The subscription has changed since it was read.");

export function createMemoryInbox(state: MemoryState): Inbox {
  const recent = createRecentSubscriptions();
  return {
    recallSubscription: recent.recall,
    async settleEvent(settlement) {
      try {
        const isSettled = state.atOnce(() => settleAllIn(state, settlement));
        const { save } = settlement;
        const saved = save && storedIn(state, save.subscription.id, save.subscription.provider);
        recent.saved(settlement, isSettled ? (saved?.revision ?? null) : null);
        if (isSettled) tell(state, settlement);
        return isSettled ? "settled" : "duplicate";
      } catch (error) {
        recent.forget(settlement);
        if (error === overtaken) return "overtaken";
        throw error;
      }
    },
    keepEvent: async (head, kept) => keepIn(state, head, kept),
    async keepUnmatched({ head, event, reason, attempts, jobs }) {
      if (state.customers.get(keyOf(head.provider, head.providerCustomerId)) !== undefined) return "linked";
      const kept = { state: "unmatched", reason, event, attempts, nextAttemptAt: null } as const;
      const isKept = state.atOnce(() => {
        if (!keepIn(state, head, kept)) return false;
        addJobsIn(state, jobs);
        return true;
      });
      if (isKept && jobs.length > 0) state.added("jobs");
      return isKept ? "kept" : "duplicate";
    },
    async explainUnmatched({ provider, providerCustomerId, reason }) {
      for (const row of waitingIn(state, providerCustomerId, provider)) set(state, { ...row, reason });
    },
    async listEvents({ state: wanted, after, limit }) {
      const [time, position] = after === undefined ? [null, null] : readCursor(after);
      const rows = state.events.all().filter((one) => {
        const isLater =
          one.receivedAt === time ? one.position < Number(position) : one.receivedAt < (time ?? "~");
        return isLater && (wanted === undefined || one.state === wanted);
      });
      const page = rows.sort(byArrival).reverse().slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const next = last === undefined ? null : `${Date.parse(last.receivedAt)}.${last.position}`;
      return { events: page.map(toEvent), next };
    },
    async takeDueEvents({ now, until, limit }) {
      const isDue = ({ nextAttemptAt }: HeldEvent) => nextAttemptAt !== null && nextAttemptAt <= now;
      const isMatched = ({ state: is, provider, providerCustomerId }: HeldEvent) =>
        is === "unmatched" && state.customers.get(keyOf(provider, providerCustomerId ?? "")) !== undefined;
      const due = state.events.all().filter((one) => isDue(one) || isMatched(one));
      return due
        .sort(byOccurrence)
        .slice(0, limit)
        .map((row) => {
          const taken: HeldEvent = {
            ...row,
            state: "received",
            attempts: row.attempts + 1,
            nextAttemptAt: until,
          };
          set(state, taken);
          return toEvent(taken);
        });
    },
    async pruneEvents({ settledBefore, unsettledBefore, limit }) {
      const old = state.events.all().filter(({ receivedAt, settledAt }) => {
        if (receivedAt >= settledBefore) return false;
        return settledAt === null ? receivedAt < unsettledBefore : settledAt < settledBefore;
      });
      const pruned = old.sort(byArrival).slice(0, limit);
      for (const { provider, id } of pruned) state.events.delete(keyOf(provider, id));
      return pruned.length;
    },
  };
}

function settleAllIn(state: MemoryState, settlement: Settlement): boolean {
  const { save, retired, checkout, facts = [], callbacks, jobs } = settlement;
  if (!claimIn(state, settlement)) return false;
  if (save !== null && saveIn(state, save) === "overtaken") throw overtaken;
  addHistoryIn(state, facts);
  if (retired !== undefined) retireIn(state, retired);
  if (checkout !== undefined) settleIn(state, checkout);
  addCallbacksIn(state, callbacks);
  addJobsIn(state, jobs);
  return true;
}

function tell(state: MemoryState, { save, retired, checkout, callbacks, jobs }: Settlement): void {
  const changed = [save?.subscription.customerId, retired?.customerId, checkout?.purchase?.customerId];
  state.changed(changed.filter((one) => one !== undefined));
  if (callbacks.length > 0) state.added("callbacks");
  if (jobs.length > 0 || save?.seatsDueAt) state.added("jobs");
}

function byArrival(a: HeldEvent, b: HeldEvent): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? -1 : 1;
  return a.position - b.position;
}

function set({ events }: MemoryState, row: HeldEvent): void {
  events.set(keyOf(row.provider, row.id), row);
}
