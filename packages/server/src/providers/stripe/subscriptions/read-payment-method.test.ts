import type Stripe from "stripe";
import { expect, it } from "vitest";
import { toFailedPayment } from "./read-arrears.js";
import { toPaymentMethod } from "./read-payment-method.js";

const december = { exp_year: 2026, exp_month: 12 };
const january = "2027-01-01T00:00:00.000Z";
const created = Date.UTC(2026, 0, 1) / 1000;
const createdAt = "2026-01-01T00:00:00.000Z";

it.each([
  [
    "a card, which is good to the end of its month",
    {
      object: "payment_method",
      id: "pm_1",
      type: "card",
      created,
      card: { brand: "visa", last4: "4242", ...december },
    },
    { id: "pm_1", brand: "visa", last4: "4242", expiresAt: january, createdAt },
  ],
  [
    "a debit, which never runs out",
    { object: "payment_method", id: "pm_2", type: "sepa_debit", created },
    { id: "pm_2", brand: "sepa_debit", last4: null, expiresAt: null, createdAt },
  ],
  [
    "a card of the old kind, whose age is not known",
    { object: "card", id: "card_1", brand: "Visa", last4: "4242", ...december },
    { id: "card_1", brand: "visa", last4: "4242", expiresAt: january, createdAt: null },
  ],
])("reads %s", (_name, method, expected) => {
  expect(toPaymentMethod(method as unknown as Stripe.PaymentMethod)).toEqual(expected);
});

const invoice = {
  ...{ id: "in_1", amount_remaining: 800, currency: "jpy", attempt_count: 2, attempted: true },
  ...{ next_payment_attempt: created, collection_method: "charge_automatically" },
};

it.each<[string, object[], object | null]>([
  [
    "the one that was tried",
    [invoice],
    { invoiceId: "in_1", amount: 800, currency: "jpy", attempts: 2, nextAttemptAt: createdAt },
  ],
  [
    "of several the latest that was tried",
    [{ ...invoice, id: "in_2", attempted: false }, invoice],
    { invoiceId: "in_1" },
  ],
  ["one that nobody tries again", [{ ...invoice, next_payment_attempt: null }], { nextAttemptAt: null }],
  [
    "one that was sent and is overdue",
    [{ ...invoice, attempted: false, collection_method: "send_invoice", next_payment_attempt: null }],
    { invoiceId: "in_1", attempts: null },
  ],
  [
    "a sum in the currency's own minor unit",
    [{ ...invoice, currency: "isk", amount_remaining: 80_000 }],
    { amount: 800 },
  ],
  ["nothing that was not tried", [{ ...invoice, attempted: false }], null],
  ["nothing where nothing is open", [], null],
])("finds among open invoices %s", (_name, open, expected) => {
  const failed = toFailedPayment(open as unknown as Stripe.Invoice[]);
  if (expected === null) expect(failed).toBeNull();
  else expect(failed).toMatchObject(expected);
});
