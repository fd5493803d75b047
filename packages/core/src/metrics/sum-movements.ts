import type { IsoTime } from "../language/time.js";
import type { MovementSum } from "../ports/store/history.js";
import { listMovements, type Moved, type Movement } from "./list-movements.js";

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
  return addMovements(listMovements(entries), bounds);
}

/**
 * Changes of revenue added up by spans, each for as many as its `count`. For a store that has no SQL.
 *
 * @example
 * function thisYear(movements: readonly Movement[]): readonly MovementSum[] {
 *   return addMovements(movements, ["2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"]);
 * }
 */
export function addMovements(
  movements: readonly (Movement & { readonly count?: number })[],
  bounds: readonly IsoTime[],
): readonly MovementSum[] {
  const end = bounds.at(-1) ?? "";
  const sums = new Map<string, MovementSum>();
  for (const { currency, occurredAt, began, kind, ending, delta, count = 1 } of movements) {
    if (occurredAt >= end) continue;
    const [span, cohort] = [spanOf(occurredAt, bounds), spanOf(began, bounds)];
    const key = JSON.stringify([currency, span, cohort, kind, ending]);
    const known = sums.get(key) ?? { currency, span, cohort, kind, ending, delta: 0, count: 0 };
    sums.set(key, { ...known, delta: known.delta + delta, count: known.count + count });
  }
  return [...sums.values()].filter(({ delta, count }) => delta !== 0 || count !== 0);
}

function spanOf(time: IsoTime, bounds: readonly IsoTime[]): number {
  return bounds.filter((bound) => bound <= time).length;
}
