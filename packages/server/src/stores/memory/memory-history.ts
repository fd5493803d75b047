import {
  anonymizeSubscription,
  type HistoryEntry,
  type HistoryReads,
  packRecord,
  type StoredHistoryEntry,
  unpackRecord,
} from "@tollgate/core";
import { toPlace } from "../records/create-history.js";
import { toText } from "./as-text.js";
import { readSumsIn } from "./memory-history-sums.js";
import { latestFirst, pruneHistoryIn, shareTimesIn, subjectOf } from "./memory-pruned-history.js";
import type { HistoryRow, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

export function createMemoryHistory(state: MemoryState): HistoryReads {
  const ofCustomer = (id: string) =>
    state.history.all().filter(({ customerId, heldBy }) => customerId === id || heldBy === id);
  return {
    async listHistory({ customerId, after, limit }) {
      const before = BigInt(toPlace(after));
      const rows = ofCustomer(customerId).filter(({ place }) => place < before);
      const entries = rows.sort(latestFirst).slice(0, limit).map(toEntry);
      return { entries, next: rows.length > limit ? (entries.at(-1)?.position ?? null) : null };
    },
    async readHistoryAt({ customerId, at }) {
      const own = ofCustomer(customerId);
      const begun = own.filter(({ cause }) => cause.kind === "beginning").map(({ appliedAt }) => appliedAt);
      const names = new Set(own.map(subjectOf));
      const latest = new Map<string, HistoryRow>();
      for (const row of state.history.all().toSorted(latestFirst).reverse()) {
        const isMeant = row.kind === "subscription" && row.appliedAt <= at && names.has(subjectOf(row));
        if (isMeant) latest.set(subjectOf(row), row);
      }
      const entries = [...latest.values()].filter((row) => (row.heldBy ?? row.customerId) === customerId);
      return { entries: entries.map(toEntry), knownSince: begun.sort().at(-1) ?? null };
    },
    readHistorySums: async (wish) => readSumsIn(state, wish),
    // They are read from the entries each time.
    countHistory: async () => 0,
    pruneHistory: async (bounds) => pruneHistoryIn(state, bounds),
  };
}

/** As part of a command. */
export function addHistoryIn(
  state: MemoryState,
  entries: readonly (HistoryEntry | null | undefined)[],
): void {
  for (const entry of entries) {
    if (entry === null || entry === undefined) continue;
    const { provider, factId, subscription, ...rest } = entry;
    const isKnown = (row: HistoryRow) => row.provider === provider && row.factId === factId;
    if (factId !== null && state.history.all().some(isKnown)) continue;
    const place = BigInt(state.nextPosition());
    const text = subscription && toText(packRecord("subscription", subscription));
    state.history.set(String(place), { ...rest, provider, factId, place, text, heldBy: null });
  }
}

export function moveHistoryIn(
  state: MemoryState,
  subscription: { readonly provider: string; readonly id: string; readonly customerId: string },
  to: string,
): void {
  const { provider, id } = subscription;
  shareTimesIn(state, subscription.customerId, to);
  for (const row of state.history.all()) {
    if (row.provider !== provider || row.subscriptionId !== id || row.customerId === to) continue;
    state.history.set(String(row.place), { ...row, customerId: to, heldBy: row.heldBy ?? row.customerId });
  }
}

export function anonymizeHistoryIn(state: MemoryState, customerId: string, reference: string): void {
  const named = (id: string | null) => (id === customerId ? reference : id);
  for (const row of state.history.all()) {
    if (row.customerId !== customerId && row.heldBy !== customerId) continue;
    const { subscription } = toEntry(row);
    const isTheirs = subscription?.customerId === customerId;
    const kept = isTheirs
      ? toText(packRecord("subscription", anonymizeSubscription(subscription, reference)))
      : row.text;
    const who = { customerId: named(row.customerId) ?? reference, heldBy: named(row.heldBy) };
    state.history.set(String(row.place), { ...row, ...who, text: kept });
  }
  for (const row of state.pruned.all().filter((one) => one.customerId === customerId)) {
    state.pruned.delete(keyOf(customerId, row.currency));
    state.pruned.set(keyOf(reference, row.currency), { ...row, customerId: reference });
  }
}

function toEntry({ place, text, customerId, heldBy, ...entry }: HistoryRow): StoredHistoryEntry {
  const subscription = text === null ? null : unpackRecord("subscription", JSON.parse(text));
  return { ...entry, customerId: heldBy ?? customerId, position: String(place), subscription };
}
