import { describe, expect, it } from "vitest";
import { unusedOf } from "./unused-of.js";

const day = 86_400;
const parent = { type: "subscription_item_details" } as const;
type Invoice = Parameters<typeof unusedOf>[0];

/** Lines by amount, first and last day. */
function invoice(amount_paid: number, ...lines: readonly (readonly [number, number, number])[]): Invoice {
  const data = lines.map(([amount, start, end]) => {
    const period = { start: start * day, end: end * day };
    return { amount, period, parent: parent as Invoice["lines"]["data"][number]["parent"] };
  });
  return { amount_paid, lines: { data } };
}

describe("unusedOf", () => {
  it.each<[string, Invoice, number, number]>([
    ["half of a month after half of it", invoice(900, [900, 0, 30]), 15, 450],
    ["all of it before it began", invoice(900, [900, 0, 30]), -1, 900],
    ["nothing of what is over", invoice(900, [900, 0, 30]), 30, 0],
    ["the nearest unit", invoice(1000, [1000, 0, 30]), 10, 667],
    ["by what was paid, not by what is listed: a discount, or credit", invoice(450, [900, 0, 30]), 15, 225],
    ["with the tax on it", invoice(1080, [900, 0, 30]), 15, 540],
    ["of an upgrade, its own shorter time", invoice(1000, [-1000, 15, 30], [2000, 15, 30]), 22.5, 500],
    ["each line by its own period", invoice(1300, [900, 0, 30], [400, 0, 60]), 30, 200],
    ["nothing of what was for free", invoice(0, [0, 0, 14]), 7, 0],
    ["nothing of a credit", invoice(0, [-500, 0, 30]), 15, 0],
  ])("is %s", (_, paid, at, unused) => {
    expect(unusedOf(paid, at * day)).toBe(unused);
  });
});
