import {
  anonymizePurchase,
  anonymizeSubscription,
  type Deletion,
  type DeletionCommands,
  type DeletionReads,
  isLive,
  packRecord,
  unpackRecord,
} from "@tollgate/core";
import { toText } from "./as-text.js";
import { anonymizeConsentsIn } from "./memory-consents.js";
import { anonymizeHistoryIn } from "./memory-history.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { MemoryState } from "./memory-state.js";
import { saveIn, storedIn, subscriptionsIn } from "./memory-subscriptions.js";
import { moveReportsIn } from "./memory-usage-reports.js";
import { keyOf } from "./table.js";

export function createMemoryDeletions(state: MemoryState): DeletionReads & DeletionCommands {
  const { deletions, customers } = state;
  const find = (digest: string) => {
    const own = deletions.all().filter((one) => one.digest === digest);
    const latest = own.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    return latest.find((one) => one.customerId !== null) ?? latest[0] ?? null;
  };
  return {
    findDeletion: async (digest) => find(digest),
    isBeingDeleted: async (customerId) => isBeingDeletedIn(state, customerId),
    async listUnfinishedDeletions({ startedBefore, limit }) {
      const open = deletions.all().filter((one) => one.customerId !== null && one.startedAt < startedBefore);
      return open.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).slice(0, limit);
    },
    async listAccounts(customerId) {
      const own = customers.all().filter((one) => one.customerId === customerId);
      const nameOf = (one: (typeof own)[number]) =>
        keyOf(one.current ? "0" : "1", one.provider, one.providerCustomerId);
      return own.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    },
    async beginDeletion(begun) {
      const running = deletions.all().find((one) => one.customerId === begun.customerId);
      if (running !== undefined) return running;
      const deletion: Deletion = { ...begun, report: null };
      deletions.set(begun.reference, deletion);
      return deletion;
    },
    async finishDeletion({ deletion, report, callback }) {
      const { customerId, reference } = deletion;
      if (subscriptionsIn(state, customerId).some(isLive)) return "running";
      const finished = state.atOnce(() => {
        const kept = eraseIn(state, customerId, reference);
        const whole = { ...report, kept };
        if (deletions.get(reference)?.customerId === customerId) {
          deletions.set(reference, { ...deletion, customerId: null, report: whole });
          addCallbacksIn(state, [callback(whole)]);
        }
        return whole;
      });
      state.changed([customerId]);
      state.added("callbacks");
      return finished;
    },
  };
}

export function isBeingDeletedIn({ deletions }: MemoryState, customerId: string): boolean {
  return deletions.all().some((one) => one.customerId === customerId);
}

function eraseIn(state: MemoryState, customerId: string, reference: string) {
  const subscriptions = subscriptionsIn(state, customerId);
  for (const { id, provider } of subscriptions) {
    const stored = storedIn(state, id, provider);
    if (stored === null) continue;
    const subscription = anonymizeSubscription(stored.subscription, reference);
    saveIn(state, { subscription, expectedRevision: stored.revision });
  }
  const purchases = state.purchases.all().filter((one) => one.customerId === customerId);
  for (const kept of purchases) {
    const purchase = anonymizePurchase(unpackRecord("purchase", JSON.parse(kept.text)), reference);
    const text = toText(packRecord("purchase", purchase));
    state.purchases.set(keyOf(purchase.provider, purchase.checkoutId), {
      ...kept,
      text,
      customerId: reference,
    });
  }
  anonymizeConsentsIn(state, customerId, reference);
  anonymizeHistoryIn(state, customerId, reference);
  for (const link of state.customers.all().filter((one) => one.customerId === customerId)) {
    const key = keyOf(link.provider, link.providerCustomerId);
    state.customers.set(key, { ...link, customerId: reference, current: false, profile: null });
    state.profiles.delete(key);
  }
  state.usageReports.deleteWhere((one) => one.customerId === customerId && one.toldAt !== null);
  // What was used stays owed.
  moveReportsIn(state, customerId, reference);
  removeIn(state, customerId);
  return { subscriptions: subscriptions.length, purchases: purchases.length };
}

/** What need not be kept. */
function removeIn(state: MemoryState, customerId: string): void {
  const { checkouts, duplicates, callbacks, usage, usageKeys, runs, entries, promises, seats } = state;
  const { credits, creditsHolds, creditsEntries, memberUsage, memberLimits, usageCaps } = state;
  const used = [usage, usageCaps, memberUsage, memberLimits];
  const own = [checkouts, duplicates, callbacks, ...used, entries, promises, seats];
  for (const table of [...own, credits, creditsHolds, creditsEntries]) {
    table.deleteWhere((one) => one.customerId === customerId);
  }
  usageKeys.deleteWhere(({ key }) => JSON.parse(key)[0] === customerId);
  runs.deleteWhere(({ scope }) => scope === `customer:${customerId}`);
}
