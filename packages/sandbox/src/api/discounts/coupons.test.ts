import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const now = new Date(Date.UTC(2026, 0, 15));
const options = { clock: () => now };

describe("coupons", () => {
  it("are created, changed, listed and deleted, with their events", async () => {
    const { sandbox, stripe } = await connect(options);
    const coupon = await stripe.coupons.create({ id: "WINTER", percent_off: 12.5, duration: "forever" });
    expect(coupon).toMatchObject({ id: "WINTER", percent_off: 12.5, amount_off: null, valid: true });
    await stripe.coupons.update("WINTER", { name: "Winter", metadata: { season: "cold" } });
    expect((await stripe.coupons.list()).data.map(({ name }) => name)).toEqual(["Winter"]);
    expect(await stripe.coupons.del("WINTER")).toEqual({ id: "WINTER", object: "coupon", deleted: true });
    expect((await refusal(stripe.coupons.retrieve("WINTER"))).code).toBe("resource_missing");
    const types = sandbox.events().map((event) => event.type);
    expect(types).toEqual(["coupon.created", "coupon.updated", "coupon.deleted"]);
  });

  it("show their products and currencies when asked", async () => {
    const { stripe } = await connect(options);
    const product = await stripe.products.create({ name: "Pro" });
    const { id } = await stripe.coupons.create({
      amount_off: 500,
      currency: "usd",
      currency_options: { eur: { amount_off: 450 } },
      applies_to: { products: [product.id] },
    });
    expect(await stripe.coupons.retrieve(id)).not.toHaveProperty("applies_to");
    const shown = await stripe.coupons.retrieve(id, { expand: ["applies_to", "currency_options"] });
    expect(shown.applies_to).toEqual({ products: [product.id] });
    expect(shown.currency_options).toEqual({ usd: { amount_off: 500 }, eur: { amount_off: 450 } });
  });

  it.each([
    ["neither a percentage nor an amount", {}, undefined],
    ["both", { percent_off: 10, amount_off: 5, currency: "usd" }, undefined],
    ["an amount without its currency", { amount_off: 5 }, "currency"],
    ["more than everything", { percent_off: 101 }, "percent_off"],
    ["months without a number", { percent_off: 10, duration: "repeating" as const }, "duration"],
    ["a number of months for once", { percent_off: 10, duration_in_months: 3 }, "duration_in_months"],
    ["a past end", { percent_off: 10, redeem_by: 1_000_000_000 }, "redeem_by"],
    [
      "an unknown product",
      { percent_off: 10, applies_to: { products: ["prod_x"] } },
      "applies_to[products][0]",
    ],
  ])("are refused with %s", async (_, fields, param) => {
    const { sandbox, stripe } = await connect(options);
    const { statusCode, param: blamed } = await refusal(stripe.coupons.create(fields));
    expect([statusCode, blamed]).toEqual([400, param]);
    expect(sandbox.events()).toEqual([]);
  });

  it("of a fixed amount are valid in their own currencies only", async () => {
    const { stripe } = await connect(options);
    const price = await recurringPrice(stripe, 1000);
    const customer = await payer(stripe);
    const euros = await stripe.coupons.create({ amount_off: 300, currency: "eur" });
    const both = await stripe.coupons.create({
      amount_off: 300,
      currency: "eur",
      currency_options: { usd: { amount_off: 350 } },
    });
    const subscribe = (coupon: string) =>
      stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        discounts: [{ coupon }],
        expand: ["latest_invoice"],
      });
    expect((await refusal(subscribe(euros.id))).param).toBe("discounts[0][coupon]");
    expect((await subscribe(both.id)).latest_invoice).toMatchObject({ subtotal: 1000, total: 650 });
  });

  it("limited to some products leave the others alone", async () => {
    const { stripe } = await connect(options);
    const [pro, seat] = [
      await recurringPrice(stripe, 2000),
      await recurringPrice(stripe, 1000, "month", "Seat"),
    ];
    const customer = await payer(stripe);
    const { id } = await stripe.coupons.create({
      percent_off: 50,
      applies_to: { products: [seat.product as string] },
    });
    const { latest_invoice } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: pro.id }, { price: seat.id }],
      discounts: [{ coupon: id }],
      expand: ["latest_invoice"],
    });
    expect(latest_invoice).toMatchObject({ subtotal: 3000, total: 2500 });
  });

  it("are over once they have been redeemed as often as they may be, and after their last day", async () => {
    let time = now;
    const { stripe } = await connect({ clock: () => time });
    const price = await recurringPrice(stripe, 1000);
    const customer = await payer(stripe);
    const once = await stripe.coupons.create({ percent_off: 10, max_redemptions: 1, duration: "forever" });
    const dated = await stripe.coupons.create({ percent_off: 10, redeem_by: now.getTime() / 1000 + 60 });
    const subscribe = (coupon: string) =>
      stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        discounts: [{ coupon }],
      });
    await subscribe(once.id);
    expect(await stripe.coupons.retrieve(once.id)).toMatchObject({ times_redeemed: 1, valid: false });
    expect(await refusal(subscribe(once.id))).toMatchObject({
      code: "coupon_expired",
      param: "discounts[0][coupon]",
    });
    time = new Date(now.getTime() + 120_000);
    expect((await stripe.coupons.retrieve(dated.id)).valid).toBe(false);
    expect((await refusal(subscribe(dated.id))).code).toBe("coupon_expired");
  });
});
