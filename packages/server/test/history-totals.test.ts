import { type HistoryEntry, type MovementSum, type Store, sumMovements } from "@tollgate/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { describeEachStore } from "./each-store.js";
import { type Act, playChanges, timeOf } from "./play-changes.js";

// `TOLLGATE_TOTALS=200` for a long run, as `npm run prove` makes it.
const numRuns = Number(process.env.TOLLGATE_TOTALS ?? 40);

const dayMs = 86_400_000;
const days = 60;

const moment = fc.oneof(
  fc.nat(days).map((day) => day * dayMs),
  fc.nat(days * dayMs),
);
const change = fc.record({
  act: fc.constant("change" as const),
  customer: fc.nat(2),
  subscription: fc.nat(3),
  at: moment,
  mrr: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60_000_000 })),
});
const pay = fc.record({
  act: fc.constant("pay" as const),
  at: moment,
  amount: fc.integer({ min: 0, max: 9_900 }),
  fails: fc.boolean(),
});
const count = fc.record({ act: fc.constant("count" as const) });
const prune = fc.record({ act: fc.constant("prune" as const), at: moment });
const move = fc.record({ act: fc.constant("move" as const), subscription: fc.nat(3), to: fc.nat(2) });
const midnight = fc.nat(days).map((day) => day * dayMs);
const cuts = fc.uniqueArray(moment, { minLength: 2, maxLength: 6 });

const ordered = (sums: readonly object[]) =>
  sums.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();

/** Payments that moved money, as a list of them would add up. */
function plainFacts(told: readonly HistoryEntry[], bounds: readonly string[]) {
  const sums = new Map<
    string,
    { currency: string; span: number; kind: string; status: string; count: number; amount: number }
  >();
  for (const { kind, currency, status, amount, occurredAt } of told) {
    const span = bounds.filter((bound) => bound <= occurredAt).length;
    if (kind !== "payment" || amount === 0 || span === 0 || span === bounds.length) continue;
    const known = sums.get(`${span} ${status}`) ?? { currency, span, kind, status, count: 0, amount: 0 };
    sums.set(`${span} ${status}`, { ...known, count: known.count + 1, amount: known.amount + (amount ?? 0) });
  }
  return [...sums.values()];
}

function describeTotals(createStore: () => Store): void {
  let store: Store;
  beforeAll(async () => {
    store = createStore();
    await store.migrate();
  });
  afterAll(() => store.close());

  const boundsOf = (all: readonly number[]) => all.toSorted((a, b) => a - b).map(timeOf);
  const acts = fc.array(fc.oneof({ weight: 6, arbitrary: change }, pay, count, move), { maxLength: 30 });

  test(
    "are what a plain sum over the history is, for any changes, late ones and any spans",
    { timeout: 600_000 },
    () =>
      fc.assert(
        fc.asyncProperty(acts, cuts, cuts, async (all, some, others) => {
          const { currency, told } = await playChanges(store, all);
          for (const bounds of [boundsOf(some), boundsOf(others)]) {
            const sums = await store.readHistorySums({ bounds, currency });
            expect(ordered(sums.movements)).toEqual(ordered(sumMovements(told, bounds)));
            expect(ordered(sums.facts)).toEqual(ordered(plainFacts(told, bounds)));
          }
        }),
        { numRuns },
      ),
  );

  const pruned = fc.array(fc.oneof({ weight: 6, arbitrary: change }, pay, count, prune), { maxLength: 30 });
  const midnights = fc.uniqueArray(midnight, { minLength: 2, maxLength: 6 });

  test("stay when the history is pruned, by whole days", { timeout: 600_000 }, () =>
    fc.assert(
      fc.asyncProperty(pruned, midnights, async (all, some) => {
        const { currency, told } = await playChanges(store, all);
        const bounds = boundsOf(some);
        const sums = await store.readHistorySums({ bounds, currency });
        expect(ordered(sums.movements)).toEqual(ordered(sumMovements(told, bounds)));
        expect(ordered(sums.facts)).toEqual(ordered(plainFacts(told, bounds)));
      }),
      { numRuns },
    ),
  );

  test("add up however they are cut, whatever was pruned and moved", { timeout: 600_000 }, () => {
    const any = fc.array(fc.oneof({ weight: 6, arbitrary: change }, pay, count, prune, move), {
      maxLength: 30,
    });
    // What is given away was there before what its new owner's totals alone tell.
    const paid = (subscription: number, day: number, mrr: number) =>
      ({ act: "change", customer: subscription, subscription, at: day * dayMs, mrr }) as const;
    const acts = [paid(0, 10, 100), paid(0, 20, 200), paid(1, 15, 50)];
    const given = [
      ...acts,
      { act: "prune", at: 30 * dayMs },
      { act: "move", subscription: 1, to: 0 },
    ] as const;
    const examples: [Act[], number[]][] = [[[...given], [0, dayMs, 50 * dayMs]]];
    const three = fc.uniqueArray(moment, { minLength: 3, maxLength: 3 });
    return fc.assert(
      fc.asyncProperty(any, three, async (all, some) => {
        const { currency, told } = await playChanges(store, all);
        const bounds = boundsOf(some);
        const [first = "", cut = "", last = ""] = bounds;
        const read = async (...of: string[]) => store.readHistorySums({ bounds: of, currency });
        const [parts, whole, later] = [await read(...bounds), await read(first, last), await read(cut, last)];
        expect(deltaOf(parts.movements)).toBe(deltaOf(whole.movements));
        expect(deltaOf(parts.movements, (span) => span < 2)).toBe(
          deltaOf(later.movements, (span) => span < 1),
        );
        expect(amountOf(parts.facts)).toBe(amountOf(whole.facts));
        const end = [timeOf(0), timeOf((days + 2) * dayMs)];
        const plain = told.reduce((sum, { delta }) => sum + delta, 0);
        expect(deltaOf((await read(...end)).movements)).toBe(plain);
      }),
      { numRuns, examples },
    );
  });
}

function deltaOf(sums: readonly MovementSum[], isMeant = (_span: number) => true): number {
  return sums.reduce((sum, { span, delta }) => sum + (isMeant(span) ? delta : 0), 0);
}

function amountOf(sums: readonly { readonly amount: number }[]): number {
  return sums.reduce((sum, { amount }) => sum + amount, 0);
}

describeEachStore("the totals of the history", describeTotals);
describe("the totals of the history, in memory", () => {
  describeTotals(() => memory({ clock: () => new Date(timeOf(0)) }));
});
