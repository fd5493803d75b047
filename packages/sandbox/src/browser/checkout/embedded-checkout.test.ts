import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright";
import type Stripe from "stripe";
import { build } from "vite";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { connect } from "../../../test/connect.js";
import { openBrowser } from "../../../test/open-browser.js";

const shop = fileURLToPath(new URL("../../../test/embedded-shop.tsx", import.meta.url));
let script: string;
let browser: Browser;

const bundle = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"development"' },
    build: { write: false, minify: false, rollupOptions: { input: shop } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && "output" in output ? output.output[0] : undefined;
  return chunk?.code ?? "";
};

beforeAll(async () => {
  [script, browser] = await Promise.all([bundle(), openBrowser()]);
});
afterAll(() => browser.close());

/** A server of the app's own: Chromium lets no page of another machine into a frame from this one. */
const serve = async (html: string): Promise<string> => {
  const server = createServer(({ url }, response) => {
    const isScript = url === "/shop.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : html);
  });
  onTestFinished(() => {
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
};

/** The app's page, in front of a sandbox with a session of its own. */
const visit = async (more: Partial<Stripe.Checkout.SessionCreateParams>) => {
  const { sandbox, stripe } = await connect();
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "embedded_page",
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 2900, product_data: { name: "Pro" } } },
    ],
    ...more,
  });
  const { publishableKey, url: apiBase } = sandbox;
  const data = JSON.stringify({ apiBase, publishableKey, clientSecret: session.client_secret });
  const body = `<title>Shop</title><body data-shop='${data}'><script type="module" src="/shop.js"></script>`;
  const shopUrl = await serve(body);
  const page = await browser.newPage();
  page.setDefaultTimeout(5_000);
  await page.goto(shopUrl);
  return { page, shopUrl, stripe, session };
};

const pay = async (page: Page): Promise<void> => {
  const frame = page.frameLocator("iframe");
  await frame.getByLabel("Email").fill("ada@example.com");
  await frame
    .getByRole("button", { name: /Succeeds/ })
    .first()
    .click();
  await frame.getByRole("button", { name: /^Pay/ }).click();
};

test("shows one frame that is as high as what is in it, and calls back once it is paid", async () => {
  const { page, session, shopUrl, stripe } = await visit({ redirect_on_completion: "never" });
  await page.frameLocator("iframe").getByRole("button", { name: /^Pay/ }).waitFor();
  expect(await page.locator("iframe").count()).toBe(1);
  const inside = await page.frames()[1]?.evaluate(() => document.documentElement.scrollHeight);
  const frame = await page.locator("iframe").boundingBox();
  expect(Math.abs((frame?.height ?? 0) - (inside ?? 0))).toBeLessThan(8);
  await pay(page);
  await page.waitForFunction(() => document.title === "Thank you");
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
  expect(page.url()).toBe(shopUrl);
  await page.evaluate(() => document.dispatchEvent(new Event("close-shop")));
  expect(await page.locator("iframe").count()).toBe(0);
  await page.close();
});

test("takes the page to the return address once it is paid", async () => {
  const { page, session } = await visit({ return_url: "http://127.0.0.1:9/done?id={CHECKOUT_SESSION_ID}" });
  const left = page.waitForRequest(`http://127.0.0.1:9/done?id=${session.id}`);
  await pay(page);
  await left;
  await page.close();
});
