import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../../../.config/chromium.js";
import { type DemoProcess, startDemo } from "../../../.config/demo-process.js";
import { expectLoopbackOnly, expectSecurityHeaders } from "../../../.config/expect-closed.js";

/** The main job again, shorter, through Express and a page that is rendered by the browser alone. */
describe("the same journey through Express", () => {
  let demo: DemoProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    demo = await startDemo("example-express");
    browser = await chromium.launch(chromiumLaunchOptions());
    page = await browser.newPage({ locale: "en-US" });
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) blocked.push(message.text());
    });
  });

  /** What the browser would not run. */
  const blocked: string[] = [];

  afterAll(async () => {
    await browser?.close();
    await demo?.interrupt();
  });

  const history = async () => {
    const answer = await fetch(`${demo.appUrl}/api/history`);
    return [answer.status, answer.headers.get("cache-control")];
  };

  it("refuses on its guarded route, and lets no cache keep the answer", async () => {
    expect(await history()).toEqual([402, "no-store"]);
  });

  it("starts with a closed gate, then opens it after a trial checkout", async () => {
    await page.goto(demo.appUrl);
    await page.locator('[data-tollgate="upgrade-gate"][data-state="denied"]').waitFor();
    await page.getByRole("article", { name: "Plus" }).getByRole("button").click();
    await page.waitForURL(/\/c\/pay\//);
    await page.getByLabel("Card number").fill("4242 4242 4242 4242");
    await page.getByLabel("Expiry").fill("12 / 34");
    await page.getByLabel("CVC").fill("123");
    const name = page.getByLabel("Name on card");
    if (await name.isVisible()) await name.fill("Ada Lovelace");
    await page.getByRole("button", { name: /^(Pay|Start trial)/ }).click();
    await page.waitForURL((url) => url.origin === demo.appUrl);
    await page.getByText("Everything since your first day is here.").waitFor();
    await page.getByText(/You are on plus\. Renews on/).waitFor();
    expect(await history()).toEqual([200, "no-store"]);
  });

  const reloadedText = async () => {
    await page.reload();
    return page.locator("main").textContent();
  };

  it("shows the end after a cancellation in the portal", async () => {
    await page.getByRole("button", { name: "Manage billing" }).click();
    await page.waitForURL(/\/p\/session\//);
    await page
      .getByRole("button", { name: "Cancel plan" })
      .or(page.getByRole("link", { name: "Cancel plan" }))
      .click();
    await page.getByRole("button", { name: "Confirm cancellation" }).click();
    await page.getByRole("link", { name: /^Return to/ }).click();
    await expect
      .poll(reloadedText, {
        timeout: 10_000,
        interval: 400,
      })
      .toMatch(/Ends on \w+ \d+, \d{4}/);
  });

  it("sends headers that keep other sites out", async () => {
    await expectSecurityHeaders(demo.appUrl, "/");
    await expectSecurityHeaders(demo.appUrl, "/api/history");
    expect(blocked).toEqual([]);
  });

  it("is reached from this machine only", async () => {
    await expectLoopbackOnly(demo.appUrl);
  });
});
