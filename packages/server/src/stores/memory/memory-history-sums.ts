import {
  addMovements,
  type FactSum,
  type HistorySums,
  listMovements,
  type Movement,
  type SumsWish,
} from "@tollgate/core";
import type { DayFact, HeldEvent, HistoryRow, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

/** What is there, and what was pruned. */
export function readSumsIn(state: MemoryState, { bounds, currency }: SumsWish): HistorySums {
  const isMeant = (one: { readonly currency: string }) => currency === null || one.currency === currency;
  const movements = [...movementsIn(state), ...state.prunedMovements.all()];
  const facts = [...factsIn(state), ...state.prunedFacts.all()];
  return {
    movements: addMovements(movements.filter(isMeant), bounds),
    facts: sumFacts(facts.filter(isMeant), bounds),
    inbox: sumInbox(state.events.all(), bounds),
  };
}

/** Runs what takes entries away, and keeps by days what they came to. */
export function freezeIn(state: MemoryState, work: () => void): void {
  const [movements, facts] = [movementsIn(state), factsIn(state)];
  work();
  for (const one of movements) freezeMovement(state, one, 1);
  for (const one of movementsIn(state)) freezeMovement(state, one, -1);
  for (const one of facts) freezeFact(state, one, 1);
  for (const one of factsIn(state)) freezeFact(state, one, -1);
}

function freezeMovement(state: MemoryState, one: Movement, sign: 1 | -1): void {
  const day = { ...one, occurredAt: dayOf(one.occurredAt), began: dayOf(one.began) };
  const key = keyOf(day.occurredAt, day.began, one.currency, one.kind, one.ending ?? "");
  const known = state.prunedMovements.get(key) ?? { delta: 0, count: 0 };
  const [delta, count] = [known.delta + sign * one.delta, known.count + sign];
  state.prunedMovements.set(key, { ...day, delta, count });
}

function freezeFact(state: MemoryState, { amount, ...one }: DayFact, sign: 1 | -1): void {
  const day = { ...one, occurredAt: dayOf(one.occurredAt) };
  const key = keyOf(day.occurredAt, one.currency, one.kind, one.status);
  const known = state.prunedFacts.get(key) ?? { amount: 0, count: 0 };
  state.prunedFacts.set(key, { ...day, amount: known.amount + sign * amount, count: known.count + sign });
}

function movementsIn(state: MemoryState): readonly Movement[] {
  const rows = state.history.all().map((row) => {
    const { customerId, currency, occurredAt, delta, ending } = row;
    const pruned = state.pruned.get(keyOf(customerId, currency));
    const isSettled = pruned !== undefined && occurredAt <= pruned.until && row.place <= pruned.place;
    return { customerId, currency, occurredAt, delta, ending, isSettled, firstPaidAt: pruned?.began };
  });
  return listMovements(rows);
}

function factsIn(state: MemoryState): readonly DayFact[] {
  return state.history.all().flatMap((row: HistoryRow) => {
    const { currency, occurredAt, kind, trial, status, amount } = row;
    if ((trial === null && kind === "subscription") || amount === 0) return [];
    return [{ currency, occurredAt, kind, status: trial ?? status, amount: amount ?? 0, count: 1 }];
  });
}

function sumFacts(facts: readonly DayFact[], bounds: readonly string[]): readonly FactSum[] {
  const sums = new Map<string, FactSum>();
  for (const { currency, occurredAt, kind, status, amount, count } of facts) {
    if (!isWithin(occurredAt, bounds)) continue;
    const span = spanOf(occurredAt, bounds);
    const key = keyOf(currency, String(span), kind, status);
    const known = sums.get(key) ?? { currency, span, kind, status, count: 0, amount: 0 };
    sums.set(key, { ...known, count: known.count + count, amount: known.amount + amount });
  }
  return [...sums.values()].filter(({ count, amount }) => count !== 0 || amount !== 0);
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

function dayOf(time: string): string {
  return `${time.slice(0, 10)}T00:00:00.000Z`;
}
