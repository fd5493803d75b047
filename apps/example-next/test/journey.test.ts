import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../../../.config/chromium.js";
import { type DemoProcess, startDemo } from "../../../.config/demo-process.js";
import { expectLoopbackOnly, expectSecurityHeaders } from "../../../.config/expect-closed.js";
import { tellAccount } from "./account-journey.js";
import { tellCredits } from "./credits-journey.js";
import { tellStaff } from "./staff-journey.js";
import { expectAccessible, fillCard, signInAs } from "./steps.js";
import { tellTeam } from "./team-journey.js";
import { tellUsage } from "./usage-journey.js";

/**
 * The main job, as a person does it: Ada upgrades, is declined, pays with 3-D Secure, finds the gate
 * open, cancels and changes her mind; Grace never sees any of it.
 */
describe("a visitor upgrades, pays, and the gate opens", () => {
  let demo: DemoProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    demo = await startDemo("example-next");
    browser = await chromium.launch(chromiumLaunchOptions());
    context = await browser.newContext({ locale: "en-US" });
    page = await context.newPage();
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) blocked.push(message.text());
    });
  });

  /** What the browser would not run. */
  const blocked: string[] = [];

  /** What the server sends before any script runs. */
  const firstHtml = async (path: string) => (await context.request.get(demo.appUrl + path)).text();

  afterAll(async () => {
    await browser?.close();
    await demo?.interrupt();
  });

  it("tells where to click and which cards to use", () => {
    expect(demo.output()).toContain(demo.appUrl);
    for (const card of ["4242 4242 4242 4242", "4000 0025 0000 3155", "4000 0000 0000 0002"]) {
      expect(demo.output()).toContain(card);
    }
  });

  it("shows Ada a closed gate in the very first HTML", async () => {
    await signInAs(page, demo.appUrl, "Ada");
    const html = await firstHtml("/reports");
    expect(html.includes('data-tollgate="upgrade-gate" data-state="denied"')).toBe(true);
    expect(html.includes("Visitors by week")).toBe(false);
    expect((await context.request.get(`${demo.appUrl}/api/export`)).status()).toBe(402);
  });

  it("lets her pick a plan, explains a declined card, and takes one with 3-D Secure", async () => {
    await page.goto(demo.appUrl);
    await expectAccessible(page);
    await page.getByRole("article", { name: "Pro" }).getByRole("button").click();
    await page.waitForURL(/\/c\/pay\//);
    expect(await page.getByLabel("Email").inputValue()).toBe("ada@example.com");
    await fillCard(page, "4000 0000 0000 0002");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await expect.poll(() => page.getByRole("alert").first().textContent()).toMatch(/declined/i);
    await fillCard(page, "4000 0025 0000 3155");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("button", { name: "Complete authentication" }).click();
    await page.waitForURL(`${demo.appUrl}/reports`);
    await page.getByRole("table", { name: "Visitors by week" }).waitFor();
  });

  it("opens the gate in the server's own HTML and the API route with it", async () => {
    expect((await firstHtml("/reports")).includes("Visitors by week")).toBe(true);
    const csv = await context.request.get(`${demo.appUrl}/api/export`);
    expect(csv.status()).toBe(200);
    expect(await csv.text()).toContain("visitors");
    await expect.poll(() => demo.output()).toContain("callback: ada is on pro now");
  });

  it("marks her plan as the current one on the pricing page", async () => {
    await page.goto(demo.appUrl);
    const current = page.getByRole("article", { name: "Pro" }).getByRole("button", { name: "Current plan" });
    expect((await current.isDisabled()) || (await current.getAttribute("aria-disabled")) === "true").toBe(
      true,
    );
  });

  it("shows when it ends after she cancels in the portal, and that it renews after she undoes it", async () => {
    await page.goto(`${demo.appUrl}/account`);
    await page.getByRole("button", { name: "Manage billing" }).click();
    await page.waitForURL(/\/p\/session\//);
    await page
      .getByRole("button", { name: "Cancel plan" })
      .or(page.getByRole("link", { name: "Cancel plan" }))
      .click();
    await page.getByRole("button", { name: "Confirm cancellation" }).click();
    await page.getByRole("link", { name: /^Return to/ }).click();
    await page.waitForURL(`${demo.appUrl}/account`);
    await waitForText(page, /Ends on \w+ \d+, \d{4}/);
    expect((await firstHtml("/reports")).includes("Visitors by week")).toBe(true);

    await page.getByRole("button", { name: "Manage billing" }).click();
    await page.waitForURL(/\/p\/session\//);
    await page
      .getByRole("button", { name: "Renew plan" })
      .or(page.getByRole("link", { name: "Renew plan" }))
      .click();
    await page.getByRole("link", { name: /^Return to/ }).click();
    await waitForText(page, /Renews on \w+ \d+, \d{4}/);
  });

  it("shows Grace nothing of Ada's, and Ada hers again", async () => {
    await signInAs(page, demo.appUrl, "Grace");
    await page.goto(`${demo.appUrl}/account`);
    await page.getByText("Free", { exact: true }).waitFor();
    expect(await page.getByText(/Renews on|Ends on|Pro/).count()).toBe(0);
    const html = await firstHtml("/reports");
    expect(html.includes("Visitors by week")).toBe(false);
    expect(html.includes("ada@example.com") || html.includes('"customerId":"ada"')).toBe(false);
    expect((await context.request.get(`${demo.appUrl}/api/export`)).status()).toBe(402);
    await signInAs(page, demo.appUrl, "Ada");
    await page.goto(`${demo.appUrl}/reports`);
    await page.getByRole("table", { name: "Visitors by week" }).waitFor();
  });

  it("sends headers that keep other sites out, and lets no cache keep what only one person may see", async () => {
    await expectSecurityHeaders(demo.appUrl, "/");
    await expectSecurityHeaders(demo.appUrl, "/api/export");
    const policy = (await fetch(demo.appUrl)).headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/);
    for (const cookie of ["person=ada", "person=grace"]) {
      const answer = await fetch(`${demo.appUrl}/api/export`, { headers: { cookie } });
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([
        cookie === "person=ada" ? 200 : 402,
        "no-store",
      ]);
    }
    expect(blocked).toEqual([]);
  });

  describe("and both send messages until there are no more, or they are billed", () =>
    tellUsage(() => ({ page, demo, blocked })));

  describe("and Ada asks a model whose answers cost credits", () =>
    tellCredits(() => ({ page, demo, blocked })));

  describe("and her seats follow whom she invites", () => tellTeam(() => ({ page, demo, blocked })));

  describe("and her colleague changes, cancels and rescues hers in the app's own pages", () =>
    tellAccount(() => ({ page, demo, blocked })));

  describe("and staff see what happened, and how the business goes", () =>
    tellStaff(() => ({ page, demo, blocked })));

  it("is reached from this machine only", async () => {
    await expectLoopbackOnly(demo.appUrl);
  });

  it("ends the app and the sandbox on Ctrl-C", async () => {
    await demo.interrupt();
    await expect(fetch(demo.appUrl)).rejects.toThrow();
    await expect(fetch(demo.sandboxUrl)).rejects.toThrow();
  });
});

/** The webhook may arrive a moment after the person: the page is read again until it says so. */
async function waitForText(page: Page, text: RegExp): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.locator("main").textContent();
      },
      { timeout: 10_000, interval: 300 },
    )
    .toMatch(text);
}
