import type { HistoryEntry } from "../language/history.js";
import type { IsoTime } from "../language/time.js";
import type { MovementKind, MovementSum } from "../ports/store/history.js";

type Moved = Pick<HistoryEntry, "customerId" | "currency" | "occurredAt" | "delta" | "ending">;

/**
 * The changes of revenue, customer by customer: of all that one has in one currency together, in the order in which they
 * occurred. For a store that has no SQL.
 *
 * @param entries In the order in which they were stored.
 * @example
 * function thisYear(entries: readonly HistoryEntry[]): readonly MovementSum[] {
 *   return sumMovements(entries, ["2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"]);
 * }
 */
export function sumMovements(entries: readonly Moved[], bounds: readonly IsoTime[]): readonly MovementSum[] {
  const end = bounds.at(-1) ?? "";
  const customers = new Map<string, Moved[]>();
  for (const entry of entries) {
    if (entry.delta === 0 || entry.occurredAt >= end) continue;
    const key = JSON.stringify([entry.customerId, entry.currency]);
    customers.set(key, [...(customers.get(key) ?? []), entry]);
  }
  const sums = new Map<string, MovementSum>();
  for (const own of customers.values()) addOwn(sums, own, bounds);
  return [...sums.values()];
}

function addOwn(sums: Map<string, MovementSum>, own: readonly Moved[], bounds: readonly IsoTime[]): void {
  const sorted = own.toSorted((a, b) =>
    a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0,
  );
  const cohort = spanOf(sorted[0]?.occurredAt ?? "", bounds);
  let total = 0;
  for (const [place, { currency, occurredAt, delta, ending: why }] of sorted.entries()) {
    const before = total;
    total += delta;
    const kind = kindOf(before, total, place === 0);
    const ending = total === 0 ? (why ?? "voluntary") : null;
    const span = spanOf(occurredAt, bounds);
    const key = JSON.stringify([currency, span, cohort, kind, ending]);
    const known = sums.get(key) ?? { currency, span, cohort, kind, ending, delta: 0, count: 0 };
    sums.set(key, { ...known, delta: known.delta + delta, count: known.count + 1 });
  }
}

function kindOf(before: number, after: number, isFirst: boolean): MovementKind {
  if (before === 0) return isFirst ? "new" : "reactivation";
  if (after === 0) return "churn";
  return after > before ? "expansion" : "contraction";
}

function spanOf(time: IsoTime, bounds: readonly IsoTime[]): number {
  return bounds.filter((bound) => bound <= time).length;
}
