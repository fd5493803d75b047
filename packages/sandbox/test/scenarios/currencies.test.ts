import { afterEach, describe, expect, it } from "vitest";
import { checkBooks, openStage, refused, type Stage } from "./open-stage.js";

let stage: Stage;
afterEach(() => checkBooks(stage));

const refusal = /^You cannot combine currencies on a single customer\. .* with currency jpy\.$/;

/** A customer who pays ¥1,001 a month, less a third, plus tax. */
const inYen = async () => {
  stage = await openStage();
  const { stripe, customer, price } = stage;
  const coupon = await stripe.coupons.create({ percent_off: 33.3, duration: "forever" });
  const vat = await stripe.taxRates.create({ display_name: "VAT", percentage: 10, inclusive: false });
  const { id, items } = await stripe.subscriptions.create({
    customer,
    items: [{ price: await price(1001, { currency: "jpy" }) }],
    discounts: [{ coupon: coupon.id }],
    default_tax_rates: [vat.id],
  });
  return { ...stage, id, item: items.data[0]?.id as string, usd: await price(1000) };
};

describe("a currency without minor units", () => {
  it("is discounted, taxed and prorated in whole units", async () => {
    const { stripe, customer, price, id, item, to } = await inYen();
    await to("2027-01-11");
    await stripe.subscriptions.update(id, {
      items: [{ id: item, price: await price(2003, { currency: "jpy" }) }],
      proration_behavior: "always_invoice",
    });
    const [upgrade, first] = (await stripe.invoices.list({ customer })).data;
    expect(first).toMatchObject({ subtotal: 1001, total: 1001 - 333 + 67, amount_paid: 735 });
    // 668 and 1336 after the discount, for 21 of 31 days.
    expect(upgrade?.lines.data.map(({ amount }) => amount)).toEqual([-453, 905]);
    expect(upgrade).toMatchObject({ total: 452 - 45 + 91, amount_paid: 498 });
  });
});

describe("a customer who is billed in yen", () => {
  it.each(["a subscription", "a preview", "a schedule", "a checkout"])(
    "can't have %s in dollars meanwhile",
    async (what) => {
      const { sandbox, stripe, customer, usd } = await inYen();
      const items = [{ price: usd }];
      const before = sandbox.events().length;
      const ask: Record<string, () => Promise<unknown>> = {
        "a subscription": () => stripe.subscriptions.create({ customer, items }),
        "a preview": () => stripe.invoices.createPreview({ customer, subscription_details: { items } }),
        "a schedule": () =>
          stripe.subscriptionSchedules.create({ customer, start_date: "now", phases: [{ items }] }),
        "a checkout": () =>
          stripe.checkout.sessions.create({
            customer,
            mode: "subscription",
            success_url: "https://example.com",
            line_items: [{ price: usd, quantity: 1 }],
          }),
      };
      expect(await refused(ask[what]?.() ?? Promise.resolve())).toMatch(refusal);
      expect(sandbox.events()).toHaveLength(before);
    },
  );

  it("can have a single invoice in dollars, and a subscription once the first one has ended", async () => {
    const { stripe, customer, id, usd } = await inYen();
    const draft = await stripe.invoices.create({ customer, currency: "usd" });
    await stripe.invoiceItems.create({
      customer,
      invoice: draft.id as string,
      amount: 777,
      currency: "usd",
    });
    const paid = await stripe.invoices.pay(draft.id as string);
    expect(paid).toMatchObject({ amount_paid: 777, currency: "usd" });
    await stripe.subscriptions.cancel(id);
    const next = await stripe.subscriptions.create({ customer, items: [{ price: usd }] });
    expect(next).toMatchObject({ currency: "usd", status: "active" });
  });
});
