import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startSandbox } from "@tollgate/sandbox";
import { createBilling } from "@tollgate/server";
import { toNodeHandler } from "@tollgate/server/node";
import { pglite } from "@tollgate/server/pglite";
import { startTestBilling } from "@tollgate/server/testing";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "./open-browser.js";
import { plans } from "./plans.js";

const server = createServer();

const start = (appUrl: string) =>
  startTestBilling({
    startSandbox,
    createBilling: (tied) =>
      createBilling({
        plans,
        store: pglite("memory://"),
        appUrl,
        identify: () => ({ id: "ada", email: "ada@example.com", role: "manager" }),
        ...tied,
      }),
  });

let app: Awaited<ReturnType<typeof start>>;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  app = await start(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const billingRoutes = toNodeHandler(app.billing);
  // Your app; here two pages are enough.
  server.on("request", async (req, res) => {
    if (req.url?.startsWith("/api/billing/")) return billingRoutes(req, res);
    res.setHeader("content-type", "text/html; charset=utf-8");
    const { allowed } = (await app.billing.access(req)).check("export");
    res.end(
      req.url?.startsWith("/reports") ? `<h1>${allowed ? "Your reports" : "Upgrade first"}</h1>` : pricing,
    );
  });
});
afterAll(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
  await app.close();
});

const pricing = `<button>Buy Pro</button><script type="module">
  document.querySelector("button").onclick = async () => {
    const body = JSON.stringify({ planId: "pro", interval: "month", returnUrl: "/reports" });
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/billing/checkout", { method: "POST", headers, body });
    location.assign((await answer.json()).url);
  };
</script>`;

it("sells Pro in the browser, and closes it when the subscription has ended", async () => {
  const page = await browser.newPage({ locale: "en-US" });
  await page.goto(`${app.billing.appUrl}/`);
  await page.getByRole("button", { name: "Buy Pro" }).click();
  await page.getByLabel("Card number").fill("4000 0000 0000 0341"); // is saved, then every charge fails
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByLabel("Name on card").fill("Ada Lovelace");
  await page.getByRole("button", { name: /Start trial|Subscribe|Pay/ }).click();
  await page.waitForURL(/\/reports/);

  await app.settle(); // every webhook is delivered
  await page.reload();
  await page.getByRole("heading", { name: "Your reports" }).waitFor();

  await app.advance({ days: 15 }); // the trial ends, and the card fails
  await page.reload();
  expect(await page.getByRole("heading").textContent()).toBe("Upgrade first");
});
