import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, payer, refusal } from "../../../test/connect.js";

const types = (events: Array<{ type: string }>): string[] => events.map((event) => event.type);

/** A draft with one line. */
const draftOf = async (
  { stripe }: Connected,
  customer: string,
  amount: number,
  params: Stripe.InvoiceCreateParams = {},
): Promise<Stripe.Invoice> => {
  await stripe.invoiceItems.create({ customer, amount, currency: "usd", description: "Work" });
  return stripe.invoices.create({ customer, pending_invoice_items_behavior: "include", ...params });
};

describe("manual invoices", () => {
  it("starts as a draft that stays one, and becomes payable under a number and an address when finalized", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const draft = await draftOf(shop, customer.id, 2000, { description: "Thanks", metadata: { a: "b" } });
    expect(draft).toMatchObject({
      status: "draft",
      billing_reason: "manual",
      auto_advance: false,
      number: null,
      hosted_invoice_url: null,
      automatically_finalizes_at: null,
      description: "Thanks",
      total: 2000,
    });
    const before = shop.sandbox.events().length;
    const open = await shop.stripe.invoices.finalizeInvoice(draft.id, {
      expand: ["payments", "confirmation_secret"],
    });
    expect(open).toMatchObject({ status: "open", amount_remaining: 2000, attempted: false });
    expect(open.number).toMatch(/-0001$/);
    expect(open.hosted_invoice_url).toContain(`${shop.sandbox.url}/i/acct_`);
    expect(open.invoice_pdf).toMatch(/\/pdf\?s=ap$/);
    expect(open.payments?.data[0]).toMatchObject({
      status: "open",
      is_default: true,
      amount_requested: 2000,
    });
    expect(open.confirmation_secret?.client_secret).toMatch(/^pi_/);
    expect(types(shop.sandbox.events().slice(before))).toEqual([
      "invoice.finalized",
      "payment_intent.created",
    ]);
    const again = await refusal(shop.stripe.invoices.finalizeInvoice(draft.id));
    expect(again.message).toBe(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
    );
  });

  it("pays a draft in one step, and announces it in Stripe's order", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const draft = await draftOf(shop, customer.id, 2000);
    const before = shop.sandbox.events().length;
    const paid = await shop.stripe.invoices.pay(draft.id);
    expect(paid).toMatchObject({ status: "paid", amount_paid: 2000, attempt_count: 1, attempted: true });
    const events = shop.sandbox.events().slice(before);
    expect(types(events).filter((type) => /^(invoice|charge|payment_intent)/.test(type))).toEqual([
      "invoice.finalized",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
    const updated = events.find((event) => event.type === "invoice.updated");
    expect(updated?.data.previous_attributes).toMatchObject({ status: "open", amount_paid: 0 });
    expect((await refusal(shop.stripe.invoices.pay(draft.id))).message).toBe("Invoice is already paid");
  });

  it("pays what costs nothing as soon as it is finalized", async () => {
    const { stripe } = await connect();
    const customer = await stripe.customers.create({});
    const draft = await stripe.invoices.create({ customer: customer.id });
    expect(await stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({
      status: "paid",
      attempted: true,
      attempt_count: 0,
    });
  });

  it("keeps an invoice open when the card is declined, and needs a card to begin with", async () => {
    const shop = await connect();
    const bare = await shop.stripe.customers.create({});
    const unpayable = await draftOf(shop, bare.id, 900);
    const none = await refusal(shop.stripe.invoices.pay(unpayable.id));
    expect([none.statusCode, none.code]).toEqual([400, "resource_missing"]);
    expect((await shop.stripe.invoices.retrieve(unpayable.id)).status).toBe("draft");
    const customer = await payer(shop.stripe, "pm_card_chargeCustomerFail");
    const draft = await draftOf(shop, customer.id, 900);
    const declined = await refusal(shop.stripe.invoices.pay(draft.id));
    expect([declined.statusCode, declined.code]).toEqual([402, "card_declined"]);
    expect(await shop.stripe.invoices.retrieve(draft.id)).toMatchObject({ status: "open", attempt_count: 1 });
    expect(types(shop.sandbox.events()).slice(-2)).toEqual(["invoice.updated", "invoice.payment_failed"]);
    const outside = await shop.stripe.invoices.pay(draft.id, { paid_out_of_band: true });
    expect([outside.status, outside.amount_paid_off_stripe]).toEqual(["paid", 900]);
    const last = types(shop.sandbox.events());
    expect(last.at(-1)).toBe("invoice.paid");
    expect(last).not.toContain("invoice.payment_succeeded");
  });

  it("finalizes and collects by itself an hour later when it is to advance", async () => {
    const shop = await connect({ clock: () => new Date(Date.UTC(2026, 0, 1)) });
    const customer = await payer(shop.stripe);
    const draft = await draftOf(shop, customer.id, 700, { auto_advance: true });
    expect([draft.automatically_finalizes_at, draft.next_payment_attempt]).toEqual([
      draft.created + 3601,
      draft.created + 3600,
    ]);
    const held = await shop.stripe.invoices.update(draft.id, { auto_advance: false });
    expect([held.automatically_finalizes_at, held.next_payment_attempt]).toEqual([null, null]);
    await shop.stripe.invoices.update(draft.id, { auto_advance: true });
    shop.sandbox.advance(new Date(Date.UTC(2026, 0, 1, 1, 1)));
    const paid = await shop.stripe.invoices.retrieve(draft.id);
    expect([paid.status, paid.status_transitions.finalized_at]).toEqual(["paid", draft.created + 3600]);
  });

  it("is sent with a due date, which can't be given where a card is charged", async () => {
    const shop = await connect();
    const customer = await shop.stripe.customers.create({ email: "ada@example.com" });
    const none = await refusal(
      shop.stripe.invoices.create({ customer: customer.id, collection_method: "send_invoice" }),
    );
    expect(none.message).toContain("you must specify 'due_date' or 'days_until_due'");
    const wrong = await refusal(shop.stripe.invoices.create({ customer: customer.id, days_until_due: 3 }));
    expect(wrong.message).toContain("if invoice collection method is 'send_invoice'");
    const draft = await draftOf(shop, customer.id, 900, {
      collection_method: "send_invoice",
      days_until_due: 30,
    });
    expect(draft.due_date).toBe(draft.created + 30 * 86_400);
    const sent = await shop.stripe.invoices.sendInvoice(draft.id);
    expect(sent.status).toBe("open");
    expect(types(shop.sandbox.events()).at(-1)).toBe("invoice.sent");
    const due = await shop.stripe.invoices.list({ due_date: { gte: draft.created + 29 * 86_400 } });
    expect(due.data.map((row) => row.id)).toEqual([draft.id]);
  });

  it("becomes uncollectible, is paid after all, or is voided, and says so", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const one = await draftOf(shop, customer.id, 500);
    const early = await refusal(shop.stripe.invoices.voidInvoice(one.id));
    expect(early.message).toBe("You can only pass in open invoices. This invoice isn't open.");
    await shop.stripe.invoices.finalizeInvoice(one.id);
    expect((await shop.stripe.invoices.markUncollectible(one.id)).status).toBe("uncollectible");
    expect(types(shop.sandbox.events()).slice(-2)).toEqual([
      "invoice.updated",
      "invoice.marked_uncollectible",
    ]);
    expect((await shop.stripe.invoices.pay(one.id)).status).toBe("paid");
    const paid = await refusal(shop.stripe.invoices.voidInvoice(one.id));
    expect(paid.message).toBe("Invoices with `paid` payments cannot be voided.");
    const two = await draftOf(shop, customer.id, 500);
    await shop.stripe.invoices.finalizeInvoice(two.id);
    const voided = await shop.stripe.invoices.voidInvoice(two.id, { expand: ["payments"] });
    expect([voided.status, voided.payments?.data[0]?.status]).toEqual(["void", "canceled"]);
    expect(types(shop.sandbox.events()).slice(-3)).toEqual([
      "invoice.updated",
      "payment_intent.canceled",
      "invoice.voided",
    ]);
  });

  it("deletes drafts only, and freezes what is finalized but for its metadata", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const gone = await draftOf(shop, customer.id, 500);
    expect(await shop.stripe.invoices.del(gone.id)).toMatchObject({ id: gone.id, deleted: true });
    expect(types(shop.sandbox.events()).at(-1)).toBe("invoice.deleted");
    expect((await refusal(shop.stripe.invoices.retrieve(gone.id))).param).toBe("invoice");
    const kept = await draftOf(shop, customer.id, 500);
    await shop.stripe.invoices.finalizeInvoice(kept.id);
    expect((await refusal(shop.stripe.invoices.del(kept.id))).message).toBe(
      "You can only delete draft invoices.",
    );
    const frozen = await refusal(shop.stripe.invoices.update(kept.id, { description: "no" }));
    expect([frozen.message, frozen.param]).toEqual([
      "Finalized invoices can't be updated in this way",
      "description",
    ]);
    expect((await shop.stripe.invoices.update(kept.id, { metadata: { k: "v" } })).metadata).toEqual({
      k: "v",
    });
  });

  it("adds, changes and removes lines of a draft, and of nothing else", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const draft = await draftOf(shop, customer.id, 500);
    const added = await shop.stripe.invoices.addLines(draft.id, {
      lines: [{ amount: 300, description: "Extra" }],
    });
    expect(added.lines.data.map((line) => line.amount)).toEqual([300, 500]);
    const [extra, work] = added.lines.data;
    const line = await shop.stripe.invoices.updateLineItem(draft.id, extra?.id ?? "", { amount: 400 });
    expect([line.object, line.amount]).toEqual(["line_item", 400]);
    const updated = await shop.stripe.invoices.updateLines(draft.id, {
      lines: [{ id: work?.id ?? "", description: "Labour" }],
    });
    expect([updated.total, updated.lines.data[1]?.description]).toEqual([900, "Labour"]);
    const told = shop.sandbox.events().at(-1);
    expect([told?.type, told?.data.previous_attributes?.lines]).toMatchObject(["invoice.updated", {}]);
    const removed = await shop.stripe.invoices.removeLines(draft.id, {
      lines: [
        { id: extra?.id ?? "", behavior: "delete" },
        { id: work?.id ?? "", behavior: "unassign" },
      ],
    });
    expect([removed.total, removed.lines.data.length]).toEqual([0, 0]);
    const pending = await shop.stripe.invoiceItems.list({ pending: true });
    expect(pending.data.map((item) => item.description)).toEqual(["Labour"]);
    await shop.stripe.invoices.finalizeInvoice(draft.id);
    const late = await refusal(shop.stripe.invoices.addLines(draft.id, { lines: [{ amount: 1 }] }));
    expect(late.code).toBe("invoice_not_editable");
  });

  it("takes a line's own discount off, and adds no line at all when one of them can't be discounted", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const draft = await draftOf(shop, customer.id, 500);
    const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: "once" });
    const wrong = await refusal(
      shop.stripe.invoices.addLines(draft.id, {
        lines: [{ amount: 100 }, { amount: 100, discounts: [{ coupon: "none" }] }],
      }),
    );
    expect([wrong.statusCode, (await shop.stripe.invoices.retrieve(draft.id)).total]).toEqual([400, 500]);
    const added = await shop.stripe.invoices.addLines(draft.id, {
      lines: [{ amount: 300, discounts: [{ coupon: coupon.id }] }],
    });
    // An item's own discounts are in the subtotal already, unlike those of the invoice.
    expect([added.subtotal, added.total]).toEqual([650, 650]);
  });

  it("is paid in parts by intents that are attached to it", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const draft = await draftOf(shop, customer.id, 1000);
    await shop.stripe.invoices.finalizeInvoice(draft.id);
    const part = await shop.stripe.paymentIntents.create({
      amount: 400,
      currency: "usd",
      customer: customer.id,
      payment_method: "pm_card_visa",
    });
    const attached = await shop.stripe.invoices.attachPayment(draft.id, { payment_intent: part.id });
    expect(attached.amount_paid).toBe(0);
    await shop.stripe.paymentIntents.confirm(part.id, { return_url: "https://app.test" });
    const partly = await shop.stripe.invoices.retrieve(draft.id, { expand: ["payments"] });
    expect([partly.status, partly.amount_paid, partly.amount_remaining]).toEqual(["open", 400, 600]);
    const paid = await shop.stripe.invoices.pay(draft.id, { expand: ["payments"] });
    expect([paid.status, paid.amount_paid, paid.amount_remaining]).toEqual(["paid", 1000, 0]);
    expect(paid.payments?.data.map((payment) => payment.amount_paid).sort()).toEqual([400, 600]);
    const payments = await shop.stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: part.id },
    });
    expect(payments.data.map((payment) => payment.invoice)).toEqual([draft.id]);
  });

  it("revises an open invoice: the revision takes its place once it is finalized", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const first = await draftOf(shop, customer.id, 1000);
    await shop.stripe.invoices.finalizeInvoice(first.id);
    const revision = await shop.stripe.invoices.create({
      from_invoice: { action: "revision", invoice: first.id },
    });
    expect([revision.status, revision.total, revision.from_invoice?.invoice]).toEqual([
      "draft",
      1000,
      first.id,
    ]);
    await shop.stripe.invoices.finalizeInvoice(revision.id);
    expect(await shop.stripe.invoices.retrieve(first.id)).toMatchObject({
      status: "void",
      latest_revision: revision.id,
    });
  });
});
