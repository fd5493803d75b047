import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startSandbox } from "../node/start-sandbox.js";
import type { Sandbox } from "./sandbox.js";

let sandbox: Sandbox;
let stripe: Stripe;

beforeAll(async () => {
  sandbox = await startSandbox();
  const { hostname, port } = new URL(sandbox.url);
  stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function openSession(own: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<string> {
  const { id } = await stripe.checkout.sessions.create({
    mode: "subscription",
    success_url: "http://localhost/thanks",
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
    ...own,
  });
  return id;
}

const stateOf = async (id: string) => {
  const { status, payment_status: payment } = await stripe.checkout.sessions.retrieve(id);
  return [status, payment];
};

it("pays a checkout without a browser", async () => {
  const id = await openSession();
  await sandbox.pay(id);
  expect(await stateOf(id)).toEqual(["complete", "paid"]);
  const { data } = await stripe.subscriptions.list({ status: "active" });
  expect(data).toHaveLength(1);
});

it("goes through 3-D Secure where the card asks for it", async () => {
  const [paid, refused] = [await openSession(), await openSession()];
  await sandbox.pay(paid, "4000 0027 6000 3184");
  expect(await stateOf(paid)).toEqual(["complete", "paid"]);
  await expect(sandbox.pay(refused, "4000 0027 6000 3184", { authentication: "fail" })).rejects.toThrow(
    /unable to authenticate/,
  );
  await expect(sandbox.pay(refused, "4000 0082 6000 3178")).rejects.toThrow(/insufficient_funds/);
  expect(await stateOf(refused)).toEqual(["open", "unpaid"]);
});

it("rejects with the decline code of a card that is refused, and lets another one try", async () => {
  const id = await openSession();
  await expect(sandbox.pay(id, "4000 0000 0000 9995")).rejects.toThrow(/insufficient_funds/);
  expect(await stateOf(id)).toEqual(["open", "unpaid"]);
  await sandbox.pay(id, "4242424242424242");
  expect(await stateOf(id)).toEqual(["complete", "paid"]);
});

it("pays as the session's customer, or as whoever is named", async () => {
  const ada = await stripe.customers.create({ email: "ada@example.com" });
  const [known, guest] = [await openSession({ customer: ada.id }), await openSession()];
  await sandbox.pay(known);
  await sandbox.pay(guest, "4242 4242 4242 4242", { email: "bob@example.com", name: "Bob" });
  const emails = await Promise.all(
    [known, guest].map(async (id) => (await stripe.checkout.sessions.retrieve(id)).customer_details?.email),
  );
  expect(emails).toEqual(["ada@example.com", "bob@example.com"]);
});

it("buys as many as it is told, where the page lets people choose", async () => {
  const adjustable = { enabled: true, minimum: 1, maximum: 9 };
  const [price] = [
    await stripe.prices.create({
      currency: "usd",
      unit_amount: 500,
      product_data: { name: "Seat" },
      recurring: { interval: "month" },
    }),
  ];
  const id = await openSession({
    line_items: [{ price: price.id, quantity: 1, adjustable_quantity: adjustable }],
  });
  await sandbox.pay(id, undefined, { quantity: 4 });
  expect((await stripe.checkout.sessions.retrieve(id)).amount_total).toBe(2000);
});

it("says what is wrong with a session that is unknown or paid", async () => {
  await expect(sandbox.pay("cs_test_none")).rejects.toThrow(
    "This sandbox has no checkout session cs_test_none.",
  );
  const id = await openSession();
  await sandbox.pay(id);
  await expect(sandbox.pay(id)).rejects.toThrow(/complete|open/i);
});

it("reset comes back to what was kept as the start", async () => {
  const own = await startSandbox();
  const { hostname, port } = new URL(own.url);
  const client = new Stripe(own.secretKey, { host: hostname, port, protocol: "http" });
  await client.products.create({ id: "pro", name: "Pro" });
  own.keepAsStart();
  await client.products.create({ id: "team", name: "Team" });
  own.reset();
  expect((await client.products.list()).data.map(({ id }) => id)).toEqual(["pro"]);
  await own.close();
});
