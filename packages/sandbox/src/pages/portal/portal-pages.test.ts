import type { Browser, Page } from "playwright";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { findOverflow, findViolations, openBrowserBesideApp } from "../../../test/open-browser.js";
import { type Shop, startShop } from "../../../test/start-shop.js";

// A real browser beside a whole suite needs patience.
vi.setConfig({ testTimeout: 60_000 });

let shop: Shop;
let browser: Browser;
let page: Page;
let subscription: Stripe.Subscription;
let business: Stripe.Price;
let configuration: string;

const returnUrl = "http://app.test/account";

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), openBrowserBesideApp()]);
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  subscription = await subscribe();
  return () => context.close();
});

afterAll(async () => {
  await browser.close();
  await shop.close();
});

async function subscribe(): Promise<Stripe.Subscription> {
  shop.sandbox.reset();
  const pro = await shop.price("Pro", 2900);
  business = await shop.price("Business", 9900);
  const customer = await shop.stripe.customers.create({ email: "ada@example.com" });
  const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await shop.stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
  const own = await shop.stripe.billingPortal.configurations.create({
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price"],
        products: [pro, business].map(({ id, product }) => ({ product: String(product), prices: [id] })),
        proration_behavior: "always_invoice",
      },
    },
  });
  configuration = own.id;
  return shop.stripe.subscriptions.create({ customer: customer.id, items: [{ price: pro.id }] });
}

async function openPortal(params: Partial<Stripe.BillingPortal.SessionCreateParams> = {}): Promise<void> {
  const session = await shop.stripe.billingPortal.sessions.create({
    customer: String(subscription.customer),
    configuration,
    return_url: returnUrl,
    ...params,
  });
  await page.goto(session.url);
}

const reload = () => shop.stripe.subscriptions.retrieve(subscription.id);
const click = (name: string) => page.getByRole("button", { name }).click();

test("shows the plan, its renewal, the card and the invoices, and leads back to the app", async () => {
  await openPortal();
  const plan = page.getByRole("article", { name: "Pro" });
  await plan.getByText("$29.00", { exact: true }).waitFor();
  await plan.getByText(/^Renews on /).waitFor();
  await page.getByText(/^Visa ending in 4242/).waitFor();
  await page.getByRole("table").getByText("Paid").waitFor();
  expect(await findViolations(page)).toEqual([]);
  expect(await findOverflow(page)).toEqual([]);
  await page.getByRole("link", { name: /^Return to/ }).click();
  await page.waitForURL(returnUrl);
});

test("cancels at the period's end after a confirmation that says when, and takes it back", async () => {
  await openPortal();
  await click("Cancel plan");
  await page.getByText(/You keep access until/).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await click("Confirm cancellation");
  await page.getByText(/^Ends /).waitFor();
  const cancelled = await reload();
  expect(cancelled.status).toBe("active");
  expect(cancelled.cancel_at_period_end || cancelled.cancel_at !== null).toBe(true);
  await click("Renew plan");
  await page.getByText(/^Renews on /).waitFor();
  expect(await reload()).toMatchObject({ cancel_at_period_end: false, cancel_at: null });
});

test("switches the plan after saying what is charged now and later", async () => {
  await openPortal();
  await page.getByRole("link", { name: "Change plan" }).click();
  await page.getByRole("link", { name: /^Choose Business/ }).click();
  await page.getByText(/You’ll be charged/).waitFor();
  const promised = await page.locator("strong.money").first().textContent();
  expect(await findViolations(page)).toEqual([]);
  await click("Confirm change");
  await page.getByRole("article", { name: "Business" }).waitFor();
  const switched = await reload();
  expect(switched.items.data[0]?.price.id).toBe(business.id);
  const { data } = await shop.stripe.invoices.list({ customer: String(subscription.customer) });
  const charged = data
    .filter((invoice) => invoice.id !== subscription.latest_invoice)
    .reduce((sum, each) => sum + each.amount_paid, 0);
  expect(promised).toBe(`$${(charged / 100).toFixed(2)}`);
});

test("replaces the card, also with 3-D Secure, and says why a card was refused", async () => {
  await openPortal();
  await page.getByRole("link", { name: "Replace card" }).click();
  expect(await findViolations(page)).toEqual([]);
  await click("Declined");
  await click("Save card");
  await page.getByText("Your card was declined.").waitFor();
  await click("3-D Secure");
  await click("Save card");
  await click("Fail authentication");
  await page.getByText("Your bank could not confirm that it is you").waitFor();
  await click("3-D Secure");
  await click("Save card");
  await click("Complete authentication");
  await page.getByText(/^Visa ending in 3155/).waitFor();
});

test("opens at the cancellation and goes where the flow says afterwards", async () => {
  await openPortal({
    flow_data: {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
      after_completion: { type: "redirect", redirect: { return_url: "http://app.test/cancelled" } },
    },
  });
  await click("Confirm cancellation");
  await page.waitForURL("http://app.test/cancelled");
});

test("opens at the card form of a flow", async () => {
  await openPortal({
    flow_data: {
      type: "payment_method_update",
      after_completion: {
        type: "hosted_confirmation",
        hosted_confirmation: { custom_message: "Your card is set." },
      },
    },
  });
  await click("Succeeds");
  await click("Save card");
  await page.getByText("Your card is set.").waitFor();
  await page.getByRole("link", { name: /^Return to/ }).click();
  await page.waitForURL(returnUrl);
});

test("opens at the choice of plans, and at one that the app has chosen", async () => {
  await openPortal({
    flow_data: { type: "subscription_update", subscription_update: { subscription: subscription.id } },
  });
  await page.getByRole("heading", { name: "Change plan" }).waitFor();
  await openPortal({
    flow_data: {
      type: "subscription_update_confirm",
      subscription_update_confirm: {
        subscription: subscription.id,
        items: [{ id: subscription.items.data[0]?.id ?? "", price: business.id, quantity: 1 }],
      },
      after_completion: { type: "redirect", redirect: { return_url: "http://app.test/switched" } },
    },
  });
  await page.getByRole("heading", { name: "Switch to Business" }).waitFor();
  await click("Confirm change");
  await page.waitForURL("http://app.test/switched");
});

test("tells nothing to a wrong token, and nothing about another customer's plan", async () => {
  expect((await page.goto(`${shop.sandbox.url}/p/session/nothing`))?.status()).toBe(404);
  await openPortal();
  const foreign = await page.goto(`${page.url()}/cancel/sub_of_somebody_else`);
  expect(foreign?.status()).toBe(404);
});
