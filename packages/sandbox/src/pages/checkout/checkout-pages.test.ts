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

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), openBrowserBesideApp()]);
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

const returnTo = {
  success_url: "http://app.test/done?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://app.test/pricing",
};

async function openSession(
  params: Stripe.Checkout.SessionCreateParams = {},
): Promise<Stripe.Checkout.Session> {
  const price = await shop.price("Pro", 2900);
  const session = await shop.stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    ...returnTo,
    ...params,
  });
  await page.goto(session.url ?? "");
  return session;
}

async function fill(card: string): Promise<void> {
  await page.getByRole("button", { name: card }).click();
}

const pay = (name = "Pay $29.00") => page.getByRole("button", { name }).click();

const landed = (session: Stripe.Checkout.Session) =>
  page.waitForURL(`http://app.test/done?session=${session.id}`);

test("pays for a subscription and returns to the app with the session's id", async () => {
  const session = await openSession();
  await page.getByText("You’ll be charged $29.00 today, then $29.00 per month").waitFor();
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Card number").pressSequentially("4242424242424242");
  await page.getByLabel("Expiry").pressSequentially("1240");
  await page.getByLabel("CVC").fill("123");
  await page.getByLabel("Name on card").fill("Ada Lovelace");
  await pay();
  await landed(session);
  const paid = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  expect(paid).toMatchObject({
    status: "complete",
    payment_status: "paid",
    subscription: { status: "active" },
  });
  expect(paid.customer_details?.email).toBe("ada@example.com");
});

test("explains a decline next to the card, keeps what may be kept, and takes another card", async () => {
  const session = await openSession({ customer_email: "ada@example.com" });
  await fill("Declined");
  await page.getByLabel("Name on card").fill("Ada Lovelace");
  await pay();
  await page.getByText("Your card was declined. Use another card").waitFor();
  expect(await page.getByLabel("Card number").inputValue()).toBe("");
  expect(await page.getByLabel("CVC").inputValue()).toBe("");
  expect(await page.getByLabel("Name on card").inputValue()).toBe("Ada Lovelace");
  expect(await page.getByLabel("Expiry").inputValue()).not.toBe("");
  expect(await page.getByLabel("Email").inputValue()).toBe("ada@example.com");
  await fill("Insufficient funds");
  await pay();
  await page.getByText("Your card has insufficient funds").waitFor();
  expect(await findViolations(page)).toEqual([]);
  await fill("Succeeds");
  await pay();
  await landed(session);
});

test("goes through 3-D Secure: a failure comes back with the reason, a success completes the session", async () => {
  const session = await openSession();
  await fill("3-D Secure");
  await pay();
  await page.getByRole("heading", { name: "3-D Secure" }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Fail authentication" }).click();
  await page.getByText("Your bank could not confirm that it is you").waitFor();
  expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
  await fill("3-D Secure");
  await pay();
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await landed(session);
  expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
});

test("starts a trial and says what happens when it ends", async () => {
  const session = await openSession({ subscription_data: { trial_period_days: 14 } });
  await page.getByText("14 days free").waitFor();
  await page.getByText(/When the trial ends on .*, you’ll be charged \$29\.00 per month/).waitFor();
  await fill("Succeeds");
  await pay("Start trial");
  await landed(session);
  const done = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  expect(done.subscription).toMatchObject({ status: "trialing" });
});

test("saves a card that will fail later", async () => {
  const customer = await shop.stripe.customers.create({ email: "grace@example.com" });
  const session = await shop.stripe.checkout.sessions.create({
    mode: "setup",
    currency: "usd",
    customer: customer.id,
    ...returnTo,
  });
  await page.goto(session.url ?? "");
  expect(await page.getByLabel("Email").inputValue()).toBe("grace@example.com");
  expect(await page.getByLabel("Email").getAttribute("readonly")).not.toBeNull();
  await fill("Fails later");
  await pay("Save card");
  await landed(session);
});

test("lets the customer choose how many, and charges for that", async () => {
  const price = await shop.price("Seats", 1000);
  const adjustable = { enabled: true, minimum: 2, maximum: 9 };
  const session = await openSession({
    line_items: [{ price: price.id, quantity: 2, adjustable_quantity: adjustable }],
  });
  await page.getByLabel("Quantity").fill("3");
  await page.getByRole("button", { name: "Update" }).click();
  await page.getByText("3 × $10.00").waitFor();
  await fill("Succeeds");
  await pay("Pay $30.00");
  await landed(session);
  expect((await shop.stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(3000);
});

test("names every field that is missing, in its place", async () => {
  await openSession();
  await pay();
  await page.getByText("Enter your card number.").waitFor();
  await page.getByText("Enter an email address").waitFor();
  expect(await page.locator("[aria-invalid=true]").count()).toBe(5);
});

test("leads back to the app, and says so when the session has expired or is done", async () => {
  const session = await openSession();
  await page.getByRole("link", { name: /^Back to/ }).click();
  await page.waitForURL(returnTo.cancel_url);
  await shop.stripe.checkout.sessions.expire(session.id);
  await page.goto(session.url ?? "");
  await page.getByRole("heading", { name: "This page has expired" }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  const missing = await page.goto(`${shop.sandbox.url}/c/pay/cs_test_nothing`);
  expect(missing?.status()).toBe(404);
});

test("has no accessibility violations and no sideways scrolling", async () => {
  await openSession({ subscription_data: { trial_period_days: 14 } });
  expect(await findViolations(page)).toEqual([]);
  expect(await findOverflow(page)).toEqual([]);
});

test("takes a code, adds the tax, asks what the app wants to know, and says it in German", async () => {
  const coupon = await shop.stripe.coupons.create({ percent_off: 20 });
  await shop.stripe.promotionCodes.create({
    code: "WELCOME20",
    promotion: { type: "coupon", coupon: coupon.id },
  });
  const session = await openSession({
    locale: "de",
    allow_promotion_codes: true,
    automatic_tax: { enabled: true },
    consent_collection: { terms_of_service: "required" },
    custom_fields: [{ key: "team", label: { type: "custom", custom: "Teamname" }, type: "text" }],
  });
  expect(await page.locator("html").getAttribute("lang")).toBe("de-DE");
  await page.getByLabel("Aktionscode").fill("nope");
  await page.getByRole("button", { name: "Einlösen" }).click();
  await page.getByText("Dieser Code gilt hier nicht.").waitFor();
  await fill("Erfolgreich");
  await page.getByLabel("Aktionscode").fill("welcome20");
  await page.getByRole("button", { name: "Einlösen" }).click();
  await page.getByRole("button", { name: "WELCOME20 entfernen" }).waitFor();
  expect(await page.getByLabel("Kartennummer").inputValue()).not.toBe("");
  await page.getByLabel("Postleitzahl").fill("10115");
  await pay("27,84 $ bezahlen");
  await page.getByText("Stimmen Sie den Nutzungsbedingungen zu").waitFor();
  expect(await findViolations(page)).toEqual([]);
  expect(await findOverflow(page)).toEqual([]);
  await page.getByLabel("Teamname").fill("Engine");
  await page.getByLabel("Ich stimme den Nutzungsbedingungen zu").check();
  await fill("Erfolgreich");
  await pay("27,84 $ bezahlen");
  await landed(session);
  const done = await shop.stripe.checkout.sessions.retrieve(session.id);
  expect(done).toMatchObject({ amount_total: 2784, consent: { terms_of_service: "accepted" } });
  expect(done.custom_fields[0]?.text?.value).toBe("Engine");
});

test("debits a bank account: the order is complete at once, and the money comes later", async () => {
  const session = await openSession();
  await page.getByLabel("US bank account (test)").check();
  await page.getByRole("group", { name: "Test accounts" }).getByRole("button", { name: "Succeeds" }).click();
  await pay();
  await landed(session);
  expect((await shop.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("unpaid");
});

test("lives in a frame of the app's own page, and tells it when the session is complete", async () => {
  const session = await shop.stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "embedded_page",
    return_url: returnTo.success_url,
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 500, product_data: { name: "Mug" } } },
    ],
  });
  const src = `${shop.sandbox.url}/embedded-checkout/${session.client_secret}`;
  // Beside the sandbox: browsers keep pages from elsewhere out of the local network.
  const app = `${shop.sandbox.url}/app-page`;
  await page.route(app, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<script>addEventListener("message", ({ data }) => (document.title += data.type + JSON.stringify(data)))</script><iframe src="${src}" title="Checkout"></iframe>`,
    }),
  );
  await page.goto(app);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Succeeds", exact: true }).first().click();
  await frame.getByRole("button", { name: "Pay $5.00" }).click();
  await frame.getByRole("heading", { name: "All done" }).waitFor();
  await expect.poll(() => page.title()).toContain(`"returnUrl":"http://app.test/done?session=${session.id}"`);
  expect(await page.title()).toContain('"type":"height"');
});
