import fc from "fast-check";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { live, openShop, type Shop, steps } from "./random-history.js";

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

const checkInvoice = (invoice: Stripe.Invoice): void => {
  const discounts = sum(invoice.total_discount_amounts ?? [], ({ amount }) => amount);
  const exclusive = (invoice.total_taxes ?? []).filter((tax) => tax.tax_behavior === "exclusive");
  expect(
    sum(invoice.lines.data, ({ amount }) => amount),
    "lines are the subtotal",
  ).toBe(invoice.subtotal);
  expect(invoice.subtotal - discounts + sum(exclusive, ({ amount }) => amount), "the total").toBe(
    invoice.total,
  );
  expect(
    sum(invoice.lines.data, (line) => sum(line.discount_amounts ?? [], ({ amount }) => amount)),
    "discounts of the lines",
  ).toBe(discounts);
  expect(invoice.amount_paid + invoice.amount_remaining, "paid and open").toBe(
    invoice.amount_due - (invoice.pre_payment_credit_notes_amount ?? 0),
  );
  for (const amount of [invoice.amount_due, invoice.amount_paid, invoice.amount_remaining])
    expect(amount).toBeGreaterThanOrEqual(0);
  if (invoice.status !== "draft" && invoice.ending_balance !== null)
    expect(invoice.total + invoice.starting_balance, "the balance takes the rest").toBe(
      invoice.amount_due + invoice.ending_balance,
    );
};

const checkPayments = async ({ stripe, customer }: Shop, invoices: Stripe.Invoice[]): Promise<void> => {
  const payments = (await stripe.invoicePayments.list({ limit: 100 })).data;
  for (const invoice of invoices) {
    const own = payments.filter((row) => row.invoice === invoice.id && row.status === "paid");
    expect(
      sum(own, (row) => row.amount_paid ?? 0),
      `payments of ${invoice.id}`,
    ).toBe(invoice.amount_paid);
  }
  const intents = (await stripe.paymentIntents.list({ customer, limit: 100 })).data;
  const charges = (await stripe.charges.list({ customer, limit: 100 })).data;
  const refunds = (await stripe.refunds.list({ limit: 100 })).data;
  for (const intent of intents) {
    const own = charges.filter((row) => row.payment_intent === intent.id && row.paid);
    expect(
      sum(own, (row) => row.amount_captured),
      `charges of ${intent.id}`,
    ).toBe(intent.amount_received);
  }
  for (const charge of charges) {
    const own = refunds.filter((row) => row.charge === charge.id && row.status === "succeeded");
    expect(
      sum(own, (row) => row.amount),
      `refunds of ${charge.id}`,
    ).toBe(charge.amount_refunded);
    expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount_captured);
  }
};

const checkBalance = async ({ stripe, customer }: Shop): Promise<void> => {
  const found = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  const moves = (await stripe.customers.listBalanceTransactions(customer, { limit: 100 })).data;
  expect(
    sum(moves, ({ amount }) => amount),
    "the balance is the sum of its moves",
  ).toBe(found.balance);
  if (moves[0]) expect(moves[0].ending_balance).toBe(found.balance);
};

const checkBooks = async (shop: Shop): Promise<void> => {
  const invoices = (await shop.stripe.invoices.list({ customer: shop.customer, limit: 100 })).data;
  for (const invoice of invoices) checkInvoice(invoice);
  await checkPayments(shop, invoices);
  await checkBalance(shop);
};

describe("money", () => {
  it("never appears or vanishes: lines, totals, payments and balances agree after every history", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const shop = await openShop();
        for (const step of history) await live(shop, step);
        await checkBooks(shop);
        expect(shop.collection.faults(shop.sandbox)).toEqual([]);
      }),
      // `pnpm prove` plays more.
      { numRuns: Number(process.env.TOLLGATE_BOOKS ?? 12), seed: 20_261_121 },
    );
  }, 300_000);
});
