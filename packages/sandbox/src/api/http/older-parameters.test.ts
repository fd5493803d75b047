import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect } from "../../../test/connect.js";

const older = "2025-06-30.basil";

const send = async (
  { sandbox }: Connected,
  path: string,
  params: Record<string, string>,
  version?: string,
) => {
  const response = await fetch(`${sandbox.url}/v1/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${sandbox.secretKey}`,
      ...(version ? { "stripe-version": version } : {}),
    },
    body: new URLSearchParams(params),
  });
  return { status: response.status, body: await response.json() };
};

describe("parameters of an earlier API version", () => {
  it("are taken from a request of that version, and refused from one of the present", async () => {
    const shop = await connect();
    const params = { amount: "500", currency: "usd", "payment_method_types[0]": "card" };
    expect((await send(shop, "payment_intents", params, older)).status).toBe(200);
    expect((await send(shop, "payment_intents", params)).body.error.code).toBe("parameter_unknown");
    expect((await send(shop, "payment_intents", params, "yesterday")).status).toBe(400);
  });

  it("put a coupon on a customer, swap it and remove it", async () => {
    const shop = await connect();
    const { stripe, sandbox } = shop;
    const coupons = await Promise.all([20, 30].map((percent_off) => stripe.coupons.create({ percent_off })));
    const [first = "", second = ""] = coupons.map(({ id }) => id);
    const { body } = await send(shop, "customers", { coupon: first }, older);
    expect(body.discount.source.coupon).toBe(first);
    await send(shop, `customers/${body.id}`, { coupon: second }, older);
    await send(shop, `customers/${body.id}`, { coupon: "" }, older);
    expect((await stripe.customers.retrieve(body.id)) as Stripe.Customer).toMatchObject({ discount: null });
    expect(sandbox.events().flatMap(({ type }) => (type.includes("discount") ? [type] : []))).toEqual([
      "customer.discount.created",
      "customer.discount.updated",
      "customer.discount.deleted",
    ]);
    const unknown = await send(shop, "customers", { coupon: "nothing" }, older);
    expect(unknown.body.error.code).toBe("resource_missing");
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it("count a phase's length in periods of its price", async () => {
    const shop = await connect();
    const { id: customer } = await shop.stripe.customers.create();
    const { id: price } = await shop.stripe.prices.create({
      currency: "usd",
      unit_amount: 900,
      product_data: { name: "Pro" },
      recurring: { interval: "month", interval_count: 3 },
    });
    const params = {
      customer,
      start_date: "now",
      "phases[0][items][0][price]": price,
      "phases[0][iterations]": "2",
    };
    const { body } = await send(shop, "subscription_schedules", params, older);
    const [phase] = body.phases;
    expect(Math.round((phase.end_date - phase.start_date) / 86_400 / 30)).toBe(6);
    expect((await send(shop, "subscription_schedules", params)).status).toBe(400);
  });
});
