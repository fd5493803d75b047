import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { startSandbox } from "../../src/index.js";
import { type Answer, at, openSdk } from "./ask.js";
import { couponOf, embedded, habitsOf } from "./habits.js";
import { needSdk, type Sdk, sdks } from "./sdks.js";

const day = 86_400;
const begin = Date.UTC(2026, 0, 15) / 1000;
const nextMonth = Date.UTC(2026, 1, 15) / 1000;

type Letter = { body: string; signature: string };

/** Somewhere that takes whatever is sent. */
const listen = async () => {
  const letters: Letter[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    letters.push({ body, signature: String(request.headers["stripe-signature"]) });
    response.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { letters, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook` };
};

const open = async (sdk: Sdk, folder: string) => {
  const sandbox = await startSandbox({ clock: () => new Date(begin * 1000), log: () => undefined });
  onTestFinished(() => sandbox.close());
  const { ask, webhooks } = openSdk(folder, sandbox);
  const { letters, url } = await listen();
  const endpoint = await ask("webhookEndpoints.create", {
    url,
    enabled_events: ["*"],
    api_version: sdk.version,
  });
  const heard = async (type: string) => {
    await sandbox.settled();
    return letters
      .map(({ body, signature }) => webhooks.constructEvent(body, signature, String(endpoint.secret)))
      .filter((event) => at(event, "type") === type) as Answer[];
  };
  const move = (seconds: number) => sandbox.advance(new Date(seconds * 1000));
  return { ask, heard, move, now: () => Math.floor(sandbox.now().getTime() / 1000) };
};

type Shop = Awaited<ReturnType<typeof open>>;

const priceOf = async ({ ask }: Shop, amount: number): Promise<string> => {
  const product = await ask("products.create", { name: `Plan for ${amount}` });
  const recurring = { interval: "month" };
  const price = { currency: "usd", unit_amount: amount, product: product.id, recurring };
  return (await ask("prices.create", price)).id;
};

/** A subscription as it is made with Elements: incomplete until its first payment is confirmed. */
const subscribe = async ({ ask }: Shop, { version }: Sdk, price: string) => {
  const habits = habitsOf(version);
  const coupon = await ask("coupons.create", { percent_off: 20, duration: "forever" });
  const customer = await ask("customers.create", { email: "ada@example.com" });
  const created = await ask("subscriptions.create", {
    customer: customer.id,
    items: [{ price }],
    payment_behavior: "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    expand: [habits.expand, "discounts"],
    ...habits.discounted(coupon.id),
  });
  expect(created.status).toBe("incomplete");
  expect(couponOf(version, at(created, "discounts.0"))).toBe(coupon.id);
  const intent = at(created, habits.intent);
  const paid = await ask("paymentIntents.confirm", intent, { payment_method: "pm_card_visa" });
  expect(paid).toMatchObject({ status: "succeeded", amount: 2400 });
  const subscription = await ask("subscriptions.retrieve", created.id);
  expect(subscription.status).toBe("active");
  expect(at(subscription, habits.periodEnd)).toBe(nextMonth);
  return { customer: customer.id, id: created.id, item: String(at(created, "items.data.0.id")) };
};

describe.each(sdks)("the SDK $release", (sdk) => {
  const habits = habitsOf(sdk.version);

  it("subscribes, renews, changes and cancels, and hears of it", { timeout: 120_000 }, async (context) => {
    const shop = await open(sdk, await needSdk(sdk, context));
    const { ask, heard, move, now } = shop;
    const [price, dear] = [await priceOf(shop, 3000), await priceOf(shop, 9000)];
    const { customer, id, item } = await subscribe(shop, sdk, price);
    const [created] = await heard("customer.subscription.created");
    expect(created).toMatchObject({ api_version: sdk.version });
    expect(at(created, `data.object.${habits.periodEnd}`)).toBe(nextMonth);

    move(nextMonth + day);
    const renewed = await ask("subscriptions.retrieve", id, { expand: ["latest_invoice"] });
    expect(at(renewed, habits.periodStart)).toBe(nextMonth);
    expect(at(renewed, "latest_invoice")).toMatchObject({ status: "paid", amount_paid: 2400 });
    const invoices = await ask("invoices.list", { subscription: id });
    expect(at(invoices, "data.length")).toBe(2);
    expect(at(invoices, `data.0.${habits.subscription}`)).toBe(id);
    expect(at(invoices, `data.0.lines.data.0.${habits.price}`)).toBe(price);
    const paid = await heard("invoice.paid");
    expect(paid.map((event) => at(event, `data.object.${habits.subscription}`))).toEqual([id, id]);

    const preview = await habits.preview(ask, { subscription: id, item, price: dear, at: now() });
    expect(at(preview, "lines.data.length")).toBe(3);
    const changed = await ask("subscriptions.update", id, {
      items: [{ id: item, price: dear }],
      proration_behavior: "always_invoice",
      billing_cycle_anchor: "now",
    });
    expect(at(changed, habits.periodStart)).toBe(now());
    expect(at(changed, "items.data.0.price.id")).toBe(dear);

    const leaving = await ask("subscriptions.update", id, { cancel_at_period_end: true });
    expect(leaving.cancel_at_period_end).toBe(true);
    move(Number(at(leaving, habits.periodEnd)) + day);
    expect((await ask("subscriptions.retrieve", id)).status).toBe("canceled");
    const [deleted] = await heard("customer.subscription.deleted");
    expect(at(deleted, "data.object.status")).toBe("canceled");
    const second = await ask("subscriptions.create", { customer, items: [{ price }] }).catch(String);
    expect(second).toContain("no attached payment source");
  });

  it("opens a checkout that is embedded, and a promotion code", { timeout: 60_000 }, async (context) => {
    const shop = await open(sdk, await needSdk(sdk, context));
    const { ask } = shop;
    const ui_mode = embedded(sdk.version);
    const session = await ask("checkout.sessions.create", {
      ui_mode,
      mode: "subscription",
      payment_method_types: ["card"],
      line_items: [{ price: await priceOf(shop, 3000), quantity: 1 }],
      return_url: "https://app.test/back",
    });
    expect(session).toMatchObject({ status: "open", ui_mode });
    const coupon = await ask("coupons.create", { percent_off: 20, duration: "once" });
    const promotion = { type: "coupon", coupon: coupon.id };
    const given = sdk.version < "2025-09-30" ? { coupon: coupon.id } : { promotion };
    const code = await ask("promotionCodes.create", { ...given, code: "SPRING" });
    expect(at(code, sdk.version < "2025-09-30" ? "coupon.id" : "promotion.coupon")).toBe(coupon.id);
  });
});
