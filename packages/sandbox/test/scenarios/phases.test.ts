import { afterEach, describe, expect, it } from "vitest";
import { at, checkBooks, openStage, type Stage } from "./open-stage.js";

let stage: Stage;
afterEach(() => checkBooks(stage));

describe("phases of a schedule", () => {
  it("bring their coupon, and begin without it if it has been deleted meanwhile", async () => {
    stage = await openStage({ start: "2027-01-01" });
    const { stripe, customer, price, to } = stage;
    const monthly = await price(3100);
    const coupons = await Promise.all(
      [50, 20].map((percent_off) => stripe.coupons.create({ percent_off, duration: "forever" })),
    );
    const [half, fifth] = coupons.map(({ id }) => id);
    const phase = (end: string, coupon?: string) => ({
      items: [{ price: monthly, quantity: 1 }],
      end_date: at(end),
      ...(coupon ? { discounts: [{ coupon }] } : {}),
    });
    await stripe.subscriptionSchedules.create({
      customer,
      start_date: at("2027-01-01"),
      phases: [phase("2027-02-01"), phase("2027-03-01", half), phase("2027-04-01", fifth)],
    });
    await to("2027-02-02");
    await stripe.coupons.del(fifth ?? "");
    await to("2027-03-02");
    const invoices = (await stripe.invoices.list({ customer })).data;
    expect(invoices.map(({ total }) => total)).toEqual([3100, 1550, 3100]);
  });

  it("leave their coupon to no phase after them", async () => {
    stage = await openStage({ start: "2027-01-01" });
    const { stripe, customer, price, to } = stage;
    const items = [{ price: await price(3100), quantity: 1 }];
    const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
    await stripe.subscriptionSchedules.create({
      customer,
      start_date: at("2027-01-01"),
      phases: [
        { items, end_date: at("2027-02-01"), discounts: [{ coupon }] },
        { items, end_date: at("2027-03-01") },
      ],
    });
    await to("2027-02-02");
    const invoices = (await stripe.invoices.list({ customer })).data;
    expect(invoices.map(({ total }) => total)).toEqual([3100, 1550]);
    const { data } = await stripe.subscriptions.list({ customer });
    expect(data[0]?.discounts).toEqual([]);
  });

  it("end with a subscription whose first payment never came, and change nothing after it", async () => {
    stage = await openStage({ start: "2027-01-01" });
    const { stripe, customer, price, to } = stage;
    const [monthly, dearer] = [await price(3100), await price(9900)];
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: monthly }],
      payment_behavior: "default_incomplete",
    });
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    await to("2027-01-03");
    const expired = await stripe.subscriptions.retrieve(id);
    expect(expired.status).toBe("incomplete_expired");
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: "canceled" });
    const items = [{ price: dearer }];
    const phases = [{ items, start_date: at("2027-01-01"), end_date: at("2027-03-01") }];
    await expect(stripe.subscriptionSchedules.update(schedule.id, { phases })).rejects.toThrow();
    await to("2027-02-02");
    expect((await stripe.subscriptions.retrieve(id)).items).toEqual(expired.items);
  });
});
