import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../../test/connect.js";

const day = 86_400;
const start = Date.UTC(2026, 0, 1) / 1000;
const at = (days: number): number => start + days * day;

/** A sandbox that stands still on 1 January 2026, and how to move it by days. */
const frozen = async () => {
  const { stripe, sandbox } = await connect({ clock: () => new Date(start * 1000) });
  const types = () => sandbox.events().map(({ type }) => type);
  return { stripe, sandbox, types, moveTo: (days: number) => sandbox.advance(new Date(at(days) * 1000)) };
};

const lines = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ amount, description }) => [amount, description]);
const invoicesOf = async (stripe: Stripe, subscription: string) =>
  (await stripe.invoices.list({ subscription })).data;
const first = <T>(rows: readonly T[]): T => {
  const [row] = rows;
  if (row === undefined) throw new Error("There is none.");
  return row;
};

describe("a new subscription", () => {
  it.each([
    [
      "prorates the time until a future anchor",
      "create_prorations",
      1550,
      "Time on Pro from 01 Jan 2026 until 17 Jan 2026",
    ],
    [
      "gives that time for nothing without prorations",
      "none",
      0,
      "Time on Pro from 01 Jan 2026 until 17 Jan 2026",
    ],
  ] as const)("%s", async (_, proration_behavior, amount, description) => {
    const { stripe, moveTo } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 3003)];
    const { id, items } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      billing_cycle_anchor: at(16),
      proration_behavior,
    });
    expect(first(items.data).current_period_end).toBe(at(16));
    expect(lines(first(await invoicesOf(stripe, id)))).toEqual([[amount, description]]);
    moveTo(17);
    const [renewal] = await invoicesOf(stripe, id);
    expect([renewal?.amount_paid, renewal?.billing_reason]).toEqual([3003, "subscription_cycle"]);
  });

  it("finds its anchor from a day of the month, the month's last day if it has no such day", async () => {
    const { stripe } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 3000)];
    const { billing_cycle_anchor } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      billing_cycle_anchor_config: { day_of_month: 31, month: 2, hour: 6, minute: 0, second: 0 },
      billing_mode: { type: "flexible" },
      trial_end: at(40),
    });
    expect(new Date(billing_cycle_anchor * 1000).toISOString()).toBe("2026-02-28T06:00:00.000Z");
  });

  it("bills the time since a start in the past, period by period", async () => {
    const { stripe } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 3000)];
    const { id, start_date, billing_cycle_anchor } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      backdate_start_date: Date.UTC(2025, 10, 16) / 1000,
    });
    expect([start_date, billing_cycle_anchor]).toEqual([Date.UTC(2025, 10, 16) / 1000, start]);
    const invoice = first(await invoicesOf(stripe, id));
    expect(lines(invoice).map(([amount]) => amount)).toEqual([3000, 1548, 3000]);
  });

  it("sends its invoice instead of charging a card, and is active at once", async () => {
    const { stripe, moveTo } = await frozen();
    const customer = await stripe.customers.create({ email: "ada@example.com" });
    const price = await recurringPrice(stripe, 3000);
    const { id, status } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      collection_method: "send_invoice",
      days_until_due: 14,
    });
    expect(status).toBe("active");
    moveTo(1);
    const invoice = first(await invoicesOf(stripe, id));
    expect([invoice.status, invoice.due_date]).toEqual(["open", at(14)]);
  });

  it("takes items of different rhythms, each with its own period, and what is bought once", async () => {
    const { stripe, moveTo } = await frozen();
    const customer = await payer(stripe);
    const [month, year] = [
      await recurringPrice(stripe, 1000),
      await recurringPrice(stripe, 9000, "year", "Support"),
    ];
    const setup = await stripe.prices.create({
      currency: "usd",
      unit_amount: 500,
      product_data: { name: "Setup" },
    });
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: month.id }, { price: year.id }],
      add_invoice_items: [{ price: setup.id }],
    });
    expect(first(await invoicesOf(stripe, id)).total).toBe(10_500);
    moveTo(32);
    expect(first(await invoicesOf(stripe, id)).total).toBe(1000);
  });

  it.each([
    ["the same price twice", { items: 2 }, "plan"],
    ["an anchor beyond the first period", { billing_cycle_anchor: at(60) }, "billing_cycle_anchor"],
    ["a trial in the past", { trial_end: at(-1) }, "trial_end"],
    ["two kinds of trial", { trial_end: at(9), trial_period_days: 3 }, "trial_end"],
    ["an invoice to send without a due date", { collection_method: "send_invoice" }, undefined],
    ["an update's way to pay", { payment_behavior: "pending_if_incomplete" }, "payment_behavior"],
  ] as const)("refuses %s, and nothing is changed", async (_, fields, param) => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 3000)];
    const before = sandbox.events().length;
    const { items: times = 1, ...rest } = { items: 1, ...fields };
    const refused = await refusal(
      stripe.subscriptions.create({
        customer: customer.id,
        items: Array.from({ length: times }, () => ({ price: price.id })),
        ...rest,
      }),
    );
    expect([refused.statusCode, refused.param]).toEqual([400, param]);
    expect(sandbox.events()).toHaveLength(before);
  });
});

/** A month of 31 days at 3100, so that a day is 100. */
const subscribed = async (options: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const world = await frozen();
  const { stripe } = world;
  const customer = await payer(stripe);
  const small = await recurringPrice(stripe, 3100, "month", "Small");
  const large = await recurringPrice(stripe, 6200, "month", "Large");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: small.id, quantity: 2 }],
    ...options,
  });
  const item = first(subscription.items.data).id;
  return { ...world, customer, small, large, id: subscription.id, item };
};

describe("prorations", () => {
  it.each([
    ["an upgrade", { price: "large" }, [-4200, 8400]],
    ["more of the same", { quantity: 3 }, [-4200, 6300]],
    ["less of the same", { quantity: 1 }, [-4200, 2100]],
    ["none at all", { quantity: 0 }, [-4200, 0]],
  ] as const)("%s gives back the unused time and asks for the remaining time", async (_, change, amounts) => {
    const { stripe, id, item, large, moveTo } = await subscribed();
    moveTo(10);
    const { price, ...rest } = { price: undefined, ...change };
    await stripe.subscriptions.update(id, {
      items: [{ id: item, ...rest, ...(price ? { price: large.id } : {}) }],
      proration_behavior: "always_invoice",
    });
    const invoice = first(await invoicesOf(stripe, id));
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual(amounts);
    expect(invoice.billing_reason).toBe("subscription_update");
    for (const line of invoice.lines.data) {
      expect(line.parent?.type).toBe("subscription_item_details");
      expect(line.parent?.subscription_item_details?.proration).toBe(true);
    }
  });

  it.each([
    ["flexible", [-2000, 2000]],
    ["classic", [-4000, 2000]],
  ] as const)(
    "in %s mode credit what that mode says after a change that cost nothing",
    async (type, amounts) => {
      const { stripe, id, item, large, small, moveTo } = await subscribed({ billing_mode: { type } });
      moveTo(11);
      await stripe.subscriptions.update(id, {
        items: [{ id: item, price: large.id }],
        proration_behavior: "none",
      });
      moveTo(21);
      await stripe.subscriptions.update(id, {
        items: [{ id: item, price: small.id }],
        proration_behavior: "always_invoice",
      });
      const invoice = first(await invoicesOf(stripe, id));
      expect(invoice.lines.data.map(({ amount }) => amount)).toEqual(amounts);
    },
  );

  it("add up over several changes in one period, and wait for the renewal", async () => {
    const { stripe, id, item, large, small, moveTo } = await subscribed();
    moveTo(10);
    await stripe.subscriptions.update(id, { items: [{ id: item, price: large.id }] });
    moveTo(20);
    await stripe.subscriptions.update(id, { items: [{ id: item, price: small.id }] });
    moveTo(32);
    const invoice = first(await invoicesOf(stripe, id));
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([-4400, 2200, -4200, 8400, 6200]);
  });

  it("of another interval begin a new period now and bill it at once, in classic billing mode", async () => {
    const { stripe, id, item, moveTo } = await subscribed({ billing_mode: { type: "classic" } });
    const yearly = await recurringPrice(stripe, 60_000, "year", "Yearly");
    moveTo(10);
    const { billing_cycle_anchor, items } = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: yearly.id, quantity: 1 }],
    });
    expect([billing_cycle_anchor, first(items.data).current_period_start]).toEqual([at(10), at(10)]);
    const invoice = first(await invoicesOf(stripe, id));
    expect([invoice.total, invoice.status, invoice.billing_reason]).toEqual([
      60_000 - 4200,
      "paid",
      "subscription_update",
    ]);
  });

  it("are none in a trial", async () => {
    const { stripe, id, item, large } = await subscribed({ trial_period_days: 14 });
    await stripe.subscriptions.update(id, {
      items: [{ id: item, price: large.id }],
      proration_behavior: "always_invoice",
    });
    expect(await invoicesOf(stripe, id)).toHaveLength(1);
    expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  });

  it("count whole yen", async () => {
    const { stripe, moveTo } = await frozen();
    const customer = await payer(stripe);
    const price = await stripe.prices.create({
      currency: "jpy",
      unit_amount: 1000,
      recurring: { interval: "month" },
      product_data: { name: "Yen" },
    });
    const { id, items } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    moveTo(10);
    await stripe.subscriptions.update(id, {
      items: [{ id: first(items.data).id, quantity: 2 }],
      proration_behavior: "always_invoice",
    });
    expect(first(await invoicesOf(stripe, id)).lines.data.map(({ amount }) => amount)).toEqual([-677, 1355]);
  });

  it("give back a removed item, and what is left of the period when a cancellation asks for it", async () => {
    const { stripe, id, customer, large, moveTo } = await subscribed();
    const added = await stripe.subscriptionItems.create({ subscription: id, price: large.id });
    moveTo(10);
    await stripe.subscriptionItems.del(added.id, { proration_behavior: "always_invoice" });
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({ balance: 0 });
    const { latest_invoice } = await stripe.subscriptions.cancel(id, { invoice_now: true, prorate: true });
    const last = await stripe.invoices.retrieve(latest_invoice as string);
    expect([last.total, last.status]).toEqual([-4200, "draft"]);
    moveTo(11);
    expect((await stripe.invoices.retrieve(last.id as string)).status).toBe("uncollectible");
    const { balance } = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
    expect(balance).toBe(0);
  });

  it("give back the time after a `cancel_at` in the running period, and ask for it again when that is taken back", async () => {
    const { stripe, id } = await subscribed();
    const { items } = await stripe.subscriptions.update(id, { cancel_at: at(21) });
    expect(first(items.data).current_period_end).toBe(at(21));
    await stripe.subscriptions.update(id, { cancel_at: "" });
    const waiting = (await stripe.invoiceItems.list({ pending: true })).data.map(({ amount }) => amount);
    expect(waiting).toEqual([2000, -2000]);
  });

  it("ask only for the days by which a `cancel_at` in the running period is put off", async () => {
    const { stripe, id } = await subscribed();
    const waiting = async () =>
      (await stripe.invoiceItems.list({ pending: true })).data.map(({ amount }) => amount);
    await stripe.subscriptions.update(id, { cancel_at: at(21) });
    const { items } = await stripe.subscriptions.update(id, { cancel_at: at(26) });
    expect(first(items.data).current_period_end).toBe(at(26));
    // 200 a day: five of the ten days that were given back.
    expect(await waiting()).toEqual([1000, -2000]);
    // What later changes give back and ask for follows from that.
    await stripe.subscriptions.update(id, { cancel_at: at(24) });
    await stripe.subscriptions.update(id, { cancel_at: "" });
    expect(await waiting()).toEqual([1400, -400, 1000, -2000]);
  });
});

describe("an upgrade whose payment fails", () => {
  const declined = async () => {
    const made = await subscribed();
    const { stripe, customer } = made;
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.subscriptions.update(made.id, { default_payment_method: bad.id });
    made.moveTo(10);
    const upgrade = (
      payment_behavior: "allow_incomplete" | "error_if_incomplete" | "pending_if_incomplete",
    ) =>
      stripe.subscriptions.update(made.id, {
        items: [{ id: made.item, price: made.large.id }],
        proration_behavior: "always_invoice",
        payment_behavior,
      });
    return { ...made, upgrade };
  };
  const priceOf = ({ items }: Stripe.Subscription) => first(items.data).price.id;

  it("keeps the new plan and is past due", async () => {
    const { upgrade, large } = await declined();
    const subscription = await upgrade("allow_incomplete");
    expect([subscription.status, priceOf(subscription)]).toEqual(["past_due", large.id]);
  });

  it("is refused with 402 and changes nothing", async () => {
    const { stripe, upgrade, id, sandbox } = await declined();
    const before = [await stripe.subscriptions.retrieve(id), sandbox.events().length];
    expect((await refusal(upgrade("error_if_incomplete"))).statusCode).toBe(402);
    expect([await stripe.subscriptions.retrieve(id), sandbox.events().length]).toEqual(before);
  });

  it("waits with the old plan, and takes effect once the invoice is paid", async () => {
    const { stripe, upgrade, small, large, id, customer, types } = await declined();
    const waiting = await upgrade("pending_if_incomplete");
    expect([waiting.status, priceOf(waiting), waiting.pending_update?.expires_at]).toEqual([
      "active",
      small.id,
      at(10) + 23 * 3600,
    ]);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.invoices.pay(waiting.latest_invoice as string, { payment_method: good.id });
    const applied = await stripe.subscriptions.retrieve(id);
    expect([priceOf(applied), applied.pending_update]).toEqual([large.id, null]);
    expect(types().slice(-2)).toEqual([
      "customer.subscription.updated",
      "customer.subscription.pending_update_applied",
    ]);
  });

  it("is given up after 23 hours, and its invoice is voided", async () => {
    const { stripe, upgrade, small, id, types, moveTo } = await declined();
    const { latest_invoice } = await upgrade("pending_if_incomplete");
    moveTo(11);
    const after = await stripe.subscriptions.retrieve(id);
    expect([priceOf(after), after.pending_update, after.status]).toEqual([small.id, null, "active"]);
    expect((await stripe.invoices.retrieve(latest_invoice as string)).status).toBe("void");
    expect(types()).toContain("customer.subscription.pending_update_expired");
  });

  it("is given up when its invoice is voided", async () => {
    const { stripe, upgrade, small, id } = await declined();
    const { latest_invoice } = await upgrade("pending_if_incomplete");
    await stripe.invoices.voidInvoice(latest_invoice as string);
    const after = await stripe.subscriptions.retrieve(id);
    expect([priceOf(after), after.pending_update, after.status]).toEqual([small.id, null, "active"]);
  });

  it("can't wait together with what costs nothing", async () => {
    const { stripe, id } = await declined();
    const refused = await refusal(
      stripe.subscriptions.update(id, { payment_behavior: "pending_if_incomplete", description: "New" }),
    );
    expect(refused.param).toBe("description");
  });
});

describe("a schedule that changes the interval when the period ends", () => {
  it("bills the first period of the new interval", async () => {
    const { stripe, moveTo } = await frozen();
    const customer = await payer(stripe);
    const yearly = await recurringPrice(stripe, 29_000, "year");
    const monthly = await recurringPrice(stripe, 2900);
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: yearly.id }],
    });
    const { id: schedule, phases } = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const { start_date, end_date } = first(phases);
    await stripe.subscriptionSchedules.update(schedule, {
      phases: [
        { items: [{ price: yearly.id, quantity: 1 }], start_date, end_date },
        {
          items: [{ price: monthly.id, quantity: 1 }],
          duration: { interval: "month" },
          proration_behavior: "none",
        },
      ],
    });
    moveTo(366);
    const [renewal] = await invoicesOf(stripe, id);
    expect([renewal?.amount_paid, renewal?.billing_reason]).toEqual([2900, "subscription_cycle"]);
    const { items } = await stripe.subscriptions.retrieve(id);
    expect(first(items.data).current_period_end).toBe(at(365 + 31));
  });
});

describe("a first payment", () => {
  it.each([
    ["asks for 3-D Secure", "pm_card_authenticationRequired", "requires_action"],
    ["is declined", "pm_card_chargeCustomerFail", "requires_payment_method"],
  ] as const)("that %s leaves the subscription incomplete, for 23 hours", async (_, card, intent) => {
    const { stripe, moveTo, types } = await frozen();
    const [customer, price] = [await payer(stripe, card), await recurringPrice(stripe, 3000)];
    const { id, status, latest_invoice } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const { data } = await stripe.invoicePayments.list({
      invoice: latest_invoice as string,
      expand: ["data.payment.payment_intent"],
    });
    const made = first(data).payment.payment_intent as Stripe.PaymentIntent;
    expect([status, made.status]).toEqual(["incomplete", intent]);
    moveTo(1);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("incomplete_expired");
    expect((await stripe.invoices.retrieve(latest_invoice as string)).status).toBe("void");
    expect(types()).not.toContain("customer.subscription.deleted");
  });
});

describe("a billing cycle", () => {
  it.each([
    ["when asked to", { billing_cycle_anchor: { type: "now" } }, [-4200, 6200]],
    [
      "without giving anything back when that is not wanted",
      { billing_cycle_anchor: { type: "now" }, proration_behavior: "none" },
      [6200],
    ],
  ] as const)("starts again now %s", async (_, fields, amounts) => {
    const { stripe, id, moveTo } = await subscribed();
    moveTo(10);
    const { billing_cycle_anchor, items } = await stripe.subscriptions.update(id, fields);
    expect([billing_cycle_anchor, first(items.data).current_period_end]).toEqual([
      at(10),
      Date.UTC(2026, 1, 11) / 1000,
    ]);
    const invoice = first(await invoicesOf(stripe, id));
    expect([invoice.status, ...invoice.lines.data.map(({ amount }) => amount)]).toEqual(["paid", ...amounts]);
  });

  it("starts again when what was free no longer is, in classic billing mode", async () => {
    const { stripe, large, customer, moveTo } = await subscribed();
    const free = await recurringPrice(stripe, 0, "month", "Free");
    const { id, items } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: free.id }],
      billing_mode: { type: "classic" },
    });
    moveTo(10);
    const paid = await stripe.subscriptions.update(id, {
      items: [{ id: first(items.data).id, price: large.id }],
    });
    expect(paid.billing_cycle_anchor).toBe(at(10));
    expect(first(await invoicesOf(stripe, id)).amount_paid).toBe(6200);
  });
});

describe("a trial", () => {
  it("that begins later gives back the unused time, and ends with a bill", async () => {
    const { stripe, id, customer, moveTo } = await subscribed();
    moveTo(10);
    const { status, items } = await stripe.subscriptions.update(id, { trial_end: at(20) });
    expect([status, first(items.data).current_period_end]).toEqual(["trialing", at(20)]);
    const { balance } = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
    expect(balance).toBe(-4200);
    moveTo(21);
    const invoice = first(await invoicesOf(stripe, id));
    expect([invoice.total, invoice.amount_paid]).toEqual([6200, 2000]);
  });

  it("that is ended now is billed now", async () => {
    const { stripe, id } = await subscribed({ trial_period_days: 14 });
    const { status, billing_cycle_anchor } = await stripe.subscriptions.update(id, { trial_end: "now" });
    expect([status, billing_cycle_anchor]).toEqual(["active", start]);
    expect(first(await invoicesOf(stripe, id))).toMatchObject({
      amount_paid: 6200,
      billing_reason: "subscription_update",
    });
  });
});
