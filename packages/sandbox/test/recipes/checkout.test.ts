import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import type { Browser } from "playwright";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
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

it("lets a customer subscribe on the hosted page", async () => {
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    success_url: `${sandbox.url}/thanks`, // your app's page
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "usd",
          unit_amount: 1900,
          product_data: { name: "Pro" },
          recurring: { interval: "month" },
        },
      },
    ],
  });

  const page = await browser.newPage({ locale: "en-US" });
  await page.goto(session.url ?? "");
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Card number").fill("4242 4242 4242 4242");
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByLabel("Name on card").fill("Ada Lovelace");
  await page.getByRole("button", { name: /Subscribe|Pay/ }).click();
  await page.waitForURL(`${sandbox.url}/thanks`);

  const paid = await stripe.checkout.sessions.retrieve(session.id);
  expect([paid.status, paid.payment_status]).toEqual(["complete", "paid"]);
});
