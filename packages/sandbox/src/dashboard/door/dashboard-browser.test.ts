import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { findOverflow, findViolations, openBrowser } from "../../../test/open-browser.js";
import { type Shop, startShop } from "../../../test/start-shop.js";

// A real browser beside a whole suite needs patience.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let shop: Shop;
let browser: Browser;
let page: Page;
const paths: Record<string, string> = {};

const longName = "Wolfeschlegelsteinhausenbergerdorff Donaudampfschifffahrt GmbH & Co. KG";

const fill = async ({ stripe, sandbox, price }: Shop) => {
  const pro = await price("Pro", 2900);
  const customer = await stripe.customers.create({
    name: longName,
    email: `${"long".repeat(20)}@example.com`,
  });
  const card = await stripe.paymentMethods.attach("pm_card_createDispute", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: pro.id }] });
  await stripe.testHelpers.testClocks.create({ frozen_time: Math.floor(Date.now() / 1000), name: "Year" });
  // Nobody listens there: deliveries fail, with a reason.
  sandbox.forwardTo("http://127.0.0.1:9/api/billing/webhook");
  await stripe.subscriptions.update(id, { metadata: { team: "ops" } });
  await stripe.prices.create({ currency: "usd", colour: "red" } as never).catch(() => undefined);
  await sandbox.settled();
  const requests = sandbox.requests();
  const [charge] = (await stripe.charges.list()).data;
  const [event] = (await stripe.events.list()).data;
  const [delivery] = sandbox.deliveries();
  Object.assign(paths, {
    request: `requests/${requests.find(({ path }) => path === "/v1/subscriptions")?.id}`,
    refused: `requests/${requests.findLast(({ status }) => status >= 400)?.id}`,
    customer: `objects/customers/${customer.id}`,
    charge: `objects/charges/${charge?.id}`,
    event: `events/${event?.id}`,
    delivery: `deliveries/${delivery?.id}`,
    endpoint: `webhooks/${delivery?.endpointId}`,
  });
};

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), openBrowser()]);
  await fill(shop);
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  return () => context.close();
});

afterAll(async () => {
  await browser.close();
  await shop.close();
});

const open = (path: string) => page.goto(`${shop.sandbox.url}/dashboard/${path}`);

test.each([
  "",
  "objects",
  "objects/subscriptions",
  "customer",
  "charge",
  "requests",
  "request",
  "refused",
  "events",
  "event",
  "delivery",
  "webhooks",
  "endpoint",
  "scenarios",
  "clock",
  "settings",
])(
  "/dashboard/%s fits from 320 px on and is sound for assistive technology in light and dark",
  async (name) => {
    await open(paths[name] ?? name);
    expect(await findOverflow(page)).toEqual([]);
    expect(await findViolations(page)).toEqual([]);
  },
);

test("works without scripts: moves the clock, fails a payment, adds an endpoint", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  page = await context.newPage();
  await open("clock");
  await page.getByRole("button", { name: "+1 hour" }).first().click();
  await page.getByRole("status").getByText("happened on the way").waitFor();
  await open(paths.customer ?? "");
  await page.getByLabel("Fail the next payment").selectOption("insufficient_funds");
  await page.getByRole("button", { name: "Fail it" }).click();
  await page.getByText("The next payment will fail: insufficient funds").waitFor();
  await page.getByRole("button", { name: "Let it succeed" }).click();
  await page.getByRole("button", { name: "Fail it" }).waitFor();
  await open("webhooks");
  await page.getByLabel("Address").fill("http://127.0.0.1:9/other");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("link", { name: "http://127.0.0.1:9/other" }).waitFor();
  await context.close();
});

test("plays a scenario without scripts, and shows what happened soundly at every width", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${shop.sandbox.url}/dashboard/scenarios`);
  await plain.getByRole("button", { name: "Play Renewal fails, then recovers" }).click();
  await plain.getByRole("status").getByText("Renewal fails, then recovers: played.").waitFor();
  await page.goto(plain.url());
  await context.close();
  await page.getByText("invoice.payment_failed").first().waitFor();
  expect(await findOverflow(page)).toEqual([]);
  expect(await findViolations(page)).toEqual([]);
});

test("filters requests and copies one as SDK code", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open("requests");
  await page.getByLabel("Status").selectOption("refused");
  await page.getByRole("link", { name: "POST /v1/prices" }).click();
  await page.getByRole("button", { name: "Copy with the sdk" }).click();
  await page.getByRole("button", { name: /^Copied/ }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe('await stripe.prices.create({ currency: "usd", colour: "red" });');
});

test("leads the keyboard from the skip link to the content, and from a customer to the portal", async () => {
  await open(paths.customer ?? "");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  await page.getByRole("button", { name: "Open the billing portal" }).press("Enter");
  await page.waitForURL(/\/p\/session\//);
});

test("does one thing however often its button is pressed", async () => {
  await open("clock");
  const before = shop.sandbox.now().getTime();
  await page.getByRole("button", { name: "+1 day" }).first().dblclick();
  await page.getByRole("status").getByText("happened on the way").waitFor();
  const moved = shop.sandbox.now().getTime() - before;
  expect(Math.round(moved / 3_600_000)).toBe(24);
});

test("is closed to another site's form", async () => {
  const before = shop.sandbox.now().getTime();
  await page.route("http://evil.test/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${shop.sandbox.url}/dashboard/clock/advance"><input name="by" value="month"><button>Win</button></form>`,
    }),
  );
  await page.goto("http://evil.test/");
  await page.getByRole("button", { name: "Win" }).click();
  await page.getByText("its own pages only").waitFor();
  expect(shop.sandbox.now().getTime() - before).toBeLessThan(60_000);
});
