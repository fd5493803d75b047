import type Stripe from "stripe";
import { afterEach, describe, expect, it } from "vitest";
import { at, checkBooks, openStage, type Stage } from "./open-stage.js";

let stage: Stage;
afterEach(() => checkBooks(stage));

type Invoice = Stripe.Invoice | undefined;

/** What a preview promises and the bill must keep. */
const bill = (invoice: Invoice) => ({
  created: invoice?.created,
  due: invoice?.amount_due,
  lines: invoice?.lines.data.map(({ amount, description, period }) => ({ amount, description, period })),
  subtotal: invoice?.subtotal,
  tax: invoice?.total_taxes?.map(({ amount }) => amount),
  total: invoice?.total,
});
const amounts = (invoice: Invoice) => invoice?.lines.data.map(({ amount }) => amount);

/** A subscription that began on 1 January at $31 a month: a dollar a day. */
const subscribed = async (fields: Partial<Stripe.SubscriptionCreateParams> = {}, start = "2027-01-01") => {
  stage = await openStage({ start });
  const { stripe, customer, price } = stage;
  const { id, items } = await stripe.subscriptions.create({
    customer,
    items: [{ price: await price(3100) }],
    ...fields,
  });
  const newest = async () => (await stripe.invoices.list({ subscription: id, limit: 1 })).data[0];
  return { ...stage, id, item: items.data[0]?.id as string, newest };
};

describe("changes of a running period", () => {
  it("add up, and are billed with the renewal as the preview says", async () => {
    const { stripe, id, item, to, newest } = await subscribed();
    await to("2027-01-11");
    await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 3 }] });
    await to("2027-01-21");
    await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 2 }] });
    const preview = await stripe.invoices.createPreview({ subscription: id });
    expect(amounts(preview)).toEqual([-3300, 2200, -2100, 6300, 6200]);
    await to("2027-02-01T01:00:00Z");
    expect(bill(await newest())).toEqual(bill(preview));
    expect(await newest()).toMatchObject({ amount_paid: 9300, status: "paid" });
  });

  it("go from month to year at once, and back into credit that later months use up", async () => {
    const { stripe, id, item, price, customer, to, newest } = await subscribed();
    const year = await price(31_000, { recurring: { interval: "year" } });
    await to("2027-01-11");
    const items = [{ id: item, price: year }];
    const now = { billing_cycle_anchor: { type: "now" as const } };
    const up = await stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { items, ...now },
    });
    await stripe.subscriptions.update(id, { items, ...now });
    expect(amounts(await newest())).toEqual([-2100, 31_000]);
    expect(bill(await newest())).toEqual(bill(up));
    await to("2027-03-11");
    await stripe.subscriptions.update(id, { items: [{ id: item, price: await price(3100) }], ...now });
    const unused = Math.round((31_000 * 306) / 365);
    expect(await newest()).toMatchObject({
      amount_due: 0,
      ending_balance: 3100 - unused,
      total: 3100 - unused,
      status: "paid",
    });
    await to("2027-04-11T01:00:00Z");
    expect(await newest()).toMatchObject({
      amount_due: 0,
      starting_balance: 3100 - unused,
      ending_balance: 6200 - unused,
    });
    const { balance } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    expect(balance).toBe(6200 - unused);
  });

  it.each([
    ["once", [1550], [4200 - 1050, 6200], 0],
    ["repeating", [1550], [2100 - 1050, 6200], 3100],
    ["forever", [1550], [2100 - 1050, 6200], 3100],
  ] as const)("know a coupon that runs %s", async (duration, first, [change, next], off) => {
    stage = await openStage();
    const { stripe, customer, price, to } = stage;
    const coupon = await stripe.coupons.create({
      percent_off: 50,
      duration,
      ...(duration === "repeating" ? { duration_in_months: 2 } : {}),
    });
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(3100) }],
      discounts: [{ coupon: coupon.id }],
    });
    await to("2027-01-11");
    await stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id as string, price: await price(6200) }],
    });
    const preview = await stripe.invoices.createPreview({ subscription: id });
    await to("2027-03-01T01:00:00Z");
    const [march, february, january] = (await stripe.invoices.list({ subscription: id })).data;
    expect([january?.total]).toEqual(first);
    expect(bill(february)).toEqual(bill(preview));
    expect(february).toMatchObject({ subtotal: change + next, total: change + next - off });
    expect(march?.total).toBe(duration === "forever" ? 3100 : 6200);
  });

  it.each([
    [true, 465, 315, 1890],
    [false, 558, 378, 1890 + 378],
  ])("are taxed on what the discount leaves: inclusive %s", async (inclusive, first, tax, total) => {
    stage = await openStage();
    const { stripe, customer, price, to } = stage;
    const vat = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive });
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(3100) }],
      discounts: [{ coupon: coupon.id }],
      default_tax_rates: [vat.id],
    });
    await to("2027-01-11");
    await stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id as string, price: await price(6200) }],
      proration_behavior: "always_invoice",
    });
    const [change, start] = (await stripe.invoices.list({ customer })).data;
    expect(start?.total_taxes?.map(({ amount }) => amount)).toEqual([first]);
    expect(amounts(change)).toEqual([-1890, 3780]);
    expect(change).toMatchObject({ subtotal: 1890, total });
    expect(change?.total_taxes?.map(({ amount }) => amount)).toEqual([tax]);
  });
});

describe("a subscription's days", () => {
  it("keep to the 31st through a leap year", async () => {
    const { stripe, id, to } = await subscribed({}, "2027-10-31T10:00:00Z");
    await to("2028-04-30T12:00:00Z");
    const starts = (await stripe.invoices.list({ subscription: id })).data.map((row) => row.created);
    const days = ["2028-04-30", "2028-03-31", "2028-02-29", "2028-01-31", "2027-12-31", "2027-11-30"];
    expect(starts).toEqual([...days, "2027-10-31"].map((day) => at(`${day}T10:00:00Z`)));
  });
});

describe("a schedule", () => {
  it("brings its phase's price, discount and taxes to the renewal, as the preview says", async () => {
    const { stripe, id, item, price, to, newest } = await subscribed();
    const vat = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
    const reduced = await stripe.taxRates.create({ display_name: "VAT", percentage: 5, inclusive: false });
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const addOn = await price(1000);
    const { items } = await stripe.subscriptions.retrieve(id);
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const [now] = schedule.phases;
    await stripe.subscriptionSchedules.update(schedule.id, {
      phases: [
        {
          items: [{ price: items.data[0]?.price.id as string }],
          start_date: now?.start_date as number,
          end_date: now?.end_date as number,
        },
        {
          items: [{ price: await price(2000) }, { price: addOn, tax_rates: [reduced.id] }],
          default_tax_rates: [vat.id],
          discounts: [{ coupon: coupon.id }],
          duration: { interval: "month", interval_count: 1 },
        },
      ],
    });
    const preview = await stripe.invoices.createPreview({ schedule: schedule.id });
    await to("2027-02-01T01:00:00Z");
    expect(bill(await newest())).toEqual(bill(preview));
    expect(await newest()).toMatchObject({ subtotal: 3000, total: 2700 + 360 + 45, amount_paid: 3105 });
    expect((await stripe.subscriptions.retrieve(id)).items.data[0]?.id).toBe(item);
  });
});

describe("a preview", () => {
  it("shows an item that waits as it would be after a change", async () => {
    const { stripe, customer, id } = await subscribed();
    const item = await stripe.invoiceItems.create({ customer, amount: 700, currency: "usd" });
    const preview = await stripe.invoices.createPreview({
      subscription: id,
      invoice_items: [{ invoiceitem: item.id, quantity: 3, unit_amount: 500 }],
    });
    expect(amounts(preview)).toEqual([1500, 3100]);
    expect((await stripe.invoiceItems.retrieve(item.id)).amount).toBe(700);
  });
});

describe("a draft that is told late to advance", () => {
  it("is finalized now, and not in the past", async () => {
    stage = await openStage({ time: "sandbox" });
    const { stripe, customer, to, last } = stage;
    const { id } = await stripe.invoices.create({ customer, auto_advance: false });
    await stripe.invoiceItems.create({ customer, invoice: id as string, amount: 900, currency: "usd" });
    await to("2027-01-20");
    await stripe.invoices.update(id as string, { auto_advance: true });
    await to("2027-01-21");
    expect(last("invoice.paid").created).toBe(at("2027-01-20"));
  });
});
