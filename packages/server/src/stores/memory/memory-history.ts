import {
  anonymizeSubscription,
  type FactSum,
  type HistoryEntry,
  type HistoryReads,
  packRecord,
  type StoredHistoryEntry,
  sumMovements,
  unpackRecord,
} from "@tollgate/core";
import { toPlace } from "../records/create-history.js";
import { toText } from "./as-text.js";
import type { HeldEvent, HistoryRow, MemoryState } from "./memory-state.js";
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
      const names = new Set(own.map(nameOf));
      const latest = new Map<string, HistoryRow>();
      for (const row of state.history.all().toSorted(latestFirst).reverse()) {
        const isMeant = row.kind === "subscription" && row.appliedAt <= at && names.has(nameOf(row));
        if (isMeant) latest.set(nameOf(row), row);
      }
      const entries = [...latest.values()].filter((row) => (row.heldBy ?? row.customerId) === customerId);
      return { entries: entries.map(toEntry), knownSince: begun.sort().at(-1) ?? null };
    },
    async readHistorySums({ bounds, currency }) {
      const rows = state.history.all().filter((row) => currency === null || row.currency === currency);
      const facts = rows.filter(({ trial, kind }) => trial !== null || kind !== "subscription");
      return {
        movements: sumMovements(rows, bounds),
        facts: sumFacts(facts, bounds),
        inbox: sumInbox(state.events.all(), bounds),
      };
    },
    async pruneHistory({ before, limit }) {
      const all = state.history.all().toSorted(latestFirst);
      const kept = new Set<string>();
      const old: HistoryRow[] = [];
      for (const row of all) {
        const isOld = row.appliedAt < before;
        if (isOld && (row.kind !== "subscription" || kept.has(nameOf(row)))) old.push(row);
        if (isOld && row.kind === "subscription") kept.add(nameOf(row));
      }
      const gone = old.reverse().slice(0, limit);
      for (const row of gone) state.history.delete(String(row.place));
      for (const row of gone) beginAnew(state, row);
      return gone.length;
    },
  };
}

/** What is left of a subscription counts as its beginning. */
function beginAnew(state: MemoryState, gone: HistoryRow): void {
  if (gone.kind !== "subscription") return;
  const left = state.history.all().filter((row) => nameOf(row) === nameOf(gone));
  const [next] = left.sort(latestFirst).reverse();
  if (next === undefined) return;
  const begun = { delta: next.mrr, cause: { kind: "beginning" }, trial: null, ending: null } as const;
  state.history.set(String(next.place), { ...next, ...begun });
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
  subscription: { provider: string; id: string },
  to: string,
): void {
  const { provider, id } = subscription;
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
}

function sumFacts(rows: readonly HistoryRow[], bounds: readonly string[]): readonly FactSum[] {
  const sums = new Map<string, FactSum>();
  for (const { currency, occurredAt, kind, trial, status: is, amount } of rows) {
    if (amount === 0 || !isWithin(occurredAt, bounds)) continue;
    const status = trial ?? is;
    const span = spanOf(occurredAt, bounds);
    const key = keyOf(currency, String(span), kind, status);
    const known = sums.get(key) ?? { currency, span, kind, status, count: 0, amount: 0 };
    sums.set(key, { ...known, count: known.count + 1, amount: known.amount + (amount ?? 0) });
  }
  return [...sums.values()];
}

function sumInbox(events: readonly HeldEvent[], bounds: readonly string[]) {
  const sums = new Map<string, { span: number; state: string; count: number; withinMinute: number }>();
  for (const { receivedAt, occurredAt, settledAt, state } of events) {
    if (!isWithin(receivedAt, bounds)) continue;
    const span = spanOf(receivedAt, bounds);
    const known = sums.get(`${span} ${state}`) ?? { span, state, count: 0, withinMinute: 0 };
    const isQuick = settledAt !== null && Date.parse(settledAt) - Date.parse(occurredAt) <= 60_000;
    const withinMinute = known.withinMinute + (isQuick ? 1 : 0);
    sums.set(`${span} ${state}`, { ...known, count: known.count + 1, withinMinute });
  }
  return [...sums.values()];
}

function isWithin(time: string, bounds: readonly string[]): boolean {
  return time >= (bounds[0] ?? "") && time < (bounds.at(-1) ?? "");
}

function spanOf(time: string, bounds: readonly string[]): number {
  return bounds.filter((bound) => bound <= time).length;
}

function toEntry({ place, text, customerId, heldBy, ...entry }: HistoryRow): StoredHistoryEntry {
  const subscription = text === null ? null : unpackRecord("subscription", JSON.parse(text));
  return { ...entry, customerId: heldBy ?? customerId, position: String(place), subscription };
}

function nameOf({ provider, subjectId }: HistoryRow): string {
  return keyOf(provider, subjectId);
}

function latestFirst(a: HistoryRow, b: HistoryRow): number {
  return a.place > b.place ? -1 : 1;
}
