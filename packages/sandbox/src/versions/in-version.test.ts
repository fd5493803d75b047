import { createServer } from "node:http";
import Stripe from "stripe";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Connected, connect, payer, recurringPrice } from "../../test/connect.js";
import { startSandbox } from "../index.js";
import { apiVersion } from "../rooms/api-version.js";

const acacia = "2024-09-30.acacia";
const basil = "2025-06-30.basil";
const clock = () => new Date(Date.UTC(2026, 0, 15));

/** Answers as they travel, in the version that is asked for. */
const get = async ({ sandbox }: Connected, path: string, version?: string) => {
  const response = await fetch(`${sandbox.url}/v1/${path}`, {
    headers: {
      authorization: `Bearer ${sandbox.secretKey}`,
      ...(version ? { "stripe-version": version } : {}),
    },
  });
  return response.json();
};

const subscribe = async (shop: Connected) => {
  const { stripe } = shop;
  const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 3000)];
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
  const rate = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    discounts: [{ coupon: coupon.id }],
    default_tax_rates: [rate.id],
    metadata: { object: "invoice" },
  });
  return { customer, price, coupon, rate, subscription, invoice: String(subscription.latest_invoice) };
};

/** An endpoint of a version, and what it was sent. */
const listen = async ({ stripe }: Connected, version?: Stripe.WebhookEndpointCreateParams.ApiVersion) => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${port}/hook`,
    enabled_events: ["*"],
    ...(version ? { api_version: version } : {}),
  });
  return () => bodies.map((body): Stripe.Event => JSON.parse(body));
};

describe("answers to an earlier API version have what moved in its old place", () => {
  it("on a subscription", async () => {
    const shop = await connect({ clock });
    const { subscription, coupon } = await subscribe(shop);
    const [item] = subscription.items.data;
    const old = await get(shop, `subscriptions/${subscription.id}`, acacia);
    expect(old).toMatchObject({
      current_period_start: item?.current_period_start,
      current_period_end: item?.current_period_end,
      discount: { object: "discount", coupon: { id: coupon.id, percent_off: 50 } },
      metadata: { object: "invoice" },
    });
    const newer = await get(shop, `subscriptions/${subscription.id}?expand[]=discounts`, basil);
    expect(newer).not.toHaveProperty("current_period_end");
    expect(newer.discounts[0].coupon.id).toBe(coupon.id);
    const present = await get(shop, `subscriptions/${subscription.id}?expand[]=discounts`);
    expect(present.discounts[0]).not.toHaveProperty("coupon");
    const { data } = await get(shop, "subscriptions", acacia);
    expect(data[0].current_period_end).toBe(item?.current_period_end);
  });

  it("on an invoice and its lines", async () => {
    const shop = await connect({ clock });
    const { subscription, price, coupon, rate, invoice } = await subscribe(shop);
    const old = await get(shop, `invoices/${invoice}`, acacia);
    expect(old).toMatchObject({
      subscription: subscription.id,
      subscription_details: { metadata: { object: "invoice" } },
      paid: true,
      paid_out_of_band: false,
      payment_intent: expect.stringMatching(/^pi_/),
      charge: expect.stringMatching(/^ch_/),
      discount: { coupon: { id: coupon.id } },
      quote: null,
      tax: 300,
      total_tax_amounts: [{ amount: 300, inclusive: false, tax_rate: rate.id, taxable_amount: 1500 }],
    });
    expect(old.lines.data[0]).toMatchObject({
      price: { id: price.id, object: "price", recurring: { aggregate_usage: null } },
      plan: { id: price.id, object: "plan", amount: 3000 },
      proration: false,
      type: "subscription",
      subscription_item: subscription.items.data[0]?.id,
      tax_amounts: [{ amount: 300 }],
      tax_rates: [{ id: rate.id, percentage: 20 }],
      amount_excluding_tax: 3000,
      unit_amount_excluding_tax: "3000",
    });
    expect((await get(shop, `payment_intents/${old.payment_intent}`, acacia)).invoice).toBe(invoice);
    expect((await get(shop, `charges/${old.charge}`, acacia)).invoice).toBe(invoice);
    expect(await get(shop, `invoices/${invoice}`, basil)).not.toHaveProperty("paid");
  });

  it("on an invoice that nobody charged", async () => {
    const shop = await connect({ clock });
    const { stripe } = shop;
    const { id: customer } = await stripe.customers.create();
    const { id } = await stripe.invoices.create({ customer });
    const item = await stripe.invoiceItems.create({ customer, invoice: id, amount: 900, currency: "usd" });
    expect(await get(shop, `invoiceitems/${item.id}`, acacia)).toMatchObject({
      price: { object: "price", unit_amount: 900 },
      plan: null,
      unit_amount: 900,
      unit_amount_decimal: "900",
      subscription: null,
    });
    const draft = await get(shop, `invoices/${id}`, acacia);
    expect(draft).toMatchObject({ paid: false, payment_intent: null, charge: null, subscription: null });
    expect(draft.lines.data[0]).toMatchObject({ type: "invoiceitem", invoice_item: item.id });
    await stripe.invoices.pay(id, { paid_out_of_band: true });
    expect(await get(shop, `invoices/${id}`, acacia)).toMatchObject({
      paid: true,
      paid_out_of_band: true,
      amount_paid: 0,
      charge: null,
    });
  });

  it("where a request expands it", async () => {
    const shop = await connect({ clock });
    const { subscription, invoice } = await subscribe(shop);
    const path = `subscriptions/${subscription.id}?expand[]=latest_invoice.payment_intent.latest_charge`;
    const old = await get(shop, path, acacia);
    expect(old.latest_invoice).toMatchObject({ id: invoice, paid: true });
    expect(old.latest_invoice.payment_intent).toMatchObject({
      object: "payment_intent",
      invoice,
      latest_charge: { object: "charge", invoice },
    });
    expect((await get(shop, path)).error.message).toContain("cannot be expanded");
  });

  it("on a promotion code, a schedule, a product and a checkout session", async () => {
    const shop = await connect({ clock });
    const { stripe } = shop;
    const { customer, price, coupon } = await subscribe(shop);
    const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
    expect((await get(shop, `promotion_codes/${code.id}`, basil)).coupon).toMatchObject({ id: coupon.id });
    const schedule = await stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: "now",
      phases: [{ items: [{ price: price.id }], discounts: [{ coupon: coupon.id }] }],
    });
    const { phases } = await get(shop, `subscription_schedules/${schedule.id}`, acacia);
    expect(phases[0].coupon).toBe(coupon.id);
    const product = await stripe.products.create({ name: "Pro", marketing_features: [{ name: "Export" }] });
    expect((await get(shop, `products/${product.id}`, "2023-10-16")).features).toEqual([{ name: "Export" }]);
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "https://app.test/ok",
    });
    const path = `checkout/sessions/${session.id}`;
    expect((await get(shop, path, "2026-02-25.clover")).ui_mode).toBe("hosted");
    expect((await get(shop, path, acacia)).shipping_details).toBeNull();
    expect((await get(shop, path)).ui_mode).toBe("hosted_page");
  });
});

describe("events of an earlier API version", () => {
  it("reach an endpoint of that version in its form, and others in theirs", async () => {
    const shop = await connect({ clock });
    const heard = await listen(shop, acacia as Stripe.WebhookEndpointCreateParams.ApiVersion);
    const present = await listen(shop);
    const { subscription } = await subscribe(shop);
    shop.sandbox.advance(new Date(Date.UTC(2026, 1, 16)));
    await shop.sandbox.settled();
    const of = (events: Stripe.Event[], type: string) =>
      events
        .filter((event) => event.type === type)
        .map(({ api_version, data }) => ({ api_version, ...data }));
    expect(of(heard(), "invoice.paid")[0]).toMatchObject({
      api_version: acacia,
      object: { subscription: subscription.id, paid: true, payment_intent: expect.any(String) },
    });
    expect(of(heard(), "invoice.created").at(-1)?.object).toMatchObject({
      status: "draft",
      payment_intent: null,
    });
    const [start, end] = [Date.UTC(2026, 1, 15) / 1000, Date.UTC(2026, 2, 15) / 1000];
    expect(of(heard(), "customer.subscription.updated").at(-1)).toMatchObject({
      object: { current_period_start: start, current_period_end: end },
      previous_attributes: { current_period_start: Date.UTC(2026, 0, 15) / 1000, current_period_end: start },
    });
    const [paid] = of(present(), "invoice.paid");
    expect(paid).toMatchObject({ api_version: apiVersion });
    expect(paid?.object).not.toHaveProperty("paid");
    const ids = (events: Stripe.Event[]) => events.map(({ id }) => id);
    // The endpoint's version had no such event yet.
    const known = present().filter(({ type }) => type !== "invoice_payment.paid");
    expect(known.length).toBeLessThan(present().length);
    expect(ids(heard())).toEqual(ids(known));
  });

  it("are read in the form of the version that reads them", async () => {
    const shop = await connect({ clock });
    await subscribe(shop);
    const { data } = await get(shop, "events?type=customer.subscription.created", acacia);
    expect(data[0].api_version).toBe(acacia);
    expect(data[0].data.object).toHaveProperty("current_period_end");
    const present = await get(shop, `events/${data[0].id}`);
    expect(present.api_version).toBe(apiVersion);
    expect(present.data.object).not.toHaveProperty("current_period_end");
  });
});

describe("the account's API version", () => {
  it("is that of requests, endpoints and events that name none", async () => {
    // Not `connect`, which holds events to the installed SDK.
    const sandbox = await startSandbox({ clock, apiVersion: acacia, log: () => undefined });
    onTestFinished(() => sandbox.close());
    const { hostname: host, port } = new URL(sandbox.url);
    const stripe = new Stripe(sandbox.secretKey, { host, port, protocol: "http" });
    const shop = { sandbox, stripe };
    const heard = await listen(shop);
    const { subscription } = await subscribe(shop);
    await sandbox.settled();
    expect(await get(shop, `subscriptions/${subscription.id}`)).toHaveProperty("current_period_end");
    for (const events of [heard(), sandbox.events()]) {
      const created = events.find(({ type }) => type === "customer.subscription.created");
      expect(created).toMatchObject({ api_version: acacia });
      expect(created?.data.object).toHaveProperty("current_period_end");
    }
    const { events } = await sandbox.play("renewal", { customer: String(subscription.customer) });
    expect(events.find(({ type }) => type === "invoice.paid")?.data.object).toHaveProperty("paid", true);
    const page = await fetch(`${sandbox.url}/dashboard/events/${events.at(-1)?.id}`);
    expect(await page.text()).toContain(acacia);
    // The SDK names its own version.
    expect(await stripe.subscriptions.retrieve(subscription.id)).not.toHaveProperty("current_period_end");
  });

  it("must be one", async () => {
    await expect(connect({ apiVersion: "newest" })).rejects.toThrow("apiVersion must look like");
  });
});

describe("what is not translated", () => {
  it("is said once for each version, and not of the present one", async () => {
    const lines: string[] = [];
    const shop = await connect({ log: (line) => lines.push(line) });
    for (const version of ["2022-11-15", acacia, acacia, apiVersion]) await get(shop, "customers", version);
    expect(lines).toEqual([
      "Sandbox: API version 2022-11-15 is translated, except for what changed before 2023-10-16.",
    ]);
  });
});

describe("what a version does not know is withheld", () => {
  const types = (events: { type: string }[]) => new Set(events.map(({ type }) => type));

  it("types of events: from its endpoints, its lists and its reads", async () => {
    const shop = await connect({ clock });
    const heard = {
      acacia: await listen(shop, acacia as Stripe.WebhookEndpointCreateParams.ApiVersion),
      basil: await listen(shop, basil as Stripe.WebhookEndpointCreateParams.ApiVersion),
    };
    await subscribe(shop);
    await shop.sandbox.settled();
    const added = "invoice_payment.paid";
    expect([types(heard.acacia()).has(added), types(heard.basil()).has(added)]).toEqual([false, true]);
    expect(types(heard.acacia()).has("invoice.paid")).toBe(true);
    const list = async (version: string) => (await get(shop, `events?type=${added}`, version)).data;
    expect(await list(acacia)).toEqual([]);
    const [event] = await list(basil);
    expect((await get(shop, `events/${event.id}`, acacia)).error.code).toBe("resource_missing");
    expect((await get(shop, `events/${event.id}`, basil)).id).toBe(event.id);
  });

  it("types of events from the log of an account of that version", async () => {
    const sandbox = await startSandbox({ clock, apiVersion: acacia, log: () => undefined });
    onTestFinished(() => sandbox.close());
    const { hostname: host, port } = new URL(sandbox.url);
    const stripe = new Stripe(sandbox.secretKey, { host, port, protocol: "http" });
    const { id: customer } = await payer(stripe);
    const { id } = await recurringPrice(stripe, 900);
    await stripe.subscriptions.create({ customer, items: [{ price: id }] });
    expect(types(sandbox.events()).has("invoice_payment.paid")).toBe(false);
    expect(types(sandbox.events()).has("invoice.paid")).toBe(true);
  });

  it.each([
    ["2026-07-29.dahlia", undefined],
    ["2026-08-26.dahlia", "invalid_canceled_subscription_fields"],
  ])("codes of refusals: %s", async (version, code) => {
    const { sandbox, stripe } = await connect({ clock });
    const { id: customer } = await payer(stripe);
    const { id: price } = await recurringPrice(stripe, 900);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await stripe.subscriptions.cancel(id);
    const response = await fetch(`${sandbox.url}/v1/subscriptions/${id}`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandbox.secretKey}`, "stripe-version": version },
      body: new URLSearchParams({ description: "x" }),
    });
    const { error } = await response.json();
    expect([response.status, error.code, "doc_url" in error]).toEqual([400, code, code !== undefined]);
    expect(error.message).toContain("A canceled subscription can only update");
  });
});

describe("the word about what is not translated", () => {
  it("is said once for each version, whether a request or an endpoint has it", async () => {
    const lines: string[] = [];
    const shop = await connect({ clock, log: (line) => lines.push(line) });
    const about = (version: string) => lines.filter((line) => line.includes(`version ${version} is`));
    const [old, older] = ["2023-08-16", "2022-11-15"] as const;
    await listen(shop, old);
    expect(about(old)).toEqual([]);
    await shop.stripe.customers.create({});
    await shop.sandbox.settled();
    expect(about(old)).toHaveLength(1);
    await get(shop, "customers", old);
    expect(about(old)).toHaveLength(1);
    await get(shop, "customers", older);
    expect(about(older)).toHaveLength(1);
    expect(about(acacia)).toEqual([]);
  });
});

describe("a payment link of an earlier version", () => {
  it.each([
    ["2025-08-27.basil", "classic"],
    ["2025-09-30.clover", "flexible"],
  ])("sells subscriptions of its billing mode: %s", async (version, type) => {
    const { sandbox, stripe } = await connect({ clock });
    const { id: price } = await recurringPrice(stripe, 900);
    const body = new URLSearchParams({ "line_items[0][price]": price, "line_items[0][quantity]": "1" });
    const headers = { authorization: `Bearer ${sandbox.secretKey}`, "stripe-version": version };
    const made = await fetch(`${sandbox.url}/v1/payment_links`, { method: "POST", headers, body });
    const { url } = await made.json();
    await fetch(url);
    const [session] = (await stripe.checkout.sessions.list()).data;
    await sandbox.pay(session?.id ?? "", "4242424242424242", { email: "ada@example.com" });
    const [subscription] = (await stripe.subscriptions.list()).data;
    expect(subscription?.billing_mode.type).toBe(type);
  });
});
