import { freezeIn } from "./memory-history-sums.js";
import type { HistoryRow, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

/** Deletes what is old, and keeps what it added up to. */
export function pruneHistoryIn(
  state: MemoryState,
  { before, limit }: { readonly before: string; readonly limit: number },
): number {
  const all = state.history.all().toSorted(latestFirst);
  const kept = new Set<string>();
  const old: HistoryRow[] = [];
  for (const row of all) {
    const isOld = row.appliedAt < before;
    if (isOld && (row.kind !== "subscription" || kept.has(subjectOf(row)))) old.push(row);
    if (isOld && row.kind === "subscription") kept.add(subjectOf(row));
  }
  const gone = old.reverse().slice(0, limit);
  freezeIn(state, () => {
    for (const row of gone) keepTimesIn(state, row);
    for (const row of gone) state.history.delete(String(row.place));
    for (const row of gone) beginAnew(state, row);
  });
  return gone.length;
}

/** What is left of a subscription counts as its beginning. */
function beginAnew(state: MemoryState, gone: HistoryRow): void {
  if (gone.kind !== "subscription") return;
  const left = state.history.all().filter((row) => subjectOf(row) === subjectOf(gone));
  const [next] = left.sort(latestFirst).reverse();
  if (next === undefined) return;
  const begun = { delta: next.mrr, cause: { kind: "beginning" }, trial: null, ending: null } as const;
  state.history.set(String(next.place), { ...next, ...begun });
  keepTimesIn(state, next);
}

/** When somebody first paid, and until when only totals will tell what changed. */
function keepTimesIn(state: MemoryState, { kind, customerId, currency, occurredAt }: HistoryRow): void {
  if (kind !== "subscription") return;
  const key = keyOf(customerId, currency);
  const known = state.pruned.get(key);
  const [began] = paidTimesIn(state, customerId, currency).toSorted();
  if (began === undefined) return;
  const until = [occurredAt, known?.until ?? ""].sort()[1] ?? occurredAt;
  state.pruned.set(key, { customerId, currency, began, until, place: lastPlace(state) });
}

/** What only totals tell of one of them is told by them alone of both: an entry may go from one to the other. */
export function shareTimesIn(state: MemoryState, from: string, to: string): void {
  const both = state.pruned.all().filter(({ customerId }) => customerId === from || customerId === to);
  freezeIn(state, () => {
    for (const currency of new Set(both.map((one) => one.currency))) {
      const shared = both.filter((one) => one.currency === currency);
      const until =
        shared
          .map((one) => one.until)
          .sort()
          .at(-1) ?? "";
      const earliest = shared.map(({ began }) => began);
      for (const [customerId, known] of [
        [to, earliest],
        [from, []],
      ] as const) {
        const [began] = [...known, ...paidTimesIn(state, customerId, currency)].sort();
        if (began === undefined) continue;
        const row = { customerId, currency, began, until, place: lastPlace(state) };
        state.pruned.set(keyOf(customerId, currency), row);
      }
    }
  });
}

/** When they paid first, and when that changed. */
function paidTimesIn(state: MemoryState, customerId: string, currency: string): readonly string[] {
  const own = state.history.all().filter((row) => row.customerId === customerId && row.currency === currency);
  const known = state.pruned.get(keyOf(customerId, currency));
  const paid = own.flatMap((row) => (row.delta === 0 ? [] : [row.occurredAt]));
  return known === undefined ? paid : [...paid, known.began];
}

function lastPlace(state: MemoryState): bigint {
  return state.history.all().toSorted(latestFirst)[0]?.place ?? 0n;
}

export function subjectOf({ provider, subjectId }: HistoryRow): string {
  return keyOf(provider, subjectId);
}

export function latestFirst(a: HistoryRow, b: HistoryRow): number {
  return a.place > b.place ? -1 : 1;
}
