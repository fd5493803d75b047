import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, payer, recurringPrice } from "../../test/connect.js";
import { apiVersion } from "../rooms/api-version.js";

const older = "2025-06-30.basil";
const acacia = "2024-09-30.acacia";

type Asked = { version?: string; method?: string };

const send = async (
  { sandbox }: Connected,
  path: string,
  params: Record<string, string>,
  { version, method = "POST" }: Asked = {},
) => {
  const query = new URLSearchParams(params);
  const response = await fetch(`${sandbox.url}/v1/${path}${method === "GET" ? `?${query}` : ""}`, {
    method,
    headers: {
      authorization: `Bearer ${sandbox.secretKey}`,
      ...(version ? { "stripe-version": version } : {}),
    },
    ...(method === "GET" ? {} : { body: query }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

const open = async () => {
  const shop = await connect({ clock: () => new Date(Date.UTC(2026, 0, 15)) });
  const { stripe } = shop;
  const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 3000)];
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
  return { shop, stripe, customer: customer.id, price: price.id, coupon: coupon.id };
};
type Stage = Awaited<ReturnType<typeof open>>;

const subscribe = (stage: Stage) =>
  stage.stripe.subscriptions.create({ customer: stage.customer, items: [{ price: stage.price }] });

describe("parameters of an earlier API version", () => {
  it("are taken from a request of that version, and refused from one of the present", async () => {
    const shop = await connect();
    const params = { amount: "500", currency: "usd", "payment_method_types[0]": "card" };
    const beta = `${older}; some_beta=v1`;
    expect((await send(shop, "payment_intents", params, { version: older })).status).toBe(200);
    expect((await send(shop, "payment_intents", params, { version: beta })).status).toBe(200);
    expect((await send(shop, "payment_intents", params)).body.error.code).toBe(
      "payment_method_types_no_longer_supported",
    );
    expect((await send(shop, "payment_intents", params, { version: "yesterday" })).status).toBe(400);
  });

  it("are answered with the version that was asked for in the header", async () => {
    const shop = await connect();
    const answer = await send(shop, "customers", {}, { version: acacia });
    expect(answer.headers.get("stripe-version")).toBe(acacia);
    expect((await send(shop, "customers", {})).headers.get("stripe-version")).toBe(apiVersion);
  });

  it("put a coupon on a customer, swap it and remove it", async () => {
    const shop = await connect();
    const { stripe, sandbox } = shop;
    const coupons = await Promise.all([20, 30].map((percent_off) => stripe.coupons.create({ percent_off })));
    const [first = "", second = ""] = coupons.map(({ id }) => id);
    const { body } = await send(shop, "customers", { coupon: first }, { version: older });
    expect(body.discount.source.coupon).toBe(first);
    await send(shop, `customers/${body.id}`, { coupon: second }, { version: older });
    await send(shop, `customers/${body.id}`, { coupon: "" }, { version: older });
    expect((await stripe.customers.retrieve(body.id)) as Stripe.Customer).toMatchObject({ discount: null });
    expect(sandbox.events().flatMap(({ type }) => (type.includes("discount") ? [type] : []))).toEqual([
      "customer.discount.created",
      "customer.discount.updated",
      "customer.discount.deleted",
    ]);
    const unknown = await send(shop, "customers", { coupon: "nothing" }, { version: older });
    expect(unknown.body.error.code).toBe("resource_missing");
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it("redeem a promotion code for a customer", async () => {
    const { shop, stripe, coupon } = await open();
    const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon } });
    const { body } = await send(shop, "customers", { promotion_code: code.id }, { version: acacia });
    expect(body.discount).toMatchObject({ promotion_code: code.id, coupon: { id: coupon } });
    expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
    await send(shop, `customers/${body.id}`, { promotion_code: "" }, { version: acacia });
    expect((await stripe.customers.retrieve(body.id)) as Stripe.Customer).toMatchObject({ discount: null });
  });

  it("put a coupon or a promotion code on a subscription, and remove it", async () => {
    const stage = await open();
    const { shop, stripe, customer, price, coupon } = stage;
    const code = await send(shop, "promotion_codes", { coupon, code: "SPRING" }, { version: acacia });
    const base = { customer, "items[0][price]": price };
    const first = await send(shop, "subscriptions", { ...base, coupon }, { version: acacia });
    const second = await send(
      shop,
      "subscriptions",
      { ...base, promotion_code: code.body.id },
      { version: acacia },
    );
    for (const { body } of [first, second])
      expect((await stripe.invoices.retrieve(body.latest_invoice)).amount_paid).toBe(2400);
    await send(shop, `subscriptions/${first.body.id}`, { coupon: "" }, { version: acacia });
    expect((await stripe.subscriptions.retrieve(first.body.id)).discounts).toEqual([]);
    expect((await send(shop, "subscriptions", { ...base, coupon })).body.error.code).toBe(
      "parameter_unknown",
    );
  });

  it("start the billing cycle again with a word", async () => {
    const stage = await open();
    const { shop, stripe } = stage;
    const { id } = await subscribe(stage);
    shop.sandbox.advance(new Date(Date.UTC(2026, 0, 25)));
    const params = { billing_cycle_anchor: "now" };
    const version = "2026-08-26.dahlia";
    expect((await send(shop, `subscriptions/${id}`, params, { version })).status).toBe(200);
    expect((await stripe.subscriptions.retrieve(id)).billing_cycle_anchor).toBe(Date.UTC(2026, 0, 25) / 1000);
    expect((await send(shop, `subscriptions/${id}`, params)).status).toBe(400);
  });

  it.each([
    ["hosted", "hosted_page"],
    ["embedded", "embedded_page"],
    ["custom", "elements"],
  ])("show a checkout as %s", async (mode, present) => {
    const { shop, stripe, price } = await open();
    const urls: Record<string, string> =
      mode === "hosted" ? { success_url: "https://app.test/ok" } : { return_url: "https://app.test/back" };
    const params = { ui_mode: mode, mode: "subscription", "line_items[0][price]": price, ...urls };
    const given = { ...params, "line_items[0][quantity]": "1" };
    const { body } = await send(shop, "checkout/sessions", given, { version: "2026-02-25.clover" });
    expect((await stripe.checkout.sessions.retrieve(body.id)).ui_mode).toBe(present);
    expect((await send(shop, "checkout/sessions", given)).status).toBe(400);
  });

  it("price an invoice item by a price or by an amount", async () => {
    const { shop, stripe, customer } = await open();
    const once = await stripe.prices.create({
      currency: "usd",
      unit_amount: 700,
      product_data: { name: "Hour" },
    });
    const ofPrice = await send(shop, "invoiceitems", { customer, price: once.id }, { version: acacia });
    const ofAmount = await send(
      shop,
      "invoiceitems",
      { customer, currency: "usd", unit_amount: "250", quantity: "3" },
      { version: acacia },
    );
    expect([ofPrice.body.amount, ofAmount.body.amount]).toEqual([700, 750]);
    const draft = await stripe.invoices.create({ customer });
    const added = await send(
      shop,
      `invoices/${draft.id}/add_lines`,
      { "lines[0][price]": once.id },
      { version: acacia },
    );
    expect(added.body.amount_due).toBe(700);
    expect((await send(shop, "invoiceitems", { customer, price: once.id })).status).toBe(400);
  });

  it("ask for the upcoming invoice, which is the preview", async () => {
    const stage = await open();
    const { shop, stripe, price, customer, coupon } = stage;
    const subscription = await subscribe(stage);
    const dear = await recurringPrice(stripe, 9000);
    const [item] = subscription.items.data;
    shop.sandbox.advance(new Date(Date.UTC(2026, 0, 25)));
    const now = String(Math.floor(shop.sandbox.now().getTime() / 1000));
    const params = {
      subscription: subscription.id,
      "subscription_items[0][id]": item?.id ?? "",
      "subscription_items[0][price]": dear.id,
      subscription_proration_behavior: "create_prorations",
      subscription_proration_date: now,
      coupon,
    };
    const asked = { version: acacia, method: "GET" };
    const { body } = await send(shop, "invoices/upcoming", params, asked);
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      discounts: [{ coupon }],
      subscription_details: {
        items: [{ id: item?.id ?? "", price: dear.id }],
        proration_behavior: "create_prorations",
        proration_date: Number(now),
      },
    });
    expect(body).not.toHaveProperty("id");
    expect([body.amount_due, body.lines.data.length]).toEqual([
      preview.amount_due,
      preview.lines.data.length,
    ]);
    const page = await send(shop, "invoices/upcoming/lines", { ...params, limit: "1" }, asked);
    expect([page.body.data.length, page.body.has_more]).toEqual([1, true]);
    const renewed = await send(
      shop,
      "invoices/upcoming",
      { subscription: subscription.id, subscription_billing_cycle_anchor: "now" },
      asked,
    );
    expect(renewed.body.period_start).toBe(Number(now));
    const fresh = { customer, "subscription_items[0][price]": price };
    expect((await send(shop, "invoices/upcoming", fresh, asked)).body.amount_due).toBe(3000);
    const present = await send(shop, "invoices/upcoming", params, { method: "GET" });
    expect([present.status, present.body.error.message]).toEqual([
      404,
      expect.stringContaining("create_preview"),
    ]);
  });

  it("make subscriptions of the classic billing mode, where none is named", async () => {
    const { shop, customer, price } = await open();
    const base = { customer, "items[0][price]": price };
    const mode = async (version: string, more = {}) =>
      (await send(shop, "subscriptions", { ...base, ...more }, { version })).body.billing_mode.type;
    expect(await mode(acacia)).toBe("classic");
    expect(await mode(older, { "billing_mode[type]": "flexible" })).toBe("flexible");
    expect(await mode("2025-09-30.clover")).toBe("flexible");
  });

  it("count a phase's length in periods of its price, and take its coupon", async () => {
    const { shop, customer, coupon } = await open();
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
      "phases[0][coupon]": coupon,
    };
    const { body } = await send(shop, "subscription_schedules", params, { version: acacia });
    const [phase] = body.phases;
    expect(Math.round((phase.end_date - phase.start_date) / 86_400 / 30)).toBe(6);
    expect(phase.discounts[0].coupon).toBe(coupon);
    expect((await send(shop, "subscription_schedules", params)).status).toBe(400);
  });

  it("tie a credit note to one refund", async () => {
    const stage = await open();
    const { shop, stripe } = stage;
    const { latest_invoice } = await subscribe(stage);
    const invoice = await stripe.invoices.retrieve(String(latest_invoice), { expand: ["payments"] });
    const intent = String(invoice.payments?.data[0]?.payment.payment_intent);
    const refund = await stripe.refunds.create({ payment_intent: intent, amount: 500 });
    const params = { invoice: String(latest_invoice), amount: "500", refund: refund.id };
    const note = await send(shop, "credit_notes", params, { version: acacia });
    expect(note.body.refunds[0]).toMatchObject({ refund: refund.id, amount_refunded: 500 });
  });

  it("name a product's features", async () => {
    const shop = await connect();
    const params = { name: "Pro", "features[0][name]": "Export" };
    const { body } = await send(shop, "products", params, { version: "2023-10-16" });
    expect(body.marketing_features).toEqual([{ name: "Export" }]);
    expect((await send(shop, "products", params, { version: acacia })).status).toBe(400);
  });
});
