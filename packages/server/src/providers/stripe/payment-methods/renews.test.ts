import { expect, test } from "vitest";
import { renews } from "./list-payment-methods.js";

const running = {
  status: "active",
  cancel_at: null,
  cancel_at_period_end: false,
  items: { data: [{ current_period_end: 200 }, { current_period_end: 100 }] },
} as const;

test.each<[string, Partial<Parameters<typeof renews>[0]>, boolean]>([
  ["runs", {}, true],
  ["is in a trial", { status: "trialing" }, true],
  ["is past due", { status: "past_due" }, true],
  ["is unpaid", { status: "unpaid" }, true],
  ["is paused in full", { status: "paused" }, false],
  ["waits for its first payment", { status: "incomplete" }, false],
  ["ends with the period", { cancel_at_period_end: true }, false],
  ["ends at a date before its next invoice", { cancel_at: 100 }, false],
  ["ends at a date after its next invoice", { cancel_at: 101 }, true],
])("a subscription that %s", (_, own, expected) => {
  expect(renews({ ...running, ...own })).toBe(expected);
});
