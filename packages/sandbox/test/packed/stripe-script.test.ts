import { once } from "node:events";
import { createServer } from "node:http";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openBrowser } from "../open-browser.js";

let sandbox: Sandbox;
let browser: Browser;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

async function createIntent(): Promise<string> {
  const response = await fetch(`${sandbox.url}/v1/payment_intents`, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.secretKey}` },
    body: new URLSearchParams({ amount: "2900", currency: "usd" }),
  });
  const { client_secret: clientSecret } = (await response.json()) as { client_secret: string };
  return clientSecret;
}

/** An app on a port of its own, and so on another origin than the sandbox. */
async function serveShop(body: string): Promise<string> {
  const server = createServer((_, response) => response.end(`<!doctype html>${body}`));
  onTestFinished(() => {
    server.close();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

test.each(["/endive/stripe.js", "/v3/stripe.js"])(
  "a page of another origin pays with the script at %s",
  async (path) => {
    const page = await browser.newPage();
    await page.goto(await serveShop(`<div id="card"></div><script src="${sandbox.url}${path}"></script>`));
    const clientSecret = await createIntent();
    // What a page without a bundler writes; `Stripe` is the script's global.
    await page.addScriptTag({
      content: `
      const stripe = Stripe(${JSON.stringify(sandbox.publishableKey)});
      const elements = stripe.elements({ clientSecret: ${JSON.stringify(clientSecret)} });
      elements.create("payment").mount("#card");
      const pay = () => stripe.confirmPayment({ elements, redirect: "if_required" });
    `,
    });
    await page.getByRole("button", { name: "Succeeds" }).click();
    expect(await page.evaluate("pay()")).toMatchObject({
      paymentIntent: { status: "succeeded", amount: 2900 },
    });
    expect(await page.evaluate("Stripe.version")).toBe("endive");
    await page.close();
  },
);
