import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { at, checkBooks, openStage, refused } from "./open-stage.js";

const day = 86_400;
const june = "2027-06-01";
const yearly = { recurring: { interval: "year" as const } };

/** A subscription in flexible billing mode that began on 1 June. */
const subscribed = async (amount: number, fields: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const stage = await openStage({ start: june });
  const subscription = await stage.stripe.subscriptions.create({
    customer: stage.customer,
    items: [{ price: await stage.price(amount) }],
    ...fields,
  });
  const { id } = subscription;
  const item = subscription.items.data[0]?.id as string;
  const newest = async () =>
    (await stage.stripe.invoices.list({ subscription: id, limit: 1 })).data[0] as Stripe.Invoice;
  return { ...stage, stage, id, item, subscription, newest };
};

const periodOf = ({ items }: Stripe.Subscription) => {
  const { current_period_start = 0, current_period_end = 0 } = items.data[0] ?? {};
  return [current_period_start, current_period_end];
};

describe("flexible billing mode", () => {
  it("swaps a month for a year as a proration: the anchor and the period's start stay", async () => {
    const { stripe, stage, id, item, price, to, newest, subscription } = await subscribed(3000);
    await to("2027-06-11");
    const after = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: await price(36_500, yearly) }],
      proration_behavior: "always_invoice",
    });
    expect(after.billing_cycle_anchor).toBe(at(june));
    expect(periodOf(after)).toEqual([at(june), at("2028-06-01")]);
    const invoice = await newest();
    expect(invoice).toMatchObject({
      billing_reason: "subscription_update",
      period_end: at("2027-06-11"),
      period_start: at(june),
      status: "paid",
    });
    // 366 days from June to June, over February 2028.
    const remaining = Math.round((36_500 * 356) / 366);
    expect(invoice.lines.data.map(({ amount, description }) => [amount, description])).toEqual([
      [-2000, "Unused time on Pro after 11 Jun 2027"],
      [remaining, "Remaining time on Pro after 11 Jun 2027"],
    ]);
    const [unused, debit] = invoice.lines.data;
    for (const line of [unused, debit])
      expect(line).toMatchObject({
        discountable: false,
        parent: { subscription_item_details: { proration: true } },
        pricing: { unit_amount_decimal: null },
      });
    expect(debit?.period).toEqual({ start: at("2027-06-11"), end: at("2028-06-01") });
    const credited = unused?.parent?.subscription_item_details?.proration_details?.credited_items;
    expect(credited?.invoice).toBe(subscription.latest_invoice);
    await checkBooks(stage);
  });

  it("lets the swap wait for the next invoice when nothing asks for one now", async () => {
    const { stripe, id, item, price, customer, subscription } = await subscribed(3000);
    const after = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: await price(36_500, yearly) }],
    });
    expect(after.latest_invoice).toBe(subscription.latest_invoice);
    const waiting = await stripe.invoiceItems.list({ customer, pending: true });
    expect(waiting.data.map(({ amount }) => amount)).toEqual([-3000, 36_500]);
  });

  it("swaps a year for the month of the anchor that runs", async () => {
    const { stripe, id, item, price, to } = await subscribed(36_500, {});
    await stripe.subscriptions.update(id, { items: [{ id: item, price: await price(36_500, yearly) }] });
    await to("2027-09-11");
    const after = await stripe.subscriptions.update(id, { items: [{ id: item, price: await price(3000) }] });
    expect(after.billing_cycle_anchor).toBe(at(june));
    expect(periodOf(after)).toEqual([at("2027-09-01"), at("2027-10-01")]);
  });

  it("keeps the anchor when what was free no longer is", async () => {
    const { stripe, id, item, price, customer, to } = await subscribed(0);
    await to("2027-06-16");
    const after = await stripe.subscriptions.update(id, { items: [{ id: item, price: await price(3000) }] });
    expect(after.billing_cycle_anchor).toBe(at(june));
    const waiting = await stripe.invoiceItems.list({ customer, pending: true });
    expect(waiting.data.map(({ amount }) => amount)).toEqual([0, 1500]);
  });

  it("starts the cycle again when it is asked to, also where a trial is said to end that isn't there", async () => {
    const { stripe, id, item, price, to, newest } = await subscribed(3000);
    await to("2027-06-11");
    const after = await stripe.subscriptions.update(id, {
      items: [{ id: item, price: await price(36_500, yearly) }],
      billing_cycle_anchor: { type: "now" },
      trial_end: "now",
    });
    expect(after.billing_cycle_anchor).toBe(at("2027-06-11"));
    expect(periodOf(after)).toEqual([at("2027-06-11"), at("2028-06-11")]);
    expect((await newest()).lines.data.map(({ amount, description }) => [amount, description])).toEqual([
      [-2000, "Unused time on Pro after 11 Jun 2027"],
      [36_500, "1 × Pro (at $365.00 / year)"],
    ]);
  });
});

describe("a trial that is ended now", () => {
  const trial = async (fields: Partial<Stripe.SubscriptionCreateParams> = {}) => {
    const opened = await subscribed(3000, { trial_period_days: 14, ...fields });
    await opened.to("2027-06-05");
    return opened;
  };
  const without = async (rule: "cancel" | "create_invoice" | "pause", fields = {}) => {
    const opened = await trial({
      trial_settings: { end_behavior: { missing_payment_method: rule } },
      ...fields,
    });
    const { stripe, customer } = opened;
    const { data } = await stripe.customers.listPaymentMethods(customer);
    for (const { id } of data) await stripe.paymentMethods.detach(id);
    opened.told();
    return opened;
  };

  it("bills its first period from now, whole", async () => {
    const { stripe, id, newest } = await trial();
    const after = await stripe.subscriptions.update(id, { trial_end: "now" });
    expect(after).toMatchObject({ billing_cycle_anchor: at("2027-06-05"), status: "active" });
    expect(periodOf(after)).toEqual([at("2027-06-05"), at("2027-07-05")]);
    expect(await newest()).toMatchObject({
      amount_paid: 3000,
      billing_reason: "subscription_update",
      status: "paid",
    });
  });

  it("bills the time until the anchor if that is to stay", async () => {
    const { stripe, id, newest } = await trial({
      trial_settings: {
        end_behavior: { billing_cycle_anchor: "unchanged", missing_payment_method: "create_invoice" },
      },
    });
    const after = await stripe.subscriptions.update(id, { trial_end: "now" });
    expect(after.billing_cycle_anchor).toBe(at("2027-06-15"));
    expect(periodOf(after)).toEqual([at("2027-06-05"), at("2027-06-15")]);
    expect((await newest()).total).toBe(Math.round((3000 * 10) / 31));
  });

  it("without a payment method is refused if it would have to be paid, and nothing changes", async () => {
    const { stripe, id, told } = await without("create_invoice");
    const error = await stripe.subscriptions.update(id, { trial_end: "now" }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "resource_missing", statusCode: 400 });
    expect(error.message).toBe(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
    );
    expect(error.param).toBeUndefined();
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("trialing");
    expect(told()).toEqual([]);
  });

  it("without a payment method is paused if that is the rule, and writes the rest", async () => {
    const { stripe, id, told } = await without("pause");
    const after = await stripe.subscriptions.update(id, { trial_end: "now", metadata: { plan: "a" } });
    expect(after).toMatchObject({ metadata: { plan: "a" }, status: "paused" });
    expect(told()).toEqual([
      "customer.subscription.updated",
      "customer.subscription.updated",
      "customer.subscription.paused",
    ]);
  });

  it.each(["request", "clock"])(
    "without a payment method is cancelled if that is the rule, by %s",
    async (by) => {
      const { stripe, id, to } = await without("cancel");
      if (by === "request") await stripe.subscriptions.update(id, { trial_end: "now" });
      else await to("2027-06-16");
      expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
        cancellation_details: { reason: "cancellation_requested" },
        status: "canceled",
      });
    },
  );

  it("is active without a payment method if its invoices are sent", async () => {
    const { stripe, id, newest } = await without("create_invoice", {
      collection_method: "send_invoice",
      days_until_due: 30,
    });
    expect((await stripe.subscriptions.update(id, { trial_end: "now" })).status).toBe("active");
    expect(await newest()).toMatchObject({
      attempted: false,
      auto_advance: true,
      due_date: at("2027-06-05") + 30 * day,
      status: "draft",
    });
  });
});

describe("a subscription that ended", () => {
  it("says nothing of an end that was planned before", async () => {
    const { stripe, id, to, last } = await subscribed(3000);
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await to("2027-06-11");
    const ended = await stripe.subscriptions.cancel(id);
    const told = {
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: at(june),
      ended_at: at("2027-06-11"),
      status: "canceled",
    };
    expect(ended).toMatchObject(told);
    expect(last("customer.subscription.deleted").data.object).toMatchObject(told);
  });

  it("takes metadata and details of its end, and refuses the rest by its code", async () => {
    const { stripe, id, told } = await subscribed(3000);
    await stripe.subscriptions.cancel(id);
    told();
    const after = await stripe.subscriptions.update(id, {
      metadata: { why: "price" },
      cancellation_details: { comment: "Too dear", feedback: "too_expensive" },
    });
    expect(after).toMatchObject({
      cancellation_details: {
        comment: "Too dear",
        feedback: "too_expensive",
        reason: "cancellation_requested",
      },
      metadata: { why: "price" },
      status: "canceled",
    });
    expect(told()).toEqual(["customer.subscription.updated"]);
    const error = await stripe.subscriptions.update(id, { description: "x" }).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: "invalid_canceled_subscription_fields",
      message: "A canceled subscription can only update its cancellation_details and metadata.",
      statusCode: 400,
    });
    expect(error.param).toBeUndefined();
    expect(await refused(stripe.subscriptions.cancel(id))).toBe("resource_missing");
    expect(await refused(stripe.subscriptions.resume(id))).toBe("resource_missing");
  });
});
