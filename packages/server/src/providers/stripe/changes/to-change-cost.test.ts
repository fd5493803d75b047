import type Stripe from "stripe";
import { expect, test } from "vitest";
import { balanceWithout, toNextInvoice } from "./to-change-cost.js";

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

test.each([
  ["all of it", -1_000, 598],
  ["nothing where the rest is too little to be charged", -1_597, 0],
  ["nothing where credit pays for all of it", -2_000, 0],
])("of the next invoice is charged, after a change of the balance, %s", (_, left, due) => {
  const foreseen = {
    currency: "usd",
    starting_balance: -500,
    total: 1_598,
    amount_due: 1_098,
  } as Stripe.Invoice;
  expect(toNextInvoice(foreseen, 0, left)).toMatchObject({ total: 1_598, due });
});
