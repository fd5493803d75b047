import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

// Your app; here it only remembers which invoices were paid.
const paid: string[] = [];
const app = createServer(async (request, response) => {
  const body = (await request.toArray()).join("");
  const signature = String(request.headers["stripe-signature"]);
  const event = await Stripe.webhooks.constructEventAsync(body, signature, sandbox.webhookSecret);
  if (event.type === "invoice.paid") paid.push(event.data.object.id);
  response.end();
});

let sandbox: Sandbox;
let stripe: Stripe;

beforeAll(async () => {
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const { port: appPort } = app.address() as AddressInfo;
  sandbox = await startSandbox({
    webhooks: [{ url: `http://127.0.0.1:${appPort}/` }],
    seedData: {
      products: [{ as: "pro", name: "Pro" }],
      prices: [
        {
          as: "monthly",
          product: "$pro",
          lookup_key: "pro_monthly",
          currency: "usd",
          unit_amount: 1900,
          recurring: { interval: "month" },
        },
      ],
    },
  });
  const { hostname, port } = new URL(sandbox.url);
  stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
});

// A few milliseconds; the seed data are there again.
beforeEach(() => {
  sandbox.reset();
  paid.length = 0;
});

afterAll(async () => {
  app.close();
  await sandbox.close();
});

it("hears of the renewal, whatever goes wrong on the way", async () => {
  sandbox.chaos({ duplicates: 0.5, reorder: 0.5, drop: 0.3, seed: "monday" });
  const { data: prices } = await stripe.prices.list({ lookup_keys: ["pro_monthly"] });
  const customer = await stripe.customers.create({
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const items = prices.map(({ id }) => ({ price: id }));
  await stripe.subscriptions.create({ customer: customer.id, items });

  // A month and an hour: a renewal's invoice is a draft for an hour.
  sandbox.advance(new Date(sandbox.now().getTime() + 32 * 86_400_000));
  await sandbox.settled();

  expect(new Set(paid).size).toBe(2);
});
