import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, payer, refusal } from "../../../test/connect.js";

const types = (events: Array<{ type: string }>): string[] => events.map((event) => event.type);

const openInvoice = async (
  { stripe }: Connected,
  amount: number,
  items: Partial<Stripe.InvoiceItemCreateParams> = {},
): Promise<Stripe.Invoice> => {
  const customer = await payer(stripe);
  const draft = await stripe.invoices.create({ customer: customer.id });
  await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount,
    currency: "usd",
    ...items,
  });
  return stripe.invoices.finalizeInvoice(draft.id);
};

describe("credit notes", () => {
  it("takes from what an open invoice still asks for, and pays it when nothing is left", async () => {
    const shop = await connect();
    const invoice = await openInvoice(shop, 1000);
    const note = await shop.stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 400,
      reason: "order_change",
      memo: "Sorry",
    });
    expect(note).toMatchObject({
      amount: 400,
      type: "pre_payment",
      pre_payment_amount: 400,
      post_payment_amount: 0,
      status: "issued",
      number: `${invoice.number}-CN-01`,
    });
    const reduced = await shop.stripe.invoices.retrieve(invoice.id, { expand: ["payments"] });
    expect([reduced.amount_due, reduced.amount_remaining, reduced.pre_payment_credit_notes_amount]).toEqual([
      600, 600, 400,
    ]);
    expect(reduced.payments?.data[0]?.amount_requested).toBe(600);
    await shop.stripe.creditNotes.create({ invoice: invoice.id, amount: 600 });
    const paid = await shop.stripe.invoices.retrieve(invoice.id);
    expect([paid.status, paid.amount_paid, paid.amount_remaining]).toEqual(["paid", 0, 0]);
    const told = types(shop.sandbox.events());
    expect(told.at(-1)).toBe("invoice.paid");
    expect(told.filter((type) => type === "credit_note.created")).toHaveLength(2);
    expect(told).not.toContain("invoice.payment_succeeded");
  });

  it("gives back what was paid: to the card, onto the balance, and outside Stripe", async () => {
    const shop = await connect();
    const invoice = await openInvoice(shop, 1000);
    await shop.stripe.invoices.pay(invoice.id);
    const uneven = await refusal(shop.stripe.creditNotes.create({ invoice: invoice.id, amount: 500 }));
    expect(uneven.message).toContain(
      "The sum of credit amount, refund amount and out of band amount ($0.00)",
    );
    const note = await shop.stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 500,
      refund_amount: 300,
      credit_amount: 150,
      out_of_band_amount: 50,
    });
    expect(note).toMatchObject({ type: "post_payment", post_payment_amount: 500, out_of_band_amount: 50 });
    const refund = await shop.stripe.refunds.retrieve(note.refunds[0]?.refund as string);
    expect(refund.amount).toBe(300);
    const customer = await shop.stripe.customers.retrieve(invoice.customer as string);
    expect(customer).toMatchObject({ balance: -150 });
    expect(note.customer_balance_transaction).toMatch(/^cbtxn_/);
    const after = await shop.stripe.invoices.retrieve(invoice.id);
    expect([after.status, after.post_payment_credit_notes_amount]).toEqual(["paid", 500]);
    const late = await refusal(shop.stripe.creditNotes.voidCreditNote(note.id));
    expect(late.statusCode).toBe(400);
  });

  it("never credits more than the invoice's total, drafts not at all, and changes nothing when refused", async () => {
    const shop = await connect();
    const invoice = await openInvoice(shop, 1000);
    await shop.stripe.creditNotes.create({ invoice: invoice.id, amount: 700 });
    const before = shop.sandbox.events().length;
    const much = await refusal(shop.stripe.creditNotes.create({ invoice: invoice.id, amount: 301 }));
    expect([much.statusCode, much.param]).toEqual([400, "amount"]);
    const empty = await refusal(shop.stripe.creditNotes.create({ invoice: invoice.id }));
    expect(empty.code).toBe("parameter_missing");
    expect(shop.sandbox.events()).toHaveLength(before);
    const draft = await shop.stripe.invoices.create({ customer: invoice.customer as string });
    const early = await refusal(shop.stripe.creditNotes.create({ invoice: draft.id, amount: 1 }));
    expect(early.param).toBe("invoice");
  });

  it("credits lines by quantity or amount with their taxes, as its preview says", async () => {
    const shop = await connect();
    const rate = await shop.stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 20 });
    const product = await shop.stripe.products.create({ name: "Seat" });
    const price = await shop.stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 250 });
    const customer = await payer(shop.stripe);
    const draft = await shop.stripe.invoices.create({ customer: customer.id });
    await shop.stripe.invoiceItems.create({
      customer: customer.id,
      invoice: draft.id,
      pricing: { price: price.id },
      quantity: 4,
      tax_rates: [rate.id],
    });
    const invoice = await shop.stripe.invoices.finalizeInvoice(draft.id);
    expect([invoice.subtotal, invoice.total]).toEqual([1000, 1200]);
    const params = {
      invoice: invoice.id,
      lines: [{ type: "invoice_line_item", invoice_line_item: invoice.lines.data[0]?.id ?? "", quantity: 1 }],
    } satisfies Stripe.CreditNotePreviewParams;
    const preview = await shop.stripe.creditNotes.preview(params);
    expect([preview.subtotal, preview.total, preview.total_taxes?.[0]?.amount]).toEqual([250, 300, 50]);
    expect((await shop.stripe.creditNotes.list({ invoice: invoice.id })).data).toEqual([]);
    const note = await shop.stripe.creditNotes.create(params);
    expect([note.total, note.lines.data[0]?.quantity]).toEqual([300, 1]);
    const lines = await shop.stripe.creditNotes.listLineItems(note.id);
    expect(lines.data[0]?.invoice_line_item).toBe(invoice.lines.data[0]?.id);
  });

  it("can be voided while the invoice is open, and announces every step", async () => {
    const shop = await connect();
    const invoice = await openInvoice(shop, 1000);
    const note = await shop.stripe.creditNotes.create({ invoice: invoice.id, amount: 400 });
    await shop.stripe.creditNotes.update(note.id, { memo: "Oops", metadata: { a: "b" } });
    const voided = await shop.stripe.creditNotes.voidCreditNote(note.id);
    expect([voided.status, voided.memo]).toEqual(["void", "Oops"]);
    expect((await shop.stripe.invoices.retrieve(invoice.id)).amount_remaining).toBe(1000);
    expect(types(shop.sandbox.events()).filter((type) => type.startsWith("credit_note"))).toEqual([
      "credit_note.created",
      "credit_note.updated",
      "credit_note.voided",
    ]);
    expect((await refusal(shop.stripe.creditNotes.voidCreditNote(note.id))).statusCode).toBe(400);
  });
});
