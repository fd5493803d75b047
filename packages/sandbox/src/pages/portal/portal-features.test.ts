import type { Browser, Page } from "playwright";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { findOverflow, findViolations, openBrowser } from "../../../test/open-browser.js";
import { type Shop, startShop } from "../../../test/start-shop.js";

// A real browser beside a whole suite needs patience.
vi.setConfig({ testTimeout: 60_000 });

let shop: Shop;
let browser: Browser;
let page: Page;
let subscription: Stripe.Subscription;
let prices: { small: Stripe.Price; large: Stripe.Price; other: Stripe.Price };

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), openBrowser()]);
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  shop.sandbox.reset();
  prices = {
    small: await shop.price("Small", 1000),
    large: await shop.price("Large", 5000),
    other: await shop.price("Other", 7000),
  };
  const customer = await shop.stripe.customers.create({ email: "ada@example.com", name: "Ada Lovelace" });
  const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await shop.stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
  subscription = await shop.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: prices.large.id, quantity: 2 }],
  });
  return () => context.close();
});

afterAll(async () => {
  await browser.close();
  await shop.close();
});

const product = (price: Stripe.Price) => ({
  product: String(price.product),
  prices: [price.id],
  adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
});

/** A portal with everything on; its products are Small and Large. */
const configure = (): Promise<Stripe.BillingPortal.Configuration> =>
  shop.stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ["name", "address"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: "at_period_end",
        cancellation_reason: { enabled: true, options: ["too_expensive", "unused", "other"] },
      },
      subscription_pause: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price", "quantity", "promotion_code"],
        products: [product(prices.small), product(prices.large)],
        proration_behavior: "always_invoice",
        schedule_at_period_end: { conditions: [{ type: "decreasing_item_amount" }] },
      },
    },
  });

async function openPortal(
  flow_data?: Stripe.BillingPortal.SessionCreateParams.FlowData,
  locale: Stripe.BillingPortal.SessionCreateParams.Locale = "auto",
): Promise<void> {
  const session = await shop.stripe.billingPortal.sessions.create({
    locale,
    customer: String(subscription.customer),
    configuration: (await configure()).id,
    return_url: "http://app.test/account",
    ...(flow_data ? { flow_data } : {}),
  });
  await page.goto(session.url);
}

const reload = () => shop.stripe.subscriptions.retrieve(subscription.id);
const click = (name: string) => page.getByRole("button", { name }).click();
const follow = (name: string | RegExp) => page.getByRole("link", { name }).click();

test("offers what its own configuration offers, and no more", async () => {
  await openPortal();
  expect(await findViolations(page)).toEqual([]);
  await follow("Change plan");
  await page.getByText("Small").waitFor();
  expect(await page.getByText("Other").count()).toBe(0);
  expect(await findViolations(page)).toEqual([]);
});

test("speaks German where the session does, and has room for its long words on the smallest screens", async () => {
  await openPortal(undefined, "de");
  const home = page.url();
  const [{ id }, paths] = [subscription, ["", "/card", "/details"]];
  paths.push(`/cancel/${id}`, `/pause/${id}`, `/switch/${id}`, `/switch/${id}/${prices.small.id}`);
  for (const path of paths) {
    await page.goto(home + path);
    expect([path, await page.locator("html").getAttribute("lang")]).toEqual([path, "de-DE"]);
    expect([path, await findOverflow(page, [320, 1280])]).toEqual([path, []]);
  }
});

test("changes the quantity within its limits, at a price that it says before", async () => {
  await openPortal();
  await follow("Change plan");
  await page.getByLabel("Quantity").fill("3");
  await click("Change quantity");
  await page.getByText(/You’ll be charged/).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await click("Confirm change");
  await page.getByText("Your plan is changed.").waitFor();
  expect((await reload()).items.data[0]?.quantity).toBe(3);
});

test("lets a downgrade wait for the period's end, and takes it back", async () => {
  await openPortal();
  await follow("Change plan");
  await follow(/^Choose Small/);
  await page.getByText(/You keep Large until/).waitFor();
  await page.getByText(/Changes to 2 × Small, \$20\.00 per month/).waitFor();
  await click("Confirm change");
  await page.getByText(/^Changes to 2 × Small/).waitFor();
  const { items, schedule } = await reload();
  expect([items.data[0]?.price.id, typeof schedule]).toEqual([prices.large.id, "string"]);
  await click("Keep current plan");
  await page.getByText("Your plan stays as it is.").waitFor();
  expect((await reload()).schedule).toBeNull();
});

test("takes a promotion code off a change, and says when there is no such code", async () => {
  const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: "forever" });
  await shop.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "HALF" });
  await openPortal();
  await follow("Change plan");
  await page.getByLabel("Quantity").fill("4");
  await click("Change quantity");
  await page.getByLabel("Promotion code").fill("NONE");
  await click("Apply");
  await page.getByText("This code isn’t valid.").waitFor();
  await page.getByLabel("Promotion code").fill("half");
  await click("Apply");
  await click("Confirm change");
  await page.getByText("Your plan is changed.").waitFor();
  expect((await reload()).discounts).toHaveLength(1);
});

test("asks why somebody leaves, and keeps the answer", async () => {
  await openPortal();
  await click("Cancel plan");
  await page.getByLabel("I don’t use it enough").check();
  await page.getByLabel("Anything to add? (optional)").fill("Maybe later");
  expect(await findViolations(page)).toEqual([]);
  await click("Confirm cancellation");
  await page.getByText(/^Ends /).waitFor();
  expect((await reload()).cancellation_details).toMatchObject({
    comment: "Maybe later",
    feedback: "unused",
    reason: "cancellation_requested",
  });
});

test("offers something to stay for, when the flow says so", async () => {
  const coupon = await shop.stripe.coupons.create({ percent_off: 20, duration: "once" });
  await openPortal({
    type: "subscription_cancel",
    subscription_cancel: {
      subscription: subscription.id,
      retention: { type: "coupon_offer", coupon_offer: { coupon: coupon.id } },
    },
  });
  await page.getByText("20% off your next invoice").waitFor();
  await click("Stay and save");
  await page.getByText("Thank you for staying.").waitFor();
  expect((await reload()).discounts).toHaveLength(1);
});

test("pauses a plan and starts it again", async () => {
  await openPortal({ type: "subscription_pause", subscription_pause: { subscription: subscription.id } });
  await click("Pause plan");
  await page.getByText(/Your plan is paused. You are not charged until/).waitFor();
  expect((await reload()).status).toBe("paused");
  await follow("Resume plan");
  await click("Resume plan");
  await page.getByText("Your plan is running again.").waitFor();
  expect((await reload()).status).toBe("active");
});

test("changes only the details that may be changed", async () => {
  await openPortal({ type: "customer_update" });
  expect(await page.getByLabel("Email").count()).toBe(0);
  expect(await findViolations(page)).toEqual([]);
  await page.getByLabel("Name").fill("Ada King");
  await page.getByLabel("City").fill("London");
  await click("Save");
  await page.getByText("Your billing details are saved.").waitFor();
  const customer = (await shop.stripe.customers.retrieve(String(subscription.customer))) as Stripe.Customer;
  expect([customer.name, customer.address?.city, customer.email]).toEqual([
    "Ada King",
    "London",
    "ada@example.com",
  ]);
});

test("refuses a flow that its configuration has switched off", async () => {
  const off = await shop.stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  });
  const open = shop.stripe.billingPortal.sessions.create({
    customer: String(subscription.customer),
    configuration: off.id,
    flow_data: { type: "subscription_cancel", subscription_cancel: { subscription: subscription.id } },
  });
  await expect(open).rejects.toThrow(
    "subscription cancellation feature in the portal configuration is disabled",
  );
  const updated = await shop.stripe.billingPortal.configurations.update(off.id, {
    active: false,
    features: { subscription_cancel: { enabled: true } },
  });
  expect([
    updated.active,
    updated.features.subscription_cancel.enabled,
    updated.features.invoice_history.enabled,
  ]).toEqual([false, true, true]);
});
