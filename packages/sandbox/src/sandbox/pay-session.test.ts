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
    /has failed authentication/,
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

it.each([
  ["pm_card_visa", "visa"],
  ["tok_mastercard", "mastercard"],
  ["amex", "amex"],
  ["3782 822463-10005", "amex"],
])("takes a card by number or name: %s", async (card, brand) => {
  const id = await openSession();
  await sandbox.pay(id, { card });
  const { customer } = await stripe.checkout.sessions.retrieve(id);
  const { data } = await stripe.paymentMethods.list({ customer: String(customer) });
  expect(data.map((method) => method.card?.brand)).toEqual([brand]);
});

it.each([
  ["pm_card_chargeDeclined", /generic_decline/],
  ["chargeDeclinedExpiredCard", /expired_card/],
  ["authenticationRequiredChargeDeclinedInsufficientFunds", /insufficient_funds/],
  ["pm_card_nonsense", /There is no test card pm_card_nonsense: give its number/],
])("refuses with %s as the card does", async (card, message) => {
  const id = await openSession();
  await expect(sandbox.pay(id, { card })).rejects.toThrow(message);
  expect(await stateOf(id)).toEqual(["open", "unpaid"]);
});

it("fails 3-D Secure when it is told to, with options alone", async () => {
  const id = await openSession();
  const card = "pm_card_authenticationRequired";
  await expect(sandbox.pay(id, { card, authentication: "fail" })).rejects.toThrow(
    /has failed authentication/,
  );
  await sandbox.pay(id, { card, authentication: "succeed" });
  expect(await stateOf(id)).toEqual(["complete", "paid"]);
});

it("types in everything that the page asks for", async () => {
  const id = await openSession({
    billing_address_collection: "required",
    phone_number_collection: { enabled: true },
    shipping_address_collection: { allowed_countries: ["DE", "AT"] },
    consent_collection: { terms_of_service: "required" },
    name_collection: { individual: { enabled: true } },
    custom_fields: [
      {
        key: "size",
        type: "dropdown",
        label: { type: "custom", custom: "Size" },
        dropdown: { options: [{ label: "S", value: "s" }] },
      },
      {
        key: "vat",
        type: "numeric",
        label: { type: "custom", custom: "Number" },
        numeric: { minimum_length: 3 },
      },
      { key: "note", type: "text", label: { type: "custom", custom: "Note" }, optional: true },
    ],
  });
  await sandbox.pay(id, { answers: { note: "Thanks" } });
  const paid = await stripe.checkout.sessions.retrieve(id);
  expect(paid.customer_details).toMatchObject({ phone: "+15555550100", address: { country: "DE" } });
  expect(paid.collected_information?.shipping_details).toMatchObject({ address: { country: "DE" } });
  expect(paid.collected_information?.individual_name).toBe("Test Customer");
  expect(
    paid.custom_fields.map(({ dropdown, numeric, text }) => (dropdown ?? numeric ?? text)?.value),
  ).toEqual(["s", "111", "Thanks"]);
});

it("pays in every mode, and saves a card without a charge", async () => {
  const price_data = { currency: "usd", unit_amount: 700, product_data: { name: "Mug" } };
  const once = await openSession({ mode: "payment", line_items: [{ quantity: 1, price_data }] });
  await sandbox.pay(once);
  expect(await stateOf(once)).toEqual(["complete", "paid"]);
  const trial = await openSession({ subscription_data: { trial_period_days: 7 } });
  await sandbox.pay(trial);
  expect(await stateOf(trial)).toEqual(["complete", "no_payment_required"]);
  const { id: customer } = await stripe.customers.create();
  const setup = await stripe.checkout.sessions.create({
    mode: "setup",
    currency: "usd",
    customer,
    success_url: "http://localhost/thanks",
  });
  await sandbox.pay(setup.id, { card: "mastercard" });
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
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
