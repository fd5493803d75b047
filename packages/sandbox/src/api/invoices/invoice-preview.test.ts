import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const start = Date.UTC(2026, 0, 31);
const day = 86_400;

type Shown = Pick<Stripe.Invoice, "lines" | "subtotal" | "total" | "total_discount_amounts" | "total_taxes">;

/** Everything about an invoice that has to do with money, without ids. */
const money = (invoice: Shown) => ({
  subtotal: invoice.subtotal,
  total: invoice.total,
  off: (invoice.total_discount_amounts ?? []).map(({ amount }) => amount),
  taxes: (invoice.total_taxes ?? []).map(({ amount, tax_behavior }) => [tax_behavior, amount]),
  lines: invoice.lines.data.map(({ amount, description, period, taxes }) => ({
    amount,
    description,
    period,
    taxes: (taxes ?? []).map((tax) => tax.amount),
  })),
});

/** A shop on the tenth day of a subscription of 20.00 with a discount and a tax. */
const shop = async () => {
  let time = new Date(start);
  const { sandbox, stripe } = await connect({ clock: () => time });
  const customer = await payer(stripe);
  const [pro, max] = [await recurringPrice(stripe, 2000), await recurringPrice(stripe, 4900, "month", "Max")];
  const coupon = await stripe.coupons.create({ percent_off: 15, duration: "forever" });
  const rate = await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 19 });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: pro.id }],
    discounts: [{ coupon: coupon.id }],
    default_tax_rates: [rate.id],
  });
  time = new Date(start + 10 * day * 1000);
  const item = subscription.items.data[0]?.id ?? "";
  const now = time.getTime() / 1000;
  const latest = async (): Promise<Stripe.Invoice> => {
    const { data } = await stripe.invoices.list({ subscription: subscription.id, limit: 1 });
    return data[0] as Stripe.Invoice;
  };
  return { sandbox, stripe, customer, pro, max, subscription, item, now, latest };
};

describe("the preview of an invoice", () => {
  it("is the next renewal's invoice", async () => {
    const { sandbox, stripe, subscription, latest } = await shop();
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
    expect(preview).toMatchObject({ billing_reason: "upcoming", status: "draft", amount_due: 2023 });
    expect(preview.id).toMatch(/^upcoming_in_/);
    sandbox.advance(new Date(start + 29 * day * 1000));
    expect(money(await latest())).toEqual(money(preview));
  });

  it.each([
    ["asked for at once", "always_invoice" as const],
    ["left for the renewal", "create_prorations" as const],
    ["without prorations", "none" as const],
  ])("of a change %s is what the change then costs", async (_, proration_behavior) => {
    const { sandbox, stripe, max, subscription, item, now, latest } = await shop();
    const change = { items: [{ id: item, price: max.id, quantity: 3 }], proration_behavior };
    const dated = proration_behavior === "none" ? change : { ...change, proration_date: now };
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: dated,
    });
    await stripe.subscriptions.update(subscription.id, dated);
    if (proration_behavior !== "always_invoice") sandbox.advance(new Date(start + 29 * day * 1000));
    expect(money(await latest())).toEqual(money(preview));
  });

  it("of a subscription that does not exist yet is its first invoice", async () => {
    const { stripe, customer, pro } = await shop();
    const coupon = await stripe.coupons.create({ amount_off: 333, currency: "usd" });
    const wanted = { items: [{ price: pro.id, quantity: 2 }] };
    const preview = await stripe.invoices.createPreview({
      customer: customer.id,
      subscription_details: wanted,
      discounts: [{ coupon: coupon.id }],
    });
    const { latest_invoice } = await stripe.subscriptions.create({
      customer: customer.id,
      ...wanted,
      discounts: [{ coupon: coupon.id }],
      expand: ["latest_invoice"],
    });
    expect(preview.total).toBe(3667);
    expect(money(latest_invoice as Stripe.Invoice)).toEqual(money(preview));
  });

  it("needs no customer when it is given their place", async () => {
    const { stripe, pro } = await shop();
    const preview = await stripe.invoices.createPreview({
      customer_details: { address: { country: "FR" } },
      automatic_tax: { enabled: true },
      subscription_details: { items: [{ price: pro.id }] },
    });
    expect(preview).toMatchObject({ subtotal: 2000, total: 2400, automatic_tax: { status: "complete" } });
  });

  it("shows the recurring amounts alone when asked", async () => {
    const { stripe, customer, max, subscription, item } = await shop();
    await stripe.invoiceItems.create({
      customer: customer.id,
      subscription: subscription.id,
      amount: 700,
      currency: "usd",
    });
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items: [{ id: item, price: max.id }] },
      preview_mode: "recurring",
    });
    expect(preview.lines.data.map(({ amount }) => amount)).toEqual([4900]);
  });

  it("holds further items, other discounts and the customer's credit", async () => {
    const { stripe, customer, subscription } = await shop();
    await stripe.customers.createBalanceTransaction(customer.id, { amount: -500, currency: "usd" });
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      invoice_items: [{ amount: 1000, currency: "usd", description: "Set-up" }],
      discounts: "",
    });
    expect(preview).toMatchObject({ subtotal: 3000, total: 3570, starting_balance: -500, amount_due: 3070 });
    expect(preview.lines.data.map(({ description }) => description)).toContain("Set-up");
  });

  it("of a cancellation now gives back what is left of the period", async () => {
    const { stripe, subscription } = await shop();
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { cancel_now: true },
    });
    // 17.00 after the discount, 18 of 28 days left, and 19% on it.
    expect(preview.lines.data.map(({ amount }) => amount)).toEqual([-1093]);
    expect(preview).toMatchObject({ total: -1301, amount_due: 0, ending_balance: -1301 });
  });

  it("shows discounts that exist in the preview only", async () => {
    const { stripe, pro } = await shop();
    const coupon = await stripe.coupons.create({ percent_off: 10 });
    const preview = await stripe.invoices.createPreview({
      subscription_details: { items: [{ price: pro.id }] },
      discounts: [{ coupon: coupon.id }],
      expand: ["discounts"],
    });
    expect(preview.discounts).toMatchObject([{ object: "discount", source: { coupon: coupon.id } }]);
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
  });

  it("of a customer on a test clock runs ahead of that clock and leaves it where it is", async () => {
    const { stripe, pro } = await shop();
    const frozen_time = Date.UTC(2030, 0, 31) / 1000;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time });
    const customer = await stripe.customers.create({ test_clock: clock.id });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: pro.id }],
      payment_behavior: "default_incomplete",
      trial_period_days: 14,
    });
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
    expect(preview).toMatchObject({ total: 2000, created: frozen_time + 14 * day });
    expect((await stripe.testHelpers.testClocks.retrieve(clock.id)).frozen_time).toBe(frozen_time);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("trialing");
  });

  it("of a schedule is the invoice of its next phase", async () => {
    const { sandbox, stripe, max, pro, subscription, latest } = await shop();
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    const [running] = schedule.phases;
    await stripe.subscriptionSchedules.update(schedule.id, {
      phases: [
        {
          items: [{ price: pro.id, quantity: 1 }],
          start_date: running?.start_date ?? 0,
          end_date: running?.end_date ?? 0,
        },
        { items: [{ price: max.id, quantity: 1 }], duration: { interval: "month" } },
      ],
      proration_behavior: "none",
    });
    const preview = await stripe.invoices.createPreview({ schedule: schedule.id });
    expect(preview.subtotal).toBe(4900);
    sandbox.advance(new Date(start + 29 * day * 1000));
    expect(money(await latest())).toEqual(money(preview));
  });

  it("leaves the world as it was", async () => {
    const { sandbox, stripe, max, subscription, item } = await shop();
    const before = [sandbox.events(), await stripe.subscriptions.retrieve(subscription.id)];
    const change = { items: [{ id: item, price: max.id }], proration_behavior: "always_invoice" as const };
    const preview = () =>
      stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: change });
    const [first, second] = [await preview(), await preview()];
    expect(first).toEqual(second);
    expect([sandbox.events(), await stripe.subscriptions.retrieve(subscription.id)]).toEqual(before);
  });

  it.each<[string, Stripe.InvoiceCreatePreviewParams, number, string]>([
    ["nobody at all", {}, 400, "parameter_missing"],
    ["an unknown subscription", { subscription: "sub_x" }, 400, "resource_missing"],
  ])("is refused for %s", async (_, fields, statusCode, code) => {
    const { stripe } = await connect();
    expect(await refusal(stripe.invoices.createPreview(fields))).toMatchObject({ statusCode, code });
  });

  it("is refused for whoever will no longer be billed", async () => {
    const { stripe, subscription } = await shop();
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    const error = await refusal(stripe.invoices.createPreview({ subscription: subscription.id }));
    expect(error).toMatchObject({ statusCode: 404, code: "invoice_upcoming_none" });
  });
});
