import { describe, expect, it } from "vitest";
import { connect, payer, refusal } from "../../../test/connect.js";

describe("plans", () => {
  it("are prices by their old name, with the events of both", async () => {
    const { stripe } = await connect();
    const fields = { id: "gold", amount: 2900, currency: "usd", interval: "month" } as const;
    const plan = await stripe.plans.create({ ...fields, product: { name: "Gold" }, trial_period_days: 7 });
    expect(plan).toMatchObject({ id: "gold", amount: 2900, interval_count: 1, trial_period_days: 7 });
    const taken = stripe.plans.create({ ...fields, product: plan.product as string });
    expect((await refusal(taken)).code).toBe("resource_already_exists");
    const price = await stripe.prices.retrieve("gold", { expand: ["product"] });
    expect(price).toMatchObject({ unit_amount: 2900, type: "recurring", product: { name: "Gold" } });
    await stripe.plans.update("gold", { nickname: "Old gold" });
    expect((await stripe.plans.list({ active: true })).data.map(({ nickname }) => nickname)).toEqual([
      "Old gold",
    ]);
    expect(await stripe.plans.del("gold")).toEqual({ id: "gold", object: "plan", deleted: true });
    expect((await refusal(stripe.plans.retrieve("gold"))).message).toBe("No such plan: 'gold'");
    const { data } = await stripe.events.list();
    expect(data.reverse().map(({ type }) => type)).toEqual([
      "product.created",
      "plan.created",
      "price.created",
      "plan.updated",
      "price.updated",
      "plan.deleted",
      "price.deleted",
    ]);
    expect(data[4]?.data.previous_attributes).toEqual({ nickname: null });
  });

  it("ride along with a subscription's items, tiers when they are expanded", async () => {
    const { stripe } = await connect();
    const plan = await stripe.plans.create({
      currency: "usd",
      interval: "year",
      product: { name: "Seats" },
      billing_scheme: "tiered",
      tiers_mode: "volume",
      tiers: [{ up_to: "inf", unit_amount: 500 }],
    });
    const { id } = await payer(stripe);
    const subscription = await stripe.subscriptions.create({
      customer: id,
      items: [{ price: plan.id, quantity: 3 }],
    });
    expect(subscription.items.data[0]?.plan).toMatchObject({
      id: plan.id,
      interval: "year",
      tiers_mode: "volume",
    });
    const shown = await stripe.plans.retrieve(plan.id, { expand: ["tiers"] });
    expect(shown.tiers).toHaveLength(1);
    const invoice = await stripe.invoices.retrieve(subscription.latest_invoice as string);
    expect(invoice.total).toBe(1500);
  });

  it("need an amount", async () => {
    const { stripe } = await connect();
    const error = await refusal(
      stripe.plans.create({ currency: "usd", interval: "month", product: { name: "Gold" } }),
    );
    expect(error.message).toBe("Plans require an `amount` or `amount_decimal` parameter to be set.");
    expect((await stripe.products.list()).data).toEqual([]);
  });
});
