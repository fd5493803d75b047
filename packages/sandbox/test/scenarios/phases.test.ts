import { afterEach, describe, expect, it } from "vitest";
import { at, checkBooks, openStage, type Stage } from "./open-stage.js";

let stage: Stage;
afterEach(() => checkBooks(stage));

describe("phases of a schedule", () => {
  it("bring their coupon, and begin without it when it was deleted meanwhile", async () => {
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
});
