import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { at, checkBooks, openStage, type Stage } from "./open-stage.js";

const day = 86_400;
/** June has 30 days, so that a share of it is a round number. */
const june = "2027-06-01";

/** A subscription that began on 1 June; the stage moves on from there. */
const subscribed = async (amount: number, fields: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const stage = await openStage({ start: june });
  const price = await stage.price(amount);
  const subscription = await stage.stripe.subscriptions.create({
    customer: stage.customer,
    items: [{ price }],
    ...fields,
  });
  const item = subscription.items.data[0]?.id as string;
  const newest = async () =>
    (await stage.stripe.invoices.list({ subscription: subscription.id, limit: 1 })).data[0] as Stripe.Invoice;
  return { ...stage, stage, paid: price, id: subscription.id, subscription, item, newest };
};

const pendingOf = async ({ stripe, customer }: Pick<Stage, "customer" | "stripe">) =>
  (await stripe.invoiceItems.list({ customer, pending: true })).data;

const amounts = (rows: ReadonlyArray<{ amount: number }>) => rows.map(({ amount }) => amount);
const texts = (rows: ReadonlyArray<{ description: string | null }>) =>
  rows.map(({ description }) => description);

describe("the amounts of prorations", () => {
  it.each([
    ["half cents of a credit and a debit", 1000, 1800, 1, 6480, [-3, 4]],
    ["a half cent of three units", 1000, 1000, 3, 6480, [-3, 7]],
    ["thirds", 2000, 1000, 1, 10 * day, [-667, 333]],
    ["a whole item and not the difference of quantities", 1000, 1000, 3, 10 * day, [-333, 1000]],
  ])("go to the nearest cent, and a half down: %s", async (_, from, to, quantity, left, lines) => {
    const { stripe, stage, id, item, price, subscription } = await subscribed(from);
    const next = to === from ? {} : { price: await price(to) };
    await stripe.subscriptions.update(id, {
      items: [{ id: item, ...next, quantity }],
      proration_date: (subscription.items.data[0]?.current_period_end ?? 0) - left,
    });
    expect(amounts(await pendingOf(stage))).toEqual(lines);
  });

  it("below the minimum charge are owed on the balance, and asked for with the next invoice", async () => {
    const { stripe, stage, id, item, price, customer, subscription, newest } = await subscribed(1000);
    await stripe.subscriptions.update(id, {
      items: [{ id: item, price: await price(1800) }],
      proration_behavior: "always_invoice",
      proration_date: (subscription.items.data[0]?.current_period_end ?? 0) - 6480,
    });
    expect(await newest()).toMatchObject({
      amount_due: 0,
      attempt_count: 0,
      attempted: true,
      billing_reason: "subscription_update",
      ending_balance: 1,
      starting_balance: 0,
      status: "paid",
      total: 1,
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 1 });
    const other = await stripe.subscriptions.create({ customer, items: [{ price: await price(1000) }] });
    expect(await stripe.invoices.retrieve(other.latest_invoice as string)).toMatchObject({
      amount_due: 1001,
      amount_paid: 1001,
      ending_balance: 0,
      starting_balance: 1,
    });
    await checkBooks(stage);
  });

  it("below nothing are credit on the balance", async () => {
    const { stripe, id, item, price, customer, to, newest } = await subscribed(2000);
    await to("2027-06-21");
    await stripe.subscriptions.update(id, {
      items: [{ id: item, price: await price(1000) }],
      proration_behavior: "always_invoice",
    });
    expect(await newest()).toMatchObject({
      amount_due: 0,
      attempt_count: 0,
      attempted: true,
      ending_balance: -334,
      period_end: at("2027-06-21"),
      period_start: at(june),
      status: "paid",
      total: -334,
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -334 });
    const moves = await stripe.customers.listBalanceTransactions(customer);
    expect(moves.data.map(({ amount, type }) => [amount, type])).toEqual([[-334, "applied_to_invoice"]]);
  });

  it.each([
    ["flexible", "in proportion to what the items cost", [-4583, 4583]],
    ["classic", "evenly", [-4750, 4750]],
  ] as const)("include an amount off in %s billing mode %s", async (type, _, lines) => {
    const stage = await openStage({ start: june });
    const { stripe, customer, price } = stage;
    const coupon = await stripe.coupons.create({ amount_off: 500, currency: "usd", duration: "forever" });
    const { items, id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(1000) }, { price: await price(5000) }],
      discounts: [{ coupon: coupon.id }],
      billing_mode: { type },
    });
    await stripe.subscriptions.update(id, {
      items: [{ id: items.data[1]?.id as string, price: await price(5000) }],
    });
    expect(amounts(await pendingOf(stage))).toEqual(lines);
  });

  it("leave the rest of an amount off to the last line of the first invoice", async () => {
    const { stripe, customer, price } = await openStage({ start: june });
    const coupon = await stripe.coupons.create({ amount_off: 500, currency: "usd" });
    const { latest_invoice } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(1000) }, { price: await price(2000) }],
      discounts: [{ coupon: coupon.id }],
      expand: ["latest_invoice"],
    });
    const { lines } = latest_invoice as Stripe.Invoice;
    expect(lines.data.map((line) => line.discount_amounts?.map(({ amount }) => amount))).toEqual([
      [166],
      [334],
    ]);
  });
});

describe("the texts of prorations", () => {
  it("date them with two digits and three letters, in UTC, and name the quantity", async () => {
    const { stripe, stage, id, item, to } = await subscribed(1000);
    await to("2027-06-09T23:59:59Z");
    await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 3 }] });
    expect(texts(await pendingOf(stage))).toEqual([
      "Unused time on Pro after 09 Jun 2027",
      "Remaining time on 3 × Pro after 09 Jun 2027",
    ]);
  });

  it("shorten September to three letters", async () => {
    const stage = await openStage({ start: "2027-09-01" });
    const { stripe, customer, price } = stage;
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(1000) }],
    });
    await stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id as string, quantity: 2 }] });
    expect(texts(await pendingOf(stage))[0]).toBe("Unused time on Pro after 01 Sep 2027");
  });

  it.each<[string, Stripe.CouponCreateParams]>([
    ["10.0%", { percent_off: 10 }],
    ["33.33%", { percent_off: 33.33 }],
    ["$5.00", { amount_off: 500, currency: "usd" }],
  ])("say that %s off is included, on both sides", async (written, off) => {
    const stage = await openStage({ start: june });
    const { stripe, customer, price } = stage;
    const coupon = await stripe.coupons.create({ ...off, duration: "forever" });
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(2000) }],
      discounts: [{ coupon: coupon.id }],
    });
    await stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id as string, price: await price(1000) }],
      proration_behavior: "always_invoice",
    });
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(texts(invoice?.lines.data ?? [])).toEqual([
      `Unused time on Pro (with ${written} off) after 01 Jun 2027`,
      `Remaining time on Pro (with ${written} off) after 01 Jun 2027`,
    ]);
    expect(invoice?.lines.data.map((line) => line.discount_amounts?.map(({ amount }) => amount))).toEqual([
      [0],
      [0],
    ]);
  });

  it.each([
    ["flexible", []],
    ["classic", ["0 × Calls (at $0.03 / month)"]],
  ] as const)("say of what is used from now on in %s billing mode: %j", async (type, lines) => {
    const { stripe, customer, price, to } = await openStage({ start: june });
    const { id: meter } = await stripe.billing.meters.create({
      display_name: "Calls",
      event_name: "call",
      default_aggregation: { formula: "sum" },
    });
    const calls = await price(3, {
      product_data: { name: "Calls" },
      recurring: { interval: "month", usage_type: "metered", meter },
    });
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(1000) }],
      billing_mode: { type },
    });
    await to("2027-06-16");
    const item = items.data[0]?.id as string;
    const change = { items: [{ id: item, quantity: 2 }, { price: calls }] };
    // Waiting for the renewal, nothing is invoiced, and so there is no line of nothing either.
    await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 3 }] });
    await stripe.subscriptions.update(id, { ...change, proration_behavior: "always_invoice" });
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    const unused = invoice?.lines.data.filter(({ quantity }) => quantity === 0);
    expect(unused?.map(({ description }) => description)).toEqual(lines);
    expect(unused?.every(({ amount }) => amount === 0)).toBe(true);
  });

  it.each([
    ["flexible", undefined, []],
    ["flexible", 7, []],
    ["classic", undefined, [[0, 0, "0 × Calls (at $0.03 / month)"]]],
    ["classic", 7, [[0, 0, "0 × Calls (Free trial)"]]],
  ] as const)(
    "begin what is used in %s billing mode with a trial of %s days so",
    async (type, days, lines) => {
      const { stripe, customer } = await openStage({ start: june });
      const meter = await stripe.billing.meters.create({
        display_name: "Calls",
        event_name: "call",
        default_aggregation: { formula: "sum" },
      });
      const { id: price } = await stripe.prices.create({
        currency: "usd",
        unit_amount: 3,
        product_data: { name: "Calls" },
        recurring: { interval: "month", usage_type: "metered", meter: meter.id },
      });
      const { latest_invoice } = await stripe.subscriptions.create({
        customer,
        items: [{ price }],
        billing_mode: { type },
        ...(days ? { trial_period_days: days } : {}),
        expand: ["latest_invoice"],
      });
      const made = (latest_invoice as Stripe.Invoice).lines.data;
      expect(made.map((line) => [line.amount, line.quantity, line.description])).toEqual(lines);
    },
  );

  it.each([
    ["flexible", 1, "Free trial for 1 × Pro"],
    ["flexible", 3, "Free trial for 3 × Pro"],
    ["classic", 1, "Trial period for Pro"],
  ] as const)("call a trial in %s billing mode of %s what it is", async (type, quantity, description) => {
    const { stripe, customer, price } = await openStage({ start: june });
    const { latest_invoice } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(1000), quantity }],
      billing_mode: { type },
      trial_period_days: 7,
      expand: ["latest_invoice.lines"],
    });
    const [line] = (latest_invoice as Stripe.Invoice).lines.data;
    expect(line).toMatchObject({ amount: 0, description, quantity });
    expect(line?.pricing?.unit_amount_decimal?.toString()).toBe("0");
    expect(line?.parent?.subscription_item_details?.proration).toBe(false);
  });
});

describe("what prorations name", () => {
  it("is the charged line on the credit, and the price without an amount per unit", async () => {
    const { stripe, stage, id, item, paid, price, to, subscription } = await subscribed(1000);
    const first = await stripe.invoices.retrieve(subscription.latest_invoice as string);
    const next = await price(1800);
    await to("2027-06-16");
    await stripe.subscriptions.update(id, { items: [{ id: item, price: next }] });
    const [unused, remaining] = await pendingOf(stage);
    const shared = {
      discountable: false,
      frozen_fields: ["pricing", "quantity", "discounts"],
      invoicing_rules: [],
      parent: {
        subscription_details: { subscription: id, subscription_item: item },
        type: "subscription_details",
      },
      proration: true,
      quantity: 1,
    };
    expect(unused).toMatchObject({
      ...shared,
      net_amount: -500,
      pricing: { price_details: { price: paid }, unit_amount_decimal: null },
      proration_details: {
        credited_items: {
          invoice_line_item_details: { invoice: first.id, invoice_line_items: [first.lines.data[0]?.id] },
          type: "invoice_line_items",
        },
        discount_amounts: [],
      },
    });
    expect(remaining).toMatchObject({
      ...shared,
      net_amount: 900,
      pricing: { price_details: { price: next }, unit_amount_decimal: null },
      proration_details: { credited_items: null, discount_amounts: [] },
    });
  });

  it("is the waiting item on a credit for what is not yet invoiced, and its line once it is", async () => {
    const { stripe, stage, id, item, price, to, newest } = await subscribed(1000);
    await to("2027-06-11");
    await stripe.subscriptions.update(id, { items: [{ id: item, price: await price(3000) }] });
    const waiting = (await pendingOf(stage))[1]?.id as string;
    await to("2027-06-21");
    await stripe.subscriptions.update(id, { items: [{ id: item, price: await price(6000) }] });
    const [credit] = await pendingOf(stage);
    expect(credit?.amount).toBe(-1000);
    expect(credit?.proration_details?.credited_items).toEqual({
      invoice_item: waiting,
      type: "invoice_item",
    });
    await to("2027-07-01T01:00:00Z");
    const invoice = await newest();
    expect(amounts(invoice.lines.data)).toEqual([-1000, 2000, -667, 2000, 6000]);
    const details = invoice.lines.data.map((line) => line.parent?.subscription_item_details);
    const charged = invoice.lines.data.find(
      (line) => line.parent?.subscription_item_details?.invoice_item === waiting,
    );
    expect(details[0]?.proration_details).toEqual({
      credited_items: { invoice: invoice.id, invoice_line_items: [charged?.id] },
    });
    expect(details.slice(3).map((one) => one?.proration_details)).toEqual([
      { credited_items: null },
      { credited_items: null },
    ]);
    await checkBooks(stage);
  });

  it("is what was really charged after a change without prorations", async () => {
    const { stripe, stage, id, item, paid, price } = await subscribed(1000);
    await stripe.subscriptions.update(id, {
      items: [{ id: item, price: await price(1800), quantity: 2 }],
      proration_behavior: "none",
    });
    await stripe.subscriptions.cancel(id, { prorate: true });
    const [credit] = await pendingOf(stage);
    expect(credit).toMatchObject({
      amount: -1000,
      description: "Unused time on Pro after 01 Jun 2027",
      parent: null,
      pricing: { price_details: { price: paid } },
      proration: true,
      quantity: 1,
    });
    expect(credit).not.toHaveProperty("proration_details");
  });

  it("is nothing for what was never charged", async () => {
    const { stripe, stage, id, price } = await subscribed(1000);
    const added = await stripe.subscriptionItems.create({
      subscription: id,
      price: await price(500),
      proration_behavior: "none",
    });
    await stripe.subscriptionItems.del(added.id, { proration_behavior: "create_prorations" });
    expect(await pendingOf(stage)).toEqual([]);
  });

  it("is each charge of a time that was charged in several", async () => {
    const { stripe, stage, id, to } = await subscribed(3000);
    await stripe.subscriptions.update(id, { cancel_at: at("2027-06-21") });
    await stripe.subscriptions.update(id, { cancel_at: null });
    expect(amounts(await pendingOf(stage))).toEqual([1000, -1000]);
    await to("2027-06-11");
    await stripe.subscriptions.cancel(id, { prorate: true });
    expect(amounts((await pendingOf(stage)).slice(0, 2))).toEqual([-1000, -1000]);
  });

  it("is nothing on a line that is no proration", async () => {
    const { stripe, customer, newest } = await subscribed(1000);
    const [line] = (await newest()).lines.data;
    expect(line?.parent?.subscription_item_details?.proration_details).toEqual({ credited_items: null });
    const invoice = await stripe.invoices.create({ customer });
    const item = await stripe.invoiceItems.create({
      customer,
      invoice: invoice.id as string,
      amount: 700,
      currency: "usd",
    });
    expect(item).toMatchObject({ frozen_fields: [], invoicing_rules: [] });
    const [own] = (await stripe.invoices.retrieve(invoice.id as string)).lines.data;
    expect(own?.parent?.invoice_item_details?.proration_details).toEqual({ credited_items: null });
  });
});

describe("the end with prorations", () => {
  it("with an invoice is a draft that is given up after five seconds, and no credit", async () => {
    const { stripe, stage, id, to, customer, newest, told } = await subscribed(3000);
    await to("2027-06-11");
    told();
    await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true });
    const now = at("2027-06-11");
    const draft = await newest();
    expect(draft).toMatchObject({
      amount_due: 0,
      attempted: false,
      auto_advance: true,
      automatically_finalizes_at: now + 3601,
      billing_reason: "subscription_cycle",
      ending_balance: null,
      next_payment_attempt: now + 3600,
      number: null,
      period_end: now,
      period_start: at(june),
      status: "draft",
      total: -2000,
    });
    expect(draft.lines.data[0]?.parent?.subscription_item_details).toMatchObject({
      proration: true,
      subscription: id,
    });
    expect(await pendingOf(stage)).toEqual([]);
    await to("2027-06-12");
    expect(await newest()).toMatchObject({ auto_advance: false, number: null, status: "uncollectible" });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
    expect(told()).toEqual([
      "invoiceitem.created",
      "invoice.created",
      "customer.subscription.deleted",
      "invoice.updated",
      "invoice.marked_uncollectible",
    ]);
  });

  it("without one waits for the customer's next invoice, whatever that is for", async () => {
    const { stripe, stage, id, price, customer } = await subscribed(3000);
    await stripe.subscriptions.cancel(id, { prorate: true });
    expect(amounts(await pendingOf(stage))).toEqual([-3000]);
    const next = await stripe.subscriptions.create({ customer, items: [{ price: await price(5000) }] });
    expect(await stripe.invoices.retrieve(next.latest_invoice as string)).toMatchObject({ total: 2000 });
  });
});

describe("what waits for an invoice", () => {
  it("comes newest first, also within one second", async () => {
    const { stripe, customer } = await openStage({ start: june });
    for (const description of ["first", "second", "third"])
      await stripe.invoiceItems.create({ customer, amount: 100, currency: "usd", description });
    expect(texts(await pendingOf({ stripe, customer }))).toEqual(["third", "second", "first"]);
    const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
    expect(texts(invoice.lines.data)).toEqual(["third", "second", "first"]);
  });
});
