import type { EndingKind, HistoryEntry } from "../language/history.js";
import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";
import type { MovementKind } from "../ports/store/history.js";

/** What a change of revenue is known by. */
export interface Moved
  extends Pick<HistoryEntry, "customerId" | "currency" | "occurredAt" | "delta" | "ending"> {
  /** It is known by totals already, and here only what later ones begin with. */
  readonly isSettled?: boolean | undefined;
  /** When its customer first paid, where the entries of then are gone; `null`: they are all there. */
  readonly firstPaidAt?: IsoTime | null | undefined;
}

/** One change of what a customer brings in, of all that they have in one currency together. */
export interface Movement {
  readonly currency: Currency;
  readonly occurredAt: IsoTime;
  /** When the customer first paid. */
  readonly began: IsoTime;
  readonly kind: MovementKind;
  /** Why it ended; `null` for everything but churn. */
  readonly ending: EndingKind | null;
  /** In parts of a minor unit: see `revenueParts`. */
  readonly delta: number;
}

/**
 * The changes of revenue, customer by customer and in the order in which they occurred. For a store that has no SQL.
 *
 * @param entries In the order in which they were stored.
 * @example
 * function losses(entries: readonly HistoryEntry[]): readonly Movement[] {
 *   return listMovements(entries).filter(({ kind }) => kind === "churn");
 * }
 */
export function listMovements(entries: readonly Moved[]): readonly Movement[] {
  const customers = new Map<string, Moved[]>();
  for (const entry of entries) {
    if (entry.delta === 0) continue;
    const key = JSON.stringify([entry.customerId, entry.currency]);
    const own = customers.get(key);
    if (own === undefined) customers.set(key, [entry]);
    else own.push(entry);
  }
  return [...customers.values()].flatMap(movementsOf);
}

function movementsOf(own: readonly Moved[]): readonly Movement[] {
  const sorted = own.toSorted(settledFirst);
  const [first] = sorted;
  if (first === undefined) return [];
  const known = first.firstPaidAt ?? null;
  const began = known !== null && known < first.occurredAt ? known : first.occurredAt;
  let total = 0;
  return sorted.flatMap(({ currency, occurredAt, delta, ending: why, isSettled }, place) => {
    const before = total;
    total += delta;
    if (isSettled === true) return [];
    const kind = kindOf(before, total, place === 0 && known === null);
    const ending = total === 0 ? (why ?? "voluntary") : null;
    return [{ currency, occurredAt, began, kind, ending, delta }];
  });
}

function settledFirst(a: Moved, b: Moved): number {
  const [one, other] = [a.isSettled === true, b.isSettled === true];
  if (one !== other) return one ? -1 : 1;
  return a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0;
}

function kindOf(before: number, after: number, isFirst: boolean): MovementKind {
  if (before === 0) return isFirst ? "new" : "reactivation";
  if (after === 0) return "churn";
  return after > before ? "expansion" : "contraction";
}
