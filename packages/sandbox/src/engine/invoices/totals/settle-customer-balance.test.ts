import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimumCharge } from "../../money/minimum-charge.js";
import { settle } from "./settle-customer-balance.js";

describe("an invoice's total and its customer's balance", () => {
  it.each([
    ["nothing on the balance", 2900, 0, { due: 2900, applied: 0, tooSmall: 0, ending: 0 }],
    ["some credit", 2900, -1000, { due: 1900, applied: 1000, tooSmall: 0, ending: 0 }],
    ["more credit than needed", 2900, -5000, { due: 0, applied: 2900, tooSmall: 0, ending: -2100 }],
    ["a debt", 2900, 100, { due: 3000, applied: -100, tooSmall: 0, ending: 0 }],
    ["a negative total", -700, 0, { due: 0, applied: -700, tooSmall: 0, ending: -700 }],
    ["a negative total and a debt", -700, 1000, { due: 300, applied: -1000, tooSmall: 0, ending: 0 }],
    ["a total below the minimum", 30, 0, { due: 0, applied: 0, tooSmall: 30, ending: 30 }],
    ["a rest below the minimum", 2900, -2880, { due: 0, applied: 2880, tooSmall: 20, ending: 20 }],
    ["a total of one less than the minimum", 49, 0, { due: 0, applied: 0, tooSmall: 49, ending: 49 }],
    ["a total of the minimum", 50, 0, { due: 50, applied: 0, tooSmall: 0, ending: 0 }],
    ["a rest of the minimum", 2900, -2850, { due: 50, applied: 2850, tooSmall: 0, ending: 0 }],
    [
      "a small total that a debt makes the minimum",
      20,
      30,
      { due: 50, applied: -30, tooSmall: 0, ending: 0 },
    ],
    ["a small total and the debt before it", 30, 30, { due: 60, applied: -30, tooSmall: 0, ending: 0 }],
    ["a total of nothing", 0, 0, { due: 0, applied: 0, tooSmall: 0, ending: 0 }],
  ])("settle for %s", (_, total, balance, expected) => {
    expect(settle(total, balance, 50)).toEqual({ starting: balance, ...expected });
  });

  it("agree: what is due and the new balance are the total and the old one", () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, (total, balance) => {
        const { applied, due, ending, starting, tooSmall } = settle(total, balance, 50);
        expect(due + ending).toBe(total + balance);
        expect(starting + applied + tooSmall).toBe(ending);
        expect(due === 0 || due >= 50).toBe(true);
        if (total >= 0 && tooSmall === 0) expect(applied + due).toBe(total);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it("know the least that can be charged in each currency", () => {
    expect(["usd", "gbp", "jpy", "huf", "kwd"].map(minimumCharge)).toEqual([50, 30, 50, 17_500, 0]);
  });
});
