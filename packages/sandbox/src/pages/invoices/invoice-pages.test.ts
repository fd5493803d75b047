import { PDFDocument } from "@cantoo/pdf-lib";
import type { Browser, Page } from "playwright";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { findOverflow, findViolations, openBrowser } from "../../../test/open-browser.js";
import { type Shop, startShop } from "../../../test/start-shop.js";

// A real browser beside a whole suite needs patience.
vi.setConfig({ testTimeout: 60_000 });

let shop: Shop;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop(), openBrowser()]);
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

const openInvoice = async (
  customer: Stripe.CustomerCreateParams = {},
  lines = [{ amount: 2900, description: "Consulting" }],
): Promise<Stripe.Invoice> => {
  const { stripe } = shop;
  const { id } = await stripe.customers.create({
    name: "Ada Lovelace",
    email: "ada@example.com",
    ...customer,
  });
  const rate = await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 20 });
  const draft = await stripe.invoices.create({
    customer: id,
    collection_method: "send_invoice",
    days_until_due: 30,
    default_tax_rates: [rate.id],
    description: "Thank you for your order.",
    footer: "Sandbox shop, 1 Main Street",
    custom_fields: [{ name: "Order", value: "A-17" }],
  });
  for (const line of lines)
    await stripe.invoiceItems.create({ customer: id, invoice: draft.id, currency: "usd", ...line });
  return stripe.invoices.finalizeInvoice(draft.id);
};

const fill = (card: string) => page.getByRole("button", { name: card, exact: true }).click();

describe("the hosted invoice page", () => {
  test("says what is owed for what, in both schemes and at every width", async () => {
    const invoice = await openInvoice();
    await page.goto(invoice.hosted_invoice_url ?? "");
    await page.getByText("Consulting").waitFor();
    for (const text of [
      invoice.number ?? "",
      "VAT (20%)",
      "Ada Lovelace",
      "A-17",
      "Thank you for your order.",
    ])
      await page.getByText(text, { exact: true }).first().waitFor();
    expect(await page.getByText("$34.80").count()).toBeGreaterThan(1);
    expect(await findViolations(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual([]);
  });

  test("explains a decline, takes another card, and is paid", async () => {
    const invoice = await openInvoice();
    await page.goto(invoice.hosted_invoice_url ?? "");
    await page.getByRole("button", { name: "Pay $34.80" }).click();
    await page.getByText("Enter your card number.").waitFor();
    await fill("Insufficient funds");
    await page.getByRole("button", { name: "Pay $34.80" }).click();
    await page.getByText("Your card has insufficient funds").waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect((await shop.stripe.invoices.retrieve(invoice.id)).status).toBe("open");
    await fill("Succeeds");
    await page.getByRole("button", { name: "Pay $34.80" }).click();
    await page.getByText(/Paid on/).waitFor();
    expect(await page.getByRole("button", { name: /Pay/ }).count()).toBe(0);
    const paid = await shop.stripe.invoices.retrieve(invoice.id);
    expect([paid.status, paid.amount_paid]).toEqual(["paid", 3480]);
    expect(await findViolations(page)).toEqual([]);
  });

  test("goes through 3-D Secure and comes back", async () => {
    const invoice = await openInvoice();
    await page.goto(invoice.hosted_invoice_url ?? "");
    await fill("3-D Secure");
    await page.getByRole("button", { name: "Pay $34.80" }).click();
    await page.getByRole("button", { name: "Fail authentication" }).click();
    await page.getByText("could not confirm that it is you").waitFor();
    await fill("3-D Secure");
    await page.getByRole("button", { name: "Pay $34.80" }).click();
    await page.getByRole("button", { name: "Complete authentication" }).click();
    await page.getByText(/Paid on/).waitFor();
    expect((await shop.stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
  });

  test("speaks the customer's language, and can be paid by keyboard alone", async () => {
    const invoice = await openInvoice({ preferred_locales: ["de"] });
    await page.goto(invoice.hosted_invoice_url ?? "");
    expect(await page.locator("html").getAttribute("lang")).toBe("de-DE");
    await page.getByText("34,80\u00a0$").first().waitFor();
    await page.locator('[name="number"]').focus();
    await page.keyboard.type("4242424242424242");
    await page.keyboard.press("Tab");
    await page.keyboard.type("1240");
    await page.keyboard.press("Tab");
    await page.keyboard.type("123");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Ada");
    await page.keyboard.press("Enter");
    await page.getByText(/Bezahlt am/).waitFor();
  });

  test("asks for nothing when it is void, and is not found at a foreign address", async () => {
    const invoice = await openInvoice();
    await shop.stripe.invoices.voidInvoice(invoice.id);
    await page.goto(invoice.hosted_invoice_url ?? "");
    await page.getByRole("status").getByText("Void").waitFor();
    expect(await page.locator("form").count()).toBe(0);
    const missing = await page.goto(`${shop.sandbox.url}/i/acct_1TollgateSandbox/test_none`);
    expect(missing?.status()).toBe(404);
  });
});

describe("the invoice's PDF", () => {
  const bytesOf = async (invoice: Stripe.Invoice): Promise<Uint8Array> => {
    const response = await fetch(invoice.invoice_pdf ?? "");
    expect(response.headers.get("content-type")).toBe("application/pdf");
    return new Uint8Array(await response.arrayBuffer());
  };

  test("is a real one, the same every time, on as many pages as the lines take", async () => {
    const short = await openInvoice();
    const bytes = await bytesOf(short);
    expect(bytes).toEqual(await bytesOf(short));
    const read = await PDFDocument.load(bytes, { updateMetadata: false });
    expect([read.getPageCount(), read.getTitle()]).toEqual([1, `Invoice ${short.number}`]);
    const many = Array.from({ length: 70 }, (_, index) => ({
      amount: 100,
      description: `Łine ${index} 値段`,
    }));
    const long = await PDFDocument.load(await bytesOf(await openInvoice({}, many)));
    expect(long.getPageCount()).toBe(3);
  });

  test("exists for a credit note, too", async () => {
    const invoice = await openInvoice();
    const note = await shop.stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 500,
      reason: "duplicate",
    });
    const bytes = new Uint8Array(await (await fetch(note.pdf)).arrayBuffer());
    const read = await PDFDocument.load(bytes);
    expect([read.getPageCount(), read.getTitle()]).toEqual([1, `Credit note ${note.number}`]);
  });
});
