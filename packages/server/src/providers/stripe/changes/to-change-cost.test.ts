import type Stripe from "stripe";
import { expect, test } from "vitest";
import { balanceWithout } from "./to-change-cost.js";

const invoice = (status: Stripe.Invoice.Status, total: number) => ({ status, total }) as Stripe.Invoice;

test.each([
  ["a renewal's draft takes its part of the credit", invoice("draft", 989), -20_000, -19_011],
  ["a draft takes all of a credit that is smaller", invoice("draft", 989), -500, 0],
  ["a draft collects what is owed", invoice("draft", 989), 300, 0],
  ["a draft that gives something back adds to the credit", invoice("draft", -200), -500, -700],
  ["what is finalized has taken it", invoice("open", 989), -20_000, -20_000],
  ["what is paid has taken it", invoice("paid", 989), -20_000, -20_000],
  ["of an invoice nobody asked for nothing is known", "in_1", -20_000, -20_000],
  ["nothing was billed yet", null, -20_000, -20_000],
])("%s", (_, latest, balance, left) => {
  expect(balanceWithout(latest, balance)).toBe(left);
});
