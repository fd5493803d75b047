import { describe, expect, it } from "vitest";
import type { SeatRecord } from "../language/seats.js";
import { acceptCount, dueSeats } from "./accept-count.js";

const hour = 3_600_000;
const start = Date.parse("2026-03-01T00:00:00.000Z");
const at = (hours: number) => new Date(start + hours * hour).toISOString();
const about = { customerId: "org_1", group: "main" };

/** What is known after these counts, each with its hour. */
function known(
  graceHours: number,
  ...counts: readonly (readonly [hours: number, count: number])[]
): SeatRecord {
  let record: SeatRecord | null = null;
  for (const [hours, count] of counts) {
    const now = new Date(at(hours));
    record = acceptCount(record, { ...about, count, countedAt: at(hours) }, { graceHours, now }) ?? record;
  }
  if (record === null) throw new Error("Nothing was counted.");
  return record;
}
const due = (record: SeatRecord, graceHours: number, hours: number) =>
  dueSeats(record, graceHours, new Date(at(hours)));

describe("acceptCount", () => {
  const rules = { graceHours: 0, now: new Date(at(10)) };

  it.each<[string, number, number | null, number | null]>([
    ["a later count", 8, 9, 8],
    ["an earlier count", 8, 4, null],
    ["a larger one of the same moment", 8, 5, 8],
    ["a smaller one of the same moment", 6, 5, null],
    ["the same of the same moment", 7, 5, null],
    ["one that says no time", 6, null, 6],
  ])("of %s", (_, count, hours, expected) => {
    const report = { ...about, count, countedAt: hours === null ? null : at(hours) };
    expect(acceptCount(known(0, [5, 7]), report, rules)?.count ?? null).toBe(expected);
  });

  it("comes to the same in whichever order reports arrive", () => {
    const counts = [
      [1, 7],
      [2, 9],
      [2, 8],
      [3, 6],
    ] as const;
    for (const order of [counts, counts.toReversed(), [counts[2], counts[0], counts[3], counts[1]]]) {
      expect(known(0, ...order.filter((one) => one !== undefined))).toMatchObject({
        count: 6,
        countedAt: at(3),
      });
    }
  });

  it("says no time before one that it knows, so that what says none is never behind", () => {
    const report = { ...about, count: 6, countedAt: null };
    const behind = { graceHours: 0, now: new Date(at(1)) };
    expect(acceptCount(known(0, [5, 7]), report, behind)).toMatchObject({ count: 6, countedAt: at(5) });
  });

  it("begins anew what had failed, once the number is another one", () => {
    const failed = { ...known(0, [1, 7]), attempts: 4, problem: "payment_failed" } as const;
    const report = { ...about, countedAt: null };
    expect(acceptCount(failed, { ...report, count: 7 }, rules)).toMatchObject({ attempts: 4 });
    expect(acceptCount(failed, { ...report, count: 8 }, rules)).toMatchObject({ attempts: 0, problem: null });
  });
});

describe("dueSeats", () => {
  it("is all of them at once without a grace", () => {
    expect(due(known(0, [0, 7], [1, 8]), 0, 1)).toEqual({ count: 8, until: null });
  });

  it("leaves out who has just come, until they were there for as long as the grace", () => {
    const record = known(24, [0, 7], [30, 8]);
    expect(due(record, 24, 53)).toEqual({ count: 7, until: at(54) });
    expect(due(record, 24, 54)).toEqual({ count: 8, until: null });
  });

  it("bills each for itself, and nobody who comes and leaves within it", () => {
    const record = known(24, [0, 7], [30, 8], [40, 9], [45, 10], [50, 9]);
    expect(due(record, 24, 53)).toEqual({ count: 7, until: at(54) });
    expect(due(record, 24, 54)).toEqual({ count: 8, until: at(64) });
    expect(due(record, 24, 64)).toEqual({ count: 9, until: null });
  });

  it("bills a seat that was in use all the time, whoever sat in it", () => {
    const record = known(24, [0, 7], [30, 9], [40, 8]);
    expect(record).toMatchObject({ count: 8, since: at(30) });
    expect(due(record, 24, 54)).toEqual({ count: 8, until: null });
  });

  it("bills fewer at once", () => {
    expect(due(known(24, [0, 7], [30, 5]), 24, 31)).toEqual({ count: 5, until: null });
  });

  it("keeps no more than it needs", () => {
    const many = Array.from({ length: 200 }, (_, n) => [n, n + 1] as const);
    expect(known(24, ...many).earlier.length).toBeLessThanOrEqual(25);
  });
});
