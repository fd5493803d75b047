import type Stripe from "stripe";
import { afterEach, describe, expect, it } from "vitest";
import { at, checkBooks, openStage, refused, type Stage } from "./open-stage.js";

let stage: Stage;
afterEach(() => checkBooks(stage));

const amounts = (invoice: Stripe.Invoice | undefined): number[] | undefined =>
  invoice?.lines.data.map(({ amount }) => amount);

/** A subscription to a plan and to calls at 3 cents each, of which 100 are made on 10 January. */
const hybrid = async (fields: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  stage = await openStage();
  const { stripe, customer, price, to, told } = stage;
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const recurring = { interval: "month", usage_type: "metered", meter: meter.id } as const;
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: await price(3100) }, { price: await price(3, { recurring }) }],
    ...fields,
  });
  const [base, calls] = subscription.items.data.map((item) => item.id) as [string, string];
  const use = (value: number) =>
    stripe.billing.meterEvents.create({
      event_name: "calls",
      payload: { stripe_customer_id: customer, value: String(value) },
    });
  await to("2027-01-10");
  await use(100);
  told();
  const invoices = async () => (await stripe.invoices.list({ subscription: subscription.id })).data;
  return { ...stage, id: subscription.id, base, calls, recurring, use, invoices };
};

describe("the end of a subscription", () => {
  it("at the period's end bills the usage and the prorations that wait, as the preview says", async () => {
    const { stripe, id, base, invoices, to, told } = await hybrid();
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await to("2027-01-16");
    await stripe.subscriptions.update(id, { items: [{ id: base, quantity: 2 }] });
    told();
    const preview = await stripe.invoices.createPreview({ subscription: id });
    expect(preview).toMatchObject({ amount_due: 1600 + 300, created: at("2027-02-01") });
    await to("2027-02-01T01:00:00Z");
    expect(told()).toEqual([
      "invoice.created",
      "customer.subscription.deleted",
      "invoice.finalized",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
    const [last, ...others] = await invoices();
    expect(others).toHaveLength(1);
    expect(last).toMatchObject({ amount_paid: 1900, billing_reason: "subscription_cycle", status: "paid" });
    expect(amounts(last)).toEqual(amounts(preview));
    expect((await stripe.subscriptions.retrieve(id)).latest_invoice).toBe(last?.id);
  });

  it("can be taken back until it comes, and not after it", async () => {
    const { stripe, id, invoices, to } = await hybrid();
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const kept = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
    expect(kept).toMatchObject({ cancel_at: null, canceled_at: null, status: "active" });
    await to("2027-02-01T02:00:00Z");
    expect(amounts((await invoices())[0])).toEqual([3100, 300].sort((one, other) => other - one));
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await to("2027-03-01T02:00:00Z");
    const undo = stripe.subscriptions.update(id, { cancel_at_period_end: false });
    expect(await refused(undo)).toBe("invalid_canceled_subscription_fields");
  });

  it("at once forgets usage and prorations unless they are invoiced", async () => {
    const { stripe, id, base, invoices, to, customer } = await hybrid();
    await to("2027-01-16");
    await stripe.subscriptions.update(id, { items: [{ id: base, quantity: 2 }] });
    await stripe.subscriptions.cancel(id);
    await to("2027-03-01");
    expect(await invoices()).toHaveLength(1);
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toEqual([]);
  });

  it("at once keeps the prorations for the customer's next invoice if they are asked for", async () => {
    const { stripe, id, customer, to } = await hybrid();
    await to("2027-01-16");
    await stripe.subscriptions.cancel(id, { prorate: true });
    const waiting = (await stripe.invoiceItems.list({ customer, pending: true })).data;
    expect(waiting.map(({ amount }) => amount)).toEqual([-1600]);
  });

  it("at once with an invoice that is sent still sends it", async () => {
    const { stripe, id, to, last } = await hybrid({ collection_method: "send_invoice", days_until_due: 7 });
    await to("2027-01-16");
    await stripe.subscriptions.cancel(id, { invoice_now: true });
    await to("2027-01-16T01:00:00Z");
    expect(last("invoice.sent").data.object).toMatchObject({ amount_due: 300, status: "open" });
  });

  it("stops the collection of every invoice that is open", async () => {
    const { stripe, id, invoices, card, to, told } = await hybrid();
    await card("pm_card_chargeCustomerFail");
    await to("2027-02-01T02:00:00Z");
    await stripe.subscriptions.cancel(id);
    const [failed] = await invoices();
    expect(failed).toMatchObject({ auto_advance: false, next_payment_attempt: null, status: "open" });
    told();
    await to("2027-03-01");
    expect(told()).toEqual([]);
  });
});

describe("a metered price that is removed", () => {
  it.each([
    ["create_prorations", "2027-02-01"],
    ["always_invoice", "2027-01-16"],
    ["none", null],
  ] as const)("bills the usage so far: %s on %s", async (proration_behavior, billed) => {
    const { stripe, id, calls, invoices, to } = await hybrid();
    await to("2027-01-16");
    await stripe.subscriptions.update(id, { proration_behavior, items: [{ id: calls, deleted: true }] });
    await to("2027-02-01T02:00:00Z");
    const found = (await invoices()).filter((invoice) => amounts(invoice)?.includes(300));
    expect(found.map(({ created }) => created)).toEqual(billed === null ? [] : [at(billed)]);
    if (billed === null) return;
    const line = found[0]?.lines.data.find(({ amount }) => amount === 300);
    expect(line?.period).toEqual({ start: at("2027-01-01"), end: at("2027-01-16") });
  });

  it("is billed separately from the one that takes its place", async () => {
    const { stripe, id, calls, recurring, price, use, invoices, to } = await hybrid();
    await to("2027-01-16");
    await stripe.subscriptions.update(id, { items: [{ id: calls, price: await price(5, { recurring }) }] });
    await to("2027-01-20");
    await use(10);
    await to("2027-02-01T02:00:00Z");
    expect(amounts((await invoices())[0])?.toSorted((one, other) => one - other)).toEqual([50, 300, 3100]);
  });

  it("is lost in classic billing mode", async () => {
    const { stripe, id, calls, invoices, to } = await hybrid({ billing_mode: { type: "classic" } });
    await to("2027-01-16");
    await stripe.subscriptions.update(id, { items: [{ id: calls, deleted: true }] });
    await to("2027-02-01T02:00:00Z");
    expect(amounts((await invoices())[0])).toEqual([3100]);
  });
});

describe("a pause", () => {
  it("bills the usage, gives back the rest of the plan, and then counts usage from zero", async () => {
    const { stripe, id, use, invoices, to, told, last } = await hybrid();
    await to("2027-01-16");
    const paused = await stripe.subscriptions.pause(id, {
      type: "subscription",
      invoicing_behavior: "pending_invoice_item",
    });
    expect(paused.status).toBe("paused");
    told();
    await to("2027-03-10");
    expect(told()).toEqual([]);
    const preview = await stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { resume_at: "now" },
    });
    await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
    expect(amounts((await invoices())[0])).toEqual([300, -1600, 3100]);
    expect(amounts(preview)).toEqual([300, -1600, 3100]);
    expect(last("customer.subscription.resumed").created).toBe(at("2027-03-10"));
    await to("2027-03-20");
    await use(10);
    await to("2027-04-10T01:00:00Z");
    expect(amounts((await invoices())[0])?.toSorted((one, other) => one - other)).toEqual([30, 3100]);
  });
});
