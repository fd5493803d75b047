import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const start = Date.UTC(2026, 0, 31);
const day = 86_400_000;
const options = { clock: () => new Date(start) };

const subscribed = async (coupon: Stripe.CouponCreateParams, amount = 2000) => {
  const { sandbox, stripe } = await connect(options);
  const customer = await payer(stripe);
  const price = await recurringPrice(stripe, amount);
  const { id } = await stripe.coupons.create(coupon);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    discounts: [{ coupon: id }],
  });
  const totals = async (): Promise<number[]> =>
    (await stripe.invoices.list({ subscription: subscription.id })).data.map(({ total }) => total).reverse();
  return { sandbox, stripe, customer, price, subscription, totals };
};

describe("a subscription's discount", () => {
  it.each<[string, Stripe.CouponCreateParams, number[]]>([
    ["once, on the first invoice only", { percent_off: 25, duration: "once" }, [1500, 2000, 2000, 2000]],
    [
      "for two months, on the first two invoices",
      { percent_off: 25, duration: "repeating", duration_in_months: 2 },
      [1500, 1500, 2000, 2000],
    ],
    ["for ever", { amount_off: 500, currency: "usd", duration: "forever" }, [1500, 1500, 1500, 1500]],
    ["of more than it costs", { amount_off: 5000, currency: "usd", duration: "once" }, [0, 2000, 2000, 2000]],
  ])("works %s", async (_, coupon, expected) => {
    const { sandbox, totals } = await subscribed(coupon);
    sandbox.advance(new Date(start + 92 * day));
    expect(await totals()).toEqual(expected);
  });

  it("is announced when it begins and when it ends, and stays visible on its invoice", async () => {
    const { sandbox, stripe, subscription } = await subscribed({
      percent_off: 50,
      duration: "repeating",
      duration_in_months: 1,
    });
    const [discount] = subscription.discounts as string[];
    sandbox.advance(new Date(start + 29 * day));
    const told = sandbox
      .events()
      .filter((event) => event.type.startsWith("customer.discount"))
      .map(({ created, type }) => [type, created]);
    expect(told).toEqual([
      ["customer.discount.created", start / 1000],
      ["customer.discount.deleted", Date.UTC(2026, 1, 28) / 1000],
    ]);
    expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
    const first = await stripe.invoices.retrieve(subscription.latest_invoice as string, {
      expand: ["discounts", "total_discount_amounts.discount"],
    });
    expect(first.discounts).toMatchObject([{ id: discount, deleted: true, subscription: subscription.id }]);
    expect(first.total_discount_amounts).toMatchObject([{ amount: 1000, discount: { id: discount } }]);
  });

  it("is not used up by a trial that costs nothing", async () => {
    const { sandbox, stripe } = await connect(options);
    const customer = await payer(stripe);
    const price = await recurringPrice(stripe, 2000);
    const { id } = await stripe.coupons.create({ percent_off: 25, duration: "once" });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      discounts: [{ coupon: id }],
      trial_period_days: 7,
    });
    sandbox.advance(new Date(start + 45 * day));
    const { data } = await stripe.invoices.list({ subscription: subscription.id });
    expect(data.map(({ total }) => total).reverse()).toEqual([0, 1500, 2000]);
  });

  it("can be removed", async () => {
    const { stripe, subscription } = await subscribed({ percent_off: 25, duration: "forever" });
    const gone = await stripe.subscriptions.deleteDiscount(subscription.id);
    expect(gone).toMatchObject({ object: "discount", deleted: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
    expect((await refusal(stripe.subscriptions.deleteDiscount(subscription.id))).statusCode).toBe(404);
  });

  it("stays when its coupon is deleted, and can't be given to anybody else", async () => {
    const { sandbox, stripe, customer, price, subscription, totals } = await subscribed({
      id: "GONE",
      percent_off: 25,
      duration: "forever",
    });
    await stripe.coupons.del("GONE");
    sandbox.advance(new Date(start + 29 * day));
    expect(await totals()).toEqual([1500, 1500]);
    const again = stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      discounts: [{ coupon: "GONE" }],
    });
    expect(await refusal(again)).toMatchObject({ code: "resource_missing", param: "discounts[0][coupon]" });
    const { discounts } = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ["discounts.source.coupon"],
    });
    expect(discounts).toMatchObject([{ source: { coupon: { id: "GONE", valid: false } } }]);
  });

  it("is kept, replaced or cleared by an update", async () => {
    const { stripe, subscription } = await subscribed({ percent_off: 25, duration: "forever" });
    const [kept] = subscription.discounts as string[];
    const more = await stripe.coupons.create({ amount_off: 100, currency: "usd", duration: "forever" });
    const both = await stripe.subscriptions.update(subscription.id, {
      discounts: [{ discount: kept ?? "" }, { coupon: more.id }],
    });
    expect(both.discounts).toEqual([kept, expect.stringMatching(/^di_/)]);
    expect((await stripe.subscriptions.update(subscription.id, { discounts: [] })).discounts).toHaveLength(2);
    expect((await stripe.subscriptions.update(subscription.id, { discounts: "" })).discounts).toEqual([]);
    const lost = stripe.subscriptions.update(subscription.id, { discounts: [{ discount: kept ?? "" }] });
    expect(await refusal(lost)).toMatchObject({ code: "resource_missing", param: "discounts[0][discount]" });
  });

  it("of one item leaves the others alone, and comes before the subscription's", async () => {
    const { stripe } = await connect(options);
    const customer = await payer(stripe);
    const [pro, seat] = [
      await recurringPrice(stripe, 2000),
      await recurringPrice(stripe, 1000, "month", "Seat"),
    ];
    const half = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
    const tenth = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const { latest_invoice } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: pro.id, discounts: [{ coupon: half.id }] }, { price: seat.id }],
      discounts: [{ coupon: tenth.id }],
      expand: ["latest_invoice"],
    });
    const invoice = latest_invoice as Stripe.Invoice;
    expect([invoice.subtotal, invoice.total]).toEqual([2000, 1800]);
    const taken = invoice.lines.data.map((line) => (line.discount_amounts ?? []).map(({ amount }) => amount));
    expect(taken).toEqual([[1000, 100], [100]]);
  });
});
