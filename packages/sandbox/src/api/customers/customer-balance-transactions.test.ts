import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const options = { clock: () => new Date(Date.UTC(2026, 0, 15)) };

const subscribe = async (
  stripe: Stripe,
  customer: Stripe.Customer,
  amount: number,
): Promise<Stripe.Invoice> => {
  const price = await recurringPrice(stripe, amount);
  const { latest_invoice } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    expand: ["latest_invoice"],
  });
  return latest_invoice as Stripe.Invoice;
};

const history = async (stripe: Stripe, customer: Stripe.Customer) =>
  (await stripe.customers.listBalanceTransactions(customer.id)).data.map(
    ({ amount, ending_balance, type }) => [type, amount, ending_balance],
  );

describe("a customer's balance", () => {
  it("is changed by adjustments, each with the balance after it", async () => {
    const { sandbox, stripe } = await connect(options);
    const customer = await stripe.customers.create();
    const credit = await stripe.customers.createBalanceTransaction(customer.id, {
      amount: -500,
      currency: "usd",
      description: "Sorry",
    });
    expect(credit).toMatchObject({ type: "adjustment", amount: -500, ending_balance: -500 });
    await stripe.customers.createBalanceTransaction(customer.id, { amount: 200, currency: "usd" });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -300, currency: "usd" });
    const update = sandbox.events().find((event) => event.type === "customer.updated");
    expect(update?.data.previous_attributes).toEqual({ balance: 0, currency: null });
    const changed = await stripe.customers.updateBalanceTransaction(customer.id, credit.id, {
      metadata: { why: "late" },
    });
    expect(changed).toMatchObject({ metadata: { why: "late" }, description: "Sorry" });
    const other = await stripe.customers.create();
    expect((await refusal(stripe.customers.retrieveBalanceTransaction(other.id, credit.id))).statusCode).toBe(
      404,
    );
  });

  it("is kept per currency", async () => {
    const { stripe } = await connect(options);
    const customer = await stripe.customers.create();
    await stripe.customers.createBalanceTransaction(customer.id, { amount: -500, currency: "usd" });
    await stripe.customers.createBalanceTransaction(customer.id, { amount: -70, currency: "eur" });
    const shown = await stripe.customers.retrieve(customer.id, { expand: ["invoice_credit_balance"] });
    expect(shown).toMatchObject({ balance: -500, invoice_credit_balance: { usd: -500, eur: -70 } });
  });

  it("can be set outright, which is an adjustment too", async () => {
    const { stripe } = await connect(options);
    const customer = await stripe.customers.create({ balance: -1000 });
    expect(customer.balance).toBe(-1000);
    await stripe.customers.update(customer.id, { balance: -400 });
    expect(await history(stripe, customer)).toEqual([
      ["adjustment", 600, -400],
      ["initial", -1000, -1000],
    ]);
  });

  it("pays an invoice when it is finalized", async () => {
    const { stripe } = await connect(options);
    const customer = await payer(stripe);
    await stripe.customers.createBalanceTransaction(customer.id, { amount: -500, currency: "usd" });
    const invoice = await subscribe(stripe, customer, 2000);
    expect(invoice).toMatchObject({
      total: 2000,
      amount_due: 1500,
      amount_paid: 1500,
      starting_balance: -500,
      ending_balance: 0,
    });
    expect(await history(stripe, customer)).toEqual([
      ["applied_to_invoice", 500, 0],
      ["adjustment", -500, -500],
    ]);
  });

  it("carries what is too little to be charged over to the next invoice", async () => {
    const { stripe } = await connect(options);
    const customer = await payer(stripe);
    const small = await subscribe(stripe, customer, 30);
    expect(small).toMatchObject({ total: 30, amount_due: 0, status: "paid", ending_balance: 30 });
    expect(await history(stripe, customer)).toEqual([["invoice_too_small", 30, 30]]);
    expect(await subscribe(stripe, customer, 1000)).toMatchObject({ amount_due: 1030, starting_balance: 30 });
  });

  it("gets back what a voided invoice used", async () => {
    const { stripe } = await connect(options);
    const customer = await payer(stripe);
    await stripe.customers.createBalanceTransaction(customer.id, { amount: -500, currency: "usd" });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 2000, currency: "usd" });
    const { id } = await stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: "include",
      auto_advance: false,
    });
    await stripe.invoices.finalizeInvoice(id);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: 0 });
    await stripe.invoices.voidInvoice(id);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -500 });
    expect((await history(stripe, customer))[0]).toEqual(["unapplied_from_invoice", -500, -500]);
  });
});
