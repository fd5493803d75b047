import {
  packRecord,
  type Rounds,
  type StoreCommands,
  type StoredSubscription,
  type StoreReads,
  type Subscription,
  type SubscriptionSave,
  type SubscriptionWrite,
  unpackRecord,
} from "@tollgate/core";
import { byAge } from "../records/access-facts.js";
import { toText } from "./as-text.js";
import { addHistoryIn } from "./memory-history.js";
import { addJobsIn } from "./memory-jobs.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { KeptSubscription, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

type Subscriptions = Pick<StoreReads, "listSubscriptions" | "findSubscription" | "findStoredSubscription"> &
  Pick<StoreCommands, "saveSubscription"> &
  Pick<Rounds, "listEndingTrials" | "listPastDue">;

export function createMemorySubscriptions(state: MemoryState): Subscriptions {
  return {
    listSubscriptions: async (customerId) => subscriptionsIn(state, customerId),
    findSubscription: async (id, provider) => storedIn(state, id, provider)?.subscription ?? null,
    findStoredSubscription: async (id, provider) => storedIn(state, id, provider),
    async saveSubscription(write) {
      const outcome = state.atOnce(() => replaceIn(state, write));
      if (outcome === "overtaken") return outcome;
      state.changed([write.subscription.customerId]);
      if (write.callbacks.length > 0) state.added("callbacks");
      if (write.jobs.length > 0 || write.seatsDueAt) state.added("jobs");
      return outcome;
    },
    async listEndingTrials({ provider, from, until, after, limit }) {
      const trials = state.subscriptions
        .all()
        .map(unpackSubscription)
        .filter((one) => {
          const end = one.trialEndsAt ?? "";
          const isOwn = one.provider === provider && one.status === "trialing" && one.id > (after ?? "");
          return isOwn && end > from && end <= until;
        });
      return trials.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    async listPastDue({ provider, after, limit }) {
      const all = state.subscriptions.all().map(unpackSubscription);
      const due = all.filter((one) => one.provider === provider && one.status === "past_due");
      const rest = due.filter(({ id }) => id > (after ?? ""));
      return rest.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
  };
}

export function unpackSubscription({ text }: KeptSubscription): Subscription {
  return unpackRecord("subscription", JSON.parse(text));
}

/** A customer's, oldest first. */
export function subscriptionsIn({ subscriptions }: MemoryState, customerId: string): Subscription[] {
  const own = subscriptions.all().filter((one) => one.customerId === customerId);
  return own.map(unpackSubscription).sort(byAge);
}

export function storedIn(state: MemoryState, id: string, provider: string): StoredSubscription | null {
  const kept = state.subscriptions.get(keyOf(provider, id));
  return kept === undefined
    ? null
    : { subscription: unpackSubscription(kept), revision: String(kept.revision) };
}

/** As part of a command. */
export function saveIn(state: MemoryState, save: SubscriptionSave): "saved" | "overtaken" {
  const { subscription, expectedRevision } = save;
  const key = keyOf(subscription.provider, subscription.id);
  const kept = state.subscriptions.get(key);
  if ((kept === undefined ? null : String(kept.revision)) !== expectedRevision) return "overtaken";
  const { customerId } = subscription;
  const text = toText(packRecord("subscription", subscription));
  const position = kept?.position ?? state.nextPosition();
  state.subscriptions.set(key, { text, position, customerId, revision: (kept?.revision ?? 0) + 1 });
  addHistoryIn(state, [save.history]);
  markSeatsDueIn(state, save);
  return "saved";
}

/** Has seats looked at again, where there are any. */
function markSeatsDueIn(state: MemoryState, { subscription, seatsDueAt = null }: SubscriptionSave): void {
  const { customerId } = subscription;
  const held = state.seats.all().filter((one) => one.customerId === customerId);
  if (seatsDueAt === null || held.length === 0) return;
  for (const one of held) {
    const dueAt = one.dueAt !== null && one.dueAt < seatsDueAt ? one.dueAt : seatsDueAt;
    state.seats.set(keyOf(customerId, one.group), { ...one, dueAt, revision: one.revision + 1 });
  }
  addJobsIn(state, [{ type: "settle_seats", customerId }]);
}

/** The same with what follows from it. */
export function replaceIn(state: MemoryState, write: SubscriptionWrite): "saved" | "overtaken" {
  const outcome = saveIn(state, write);
  if (outcome === "overtaken") return outcome;
  addCallbacksIn(state, write.callbacks);
  addJobsIn(state, write.jobs);
  return outcome;
}
