import type Stripe from "stripe";
import { expect, it } from "vitest";
import { toArrears } from "./read-arrears.js";

const month = (n: number) => Date.UTC(2026, n, 1) / 1000;
const at = (n: number) => new Date(Date.UTC(2026, n, 1)).toISOString();

/** A paid invoice for `total`, with lines from month to month. */
function invoice(total: number, ...lines: (readonly [number, number, string?])[]) {
  const data = lines.map(([start, end, type = "subscription_item_details"]) => ({
    period: { start: month(start), end: month(end) },
    parent: { type },
  }));
  return { total, lines: { data } } as unknown as Stripe.Invoice;
}

it.each([
  ["nothing was invoiced", [], null],
  ["only a trial was", [invoice(0, [0, 1])], null],
  ["a month was paid", [invoice(2900, [0, 1])], [0, 1]],
  ["the trial before it was free", [invoice(2900, [1, 2]), invoice(0, [0, 1])], [1, 2]],
  [
    "several months were, in whichever order they come",
    [invoice(2900, [0, 1]), invoice(2900, [1, 2])],
    [1, 2],
  ],
  ["a later month was on the house", [invoice(0, [1, 2]), invoice(2900, [0, 1])], [1, 2]],
  ["a change within the period was paid", [invoice(900, [1, 4]), invoice(2900, [0, 4])], [0, 4]],
  [
    "a service period set by hand runs longer",
    [invoice(2900, [0, 1]), invoice(100, [0, 9, "invoice_item_details"])],
    [0, 1],
  ],
] as const)("says what is paid: %s", (_name, paid, period) => {
  const paidPeriod = period && { start: at(period[0]), end: at(period[1]) };
  expect(toArrears(paid)).toEqual({ paidPeriod });
});
