import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

describe("invoice items", () => {
  it("waits for the customer's next invoice, with a price of its own behind the amount", async () => {
    const { stripe, sandbox } = await connect();
    const customer = await stripe.customers.create({});
    const item = await stripe.invoiceItems.create({
      customer: customer.id,
      amount: 1500,
      currency: "usd",
      description: "Setup",
      metadata: { order: "7" },
    });
    expect(item).toMatchObject({ amount: 1500, invoice: null, proration: false, quantity: 1 });
    const price = await stripe.prices.retrieve(item.pricing?.price_details?.price as string);
    expect(price).toMatchObject({ active: false, type: "one_time", unit_amount: 1500 });
    expect(sandbox.events().at(-1)?.type).toBe("invoiceitem.created");
    const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map((row) => row.id)).toEqual([item.id]);
    const empty = await stripe.invoices.create({ customer: customer.id });
    expect(empty.lines.data).toEqual([]);
    const invoice = await stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: "include",
    });
    expect(invoice.lines.data[0]).toMatchObject({
      amount: 1500,
      description: "Setup",
      metadata: { order: "7" },
      parent: { type: "invoice_item_details", invoice_item_details: { invoice_item: item.id } },
    });
    expect((await stripe.invoiceItems.retrieve(item.id)).invoice).toBe(invoice.id);
  });

  it("multiplies a price by its quantity, and rounds decimals half up once", async () => {
    const { stripe } = await connect();
    const customer = await stripe.customers.create({});
    const product = await stripe.products.create({ name: "Hour" });
    const price = await stripe.prices.create({ currency: "usd", unit_amount: 250, product: product.id });
    const hours = await stripe.invoiceItems.create({
      customer: customer.id,
      pricing: { price: price.id },
      quantity: 3,
    });
    expect([hours.amount, hours.description, hours.currency]).toEqual([750, "Hour", "usd"]);
    const data = { currency: "usd", product: product.id, unit_amount_decimal: Stripe.Decimal.from("0.5") };
    const fraction = await stripe.invoiceItems.create({
      customer: customer.id,
      price_data: data,
      quantity: 3,
    });
    expect(fraction.amount).toBe(2);
    const changed = await stripe.invoiceItems.update(hours.id, { quantity: 4 });
    expect([changed.amount, changed.quantity]).toEqual([1000, 4]);
  });

  it("refuses what has no price, two prices, or a recurring one, and leaves nothing behind", async () => {
    const { stripe, sandbox } = await connect();
    const customer = await stripe.customers.create({});
    const monthly = await recurringPrice(stripe, 900);
    const before = sandbox.events().length;
    const base = { customer: customer.id, currency: "usd" };
    const bare = await refusal(stripe.invoiceItems.create(base));
    expect([bare.statusCode, bare.code]).toEqual([400, "parameter_missing"]);
    const both = await refusal(stripe.invoiceItems.create({ ...base, amount: 1, quantity: 2 }));
    expect([both.code, both.param]).toEqual(["parameters_exclusive", "amount"]);
    const recurring = await refusal(stripe.invoiceItems.create({ ...base, pricing: { price: monthly.id } }));
    expect(recurring.message).toContain("only accepts prices with `type=one_time`");
    expect((await refusal(stripe.invoiceItems.retrieve("ii_none"))).statusCode).toBe(404);
    expect(sandbox.events()).toHaveLength(before);
    expect((await stripe.invoiceItems.list({ customer: customer.id })).data).toEqual([]);
  });

  it("changes and deletes an item on a draft together with its line, and neither once it is finalized", async () => {
    const { stripe, sandbox } = await connect();
    const customer = await stripe.customers.create({});
    const draft = await stripe.invoices.create({ customer: customer.id });
    const of = { customer: customer.id, invoice: draft.id, currency: "usd" };
    const first = await stripe.invoiceItems.create({ ...of, amount: 1000 });
    const second = await stripe.invoiceItems.create({ ...of, amount: 500 });
    await stripe.invoiceItems.update(first.id, { amount: 2000, description: "More" });
    const changed = await stripe.invoices.retrieve(draft.id);
    expect(changed.total).toBe(2500);
    expect(changed.lines.data.map((line) => [line.amount, line.description])).toEqual([
      [500, null],
      [2000, "More"],
    ]);
    expect(await stripe.invoiceItems.del(second.id)).toEqual({
      id: second.id,
      object: "invoiceitem",
      deleted: true,
    });
    expect(sandbox.events().at(-1)?.type).toBe("invoiceitem.deleted");
    expect((await stripe.invoices.finalizeInvoice(draft.id)).total).toBe(2000);
    const late = await refusal(stripe.invoiceItems.update(first.id, { amount: 1 }));
    expect(late.code).toBe("invoice_not_editable");
    const kept = await refusal(stripe.invoiceItems.del(first.id));
    expect([kept.code, kept.message]).toEqual([
      undefined,
      "Can't delete an invoice item that is attached to an invoice that is no longer editable",
    ]);
    const note = await stripe.invoiceItems.update(first.id, { metadata: { seen: "yes" } });
    expect(note.metadata).toEqual({ seen: "yes" });
  });

  it("holds a change's prorations until the renewal bills them", async () => {
    const { stripe, sandbox } = await connect({ clock: () => new Date(Date.UTC(2026, 0, 1)) });
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 3100)];
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    sandbox.advance(new Date(Date.UTC(2026, 0, 16)));
    const item = subscription.items.data[0];
    await stripe.subscriptions.update(subscription.id, { items: [{ id: item?.id ?? "", quantity: 2 }] });
    const waiting = await stripe.invoiceItems.list({ pending: true });
    expect(waiting.data.map((row) => [row.amount, row.proration])).toHaveLength(2);
    expect(waiting.data.map((row) => row.amount).sort((a, b) => a - b)).toEqual([-1600, 3200]);
    expect(waiting.data[0]?.parent?.subscription_details).toEqual({
      subscription: subscription.id,
      subscription_item: item?.id,
    });
    sandbox.advance(new Date(Date.UTC(2026, 1, 1, 2)));
    const [renewal] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(renewal?.total).toBe(6200 + 1600);
    const prorations = renewal?.lines.data.filter(
      (line) => line.parent?.subscription_item_details?.proration,
    );
    expect(prorations?.map((line) => line.parent?.subscription_item_details?.invoice_item).sort()).toEqual(
      waiting.data.map((row) => row.id).sort(),
    );
    expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  });
});
