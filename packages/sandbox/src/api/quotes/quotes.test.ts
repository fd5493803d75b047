import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const types = (events: Array<{ type: string }>): string[] =>
  events.map((event) => event.type).filter((type) => type.startsWith("quote."));

describe("quotes", () => {
  it("offers a subscription with its taxes, and starts it when it is accepted", async () => {
    const { stripe, sandbox } = await connect();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 1000)];
    const rate = await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 20 });
    const draft = await stripe.quotes.create({
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 3 }],
      default_tax_rates: [rate.id],
    });
    expect(draft).toMatchObject({ status: "draft", number: null, amount_subtotal: 3000, amount_total: 3600 });
    expect(draft.computed.recurring).toMatchObject({ interval: "month", amount_subtotal: 3000 });
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
    const early = await refusal(stripe.quotes.accept(draft.id));
    expect(early.message).toContain("status of draft");
    const open = await stripe.quotes.finalizeQuote(draft.id);
    expect([open.status, open.number]).toEqual(["open", `QT-${customer.invoice_prefix}-0001-1`]);
    const accepted = await stripe.quotes.accept(draft.id, { expand: ["subscription"] });
    expect(accepted.subscription).toMatchObject({ status: "active" });
    const invoice = await stripe.invoices.retrieve(accepted.invoice as string);
    expect([invoice.status, invoice.total]).toEqual(["paid", 3600]);
    expect(types(sandbox.events())).toEqual(["quote.created", "quote.finalized", "quote.accepted"]);
  });

  it("drafts an invoice for what is bought once, less the promised discount", async () => {
    const { stripe } = await connect();
    const customer = await payer(stripe);
    const product = await stripe.products.create({ name: "Setup" });
    const price = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 5000 });
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: "once" });
    const quote = await stripe.quotes.create({
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      discounts: [{ coupon: coupon.id }],
    });
    expect([quote.amount_total, quote.total_details.amount_discount]).toEqual([4500, 500]);
    const lines = await stripe.quotes.listLineItems(quote.id);
    expect(lines.data[0]).toMatchObject({ object: "item", amount_subtotal: 5000, description: "Setup" });
    await stripe.quotes.finalizeQuote(quote.id);
    const accepted = await stripe.quotes.accept(quote.id);
    const invoice = await stripe.invoices.retrieve(accepted.invoice as string);
    expect(invoice).toMatchObject({ status: "draft", billing_reason: "quote_accept", total: 4500 });
    expect(invoice.parent?.quote_details?.quote).toBe(quote.id);
  });

  it("changes while it is a draft, and is cancelled for good", async () => {
    const { stripe, sandbox } = await connect();
    const [customer, price] = [await stripe.customers.create({}), await recurringPrice(stripe, 1000)];
    const quote = await stripe.quotes.create({ line_items: [{ price: price.id }], header: "Hello" });
    const nobody = await refusal(stripe.quotes.finalizeQuote(quote.id));
    expect(nobody.param).toBe("customer");
    const [line] = (await stripe.quotes.listLineItems(quote.id)).data;
    const changed = await stripe.quotes.update(quote.id, {
      customer: customer.id,
      line_items: [{ id: line?.id ?? "", quantity: 4 }],
    });
    expect([changed.amount_total, changed.header]).toEqual([4000, "Hello"]);
    await stripe.quotes.finalizeQuote(quote.id);
    const frozen = await refusal(stripe.quotes.update(quote.id, { header: "Bye" }));
    expect(frozen.param).toBe("header");
    expect((await stripe.quotes.cancel(quote.id)).status).toBe("canceled");
    expect((await refusal(stripe.quotes.accept(quote.id))).statusCode).toBe(400);
    expect(types(sandbox.events()).at(-1)).toBe("quote.canceled");
    expect((await stripe.quotes.list({ status: "canceled" })).data).toHaveLength(1);
  });

  it("schedules what starts later", async () => {
    const { stripe, sandbox } = await connect({ clock: () => new Date(Date.UTC(2026, 0, 1)) });
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 1000)];
    const starts = Date.UTC(2026, 1, 1) / 1000;
    const quote = await stripe.quotes.create({
      customer: customer.id,
      line_items: [{ price: price.id }],
      subscription_data: { effective_date: starts },
      expires_at: starts,
    });
    await stripe.quotes.finalizeQuote(quote.id);
    const accepted = await stripe.quotes.accept(quote.id);
    expect(accepted.subscription).toBeNull();
    expect(accepted.subscription_schedule).toMatch(/^sub_sched_/);
    sandbox.advance(new Date(Date.UTC(2026, 1, 2)));
    const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data;
    expect(subscription?.start_date).toBe(starts);
  });
});
