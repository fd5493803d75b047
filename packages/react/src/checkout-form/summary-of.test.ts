import { expect, it } from "vitest";
import { isFree, summaryOf } from "./summary-of.js";

type Session = Parameters<typeof summaryOf>[0];
const money = (minorUnitsAmount: number) => ({ minorUnitsAmount, amount: "" });

function session(due: number, next: number | null, more: object = {}): Session {
  const recurring =
    next === null
      ? null
      : { interval: "month", intervalCount: 1, trial: null, dueNext: { total: money(next) } };
  const lineItems = [{ name: "Pro", quantity: 3, subtotal: money(3000) }];
  const total = { total: money(due), taxExclusive: money(0) };
  // Only what is read is here.
  return {
    lineItems,
    discountAmounts: null,
    currency: "usd",
    total,
    recurring,
    ...more,
  } as unknown as Session;
}

const at = (time: string, given: Session) => summaryOf(given, { tax: "Tax" }, new Date(time));

it("shows lines, what a code takes off and what tax comes on top, and adds up to what is due", () => {
  const total = { total: money(1785), taxExclusive: money(285) };
  const discountAmounts = [{ displayName: "HALF", minorUnitsAmount: 1500 }];
  const { lines, dueNow } = at("2026-11-30T10:00:00", session(0, null, { total, discountAmounts }));
  expect(lines).toEqual([
    { label: "Pro × 3", amount: 3000 },
    { label: "HALF", amount: -1500 },
    { label: "Tax", amount: 285 },
  ]);
  expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(dueNow);
});

it.each([
  ["2026-11-30T10:00:00", "month", 1, "2026-12-30T10:00:00"],
  ["2027-01-31T10:00:00", "month", 1, "2027-02-28T10:00:00"],
  ["2028-02-29T10:00:00", "year", 1, "2029-02-28T10:00:00"],
  ["2026-11-30T10:00:00", "week", 2, "2026-12-14T10:00:00"],
])("from %s in a %s (%i) the next payment is on %s", (now, interval, intervalCount, on) => {
  const recurring = { interval, intervalCount, trial: null, dueNext: { total: money(900) } };
  const { dueLater } = at(now, session(900, null, { recurring }));
  expect(dueLater).toMatchObject({ amount: 900, on: new Date(on).toISOString() });
});

it.each([
  [0, null, true],
  [0, 0, true],
  [0, 900, false],
  [900, 0, false],
])("%i now and %j later is free: %s", (due, next, expected) => {
  expect(isFree(session(due, next))).toBe(expected);
});
