import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../test/connect.js";

const later = (sandbox: { now(): Date; advance(to: Date): void }, seconds: number) =>
  sandbox.advance(new Date(sandbox.now().getTime() + seconds * 1000));

const params = { amount: 4100, currency: "usd", confirm: true, payment_method: "pm_card_visa" } as const;

const charged = async (stripe: Stripe, more: Partial<Stripe.PaymentIntentCreateParams> = {}) => {
  const { latest_charge } = await stripe.paymentIntents.create({
    ...params,
    ...more,
    expand: ["latest_charge"],
  });
  return latest_charge as Stripe.Charge;
};

describe("a charge that is captured asynchronously", () => {
  it("is the usual one, and has no balance transaction until a moment later", async () => {
    const { sandbox, stripe } = await connect();
    const { capture_method } = await stripe.paymentIntents.create(params);
    expect(capture_method).toBe("automatic_async");
    const { id, balance_transaction, captured } = await charged(stripe);
    expect([captured, balance_transaction]).toEqual([true, null]);
    later(sandbox, 2);
    expect((await stripe.charges.retrieve(id)).balance_transaction).toMatch(/^txn_/);
    const told = sandbox
      .events()
      .filter(({ data, type }) => type === "charge.updated" && data.object.id === id);
    expect(told.map(({ data, request }) => [data.previous_attributes, request?.id])).toEqual([
      [{ balance_transaction: null }, null],
    ]);
  });

  it.each(["automatic", "manual"] as const)("is booked at once otherwise: %s", async (capture_method) => {
    const { stripe } = await connect();
    const charge = await charged(stripe, { capture_method });
    if (capture_method === "manual") {
      expect(charge.balance_transaction).toBeNull();
      await stripe.paymentIntents.capture(charge.payment_intent as string);
    }
    expect((await stripe.charges.retrieve(charge.id)).balance_transaction).toMatch(/^txn_/);
  });

  it("can be refunded before it is booked", async () => {
    const { sandbox, stripe } = await connect();
    const { id } = await charged(stripe);
    await stripe.refunds.create({ charge: id, amount: 800 });
    expect(await stripe.charges.retrieve(id)).toMatchObject({
      amount_refunded: 800,
      balance_transaction: null,
    });
    later(sandbox, 5);
    const moves = (await stripe.balanceTransactions.list()).data.map(({ amount, type }) => [type, amount]);
    expect(moves.sort()).toEqual([
      ["charge", 4100],
      ["refund", -800],
    ]);
  });
});

describe("a charge's receipt", () => {
  it("has a page from the authorisation on", async () => {
    const { sandbox, stripe } = await connect();
    const { receipt_url } = await charged(stripe, { capture_method: "manual", description: "Order 7" });
    expect(receipt_url).toMatch(`${sandbox.url}/receipts/payment/`);
    const page = await fetch(receipt_url ?? "");
    expect(page.status).toBe(200);
    const text = await page.text();
    for (const part of ["Receipt", "$41.00", "Order 7", "Visa ending in 4242"]) expect(text).toContain(part);
  });

  it("names the invoice that was paid", async () => {
    const { stripe } = await connect();
    const [{ id: customer }, price] = [await payer(stripe), await recurringPrice(stripe, 900)];
    const { latest_invoice } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    const { number } = await stripe.invoices.retrieve(latest_invoice as string);
    const [charge] = (await stripe.charges.list({ customer })).data;
    expect(await (await fetch(charge?.receipt_url ?? "")).text()).toContain(number);
  });

  it("does not exist where no money was had", async () => {
    const { sandbox, stripe } = await connect();
    await stripe.paymentIntents
      .create({ ...params, payment_method: "pm_card_chargeDeclined" })
      .catch(() => undefined);
    const [charge] = (await stripe.charges.list()).data;
    expect(charge).toMatchObject({ receipt_url: null, status: "failed" });
    expect((await fetch(`${sandbox.url}/receipts/payment/${charge?.id}`)).status).toBe(404);
    expect((await fetch(`${sandbox.url}/receipts/payment/ch_none`)).status).toBe(404);
  });

  it("waits for the money of a bank account", async () => {
    const { sandbox, stripe } = await connect();
    const { id: payment_method } = await stripe.paymentMethods.create({
      type: "us_bank_account",
      billing_details: { name: "Ada" },
      us_bank_account: {
        account_holder_type: "individual",
        account_number: "000123456789",
        routing_number: "110000000",
      },
    });
    const { id, receipt_url } = await charged(stripe, { payment_method });
    expect(receipt_url).toBeNull();
    later(sandbox, 10);
    expect((await stripe.charges.retrieve(id)).receipt_url).toContain(id);
  });
});

describe("what a payment says of itself", () => {
  it("is how the app's own records call it", async () => {
    const { stripe } = await connect();
    const create = (payment_details?: Stripe.PaymentIntentCreateParams.PaymentDetails) =>
      stripe.paymentIntents.create({
        amount: 4100,
        currency: "usd",
        ...(payment_details ? { payment_details } : {}),
      });
    expect((await create()).payment_details).toBeUndefined();
    const { id, payment_details } = await create({ order_reference: "order-7" });
    expect(payment_details).toEqual({ customer_reference: null, order_reference: "order-7" });
    const update = await stripe.paymentIntents.update(id, { payment_details: { customer_reference: "ada" } });
    expect(update.payment_details).toEqual({ customer_reference: "ada", order_reference: "order-7" });
    const after = await stripe.paymentIntents.confirm(id, {
      payment_method: "pm_card_visa",
      payment_details: { order_reference: "" },
    });
    expect(after.payment_details).toEqual({ customer_reference: "ada", order_reference: null });
  });

  it("is that Stripe does not manage it", async () => {
    const { stripe } = await connect();
    const intent = await stripe.paymentIntents.create({ amount: 4100, currency: "usd" });
    const setup = await stripe.setupIntents.create();
    expect([intent.managed_payments, setup.managed_payments]).toEqual([
      { enabled: false },
      { enabled: false },
    ]);
  });

  it("is the same network transaction for all charges of one card number", async () => {
    const { stripe } = await connect();
    const idOf = async (card: string) =>
      (await charged(stripe, { payment_method: card })).payment_method_details?.card?.network_transaction_id;
    const visa = await idOf("pm_card_visa");
    expect(visa).toMatch(/^\d{15}$/);
    expect(await idOf("pm_card_visa")).toBe(visa);
    expect(await idOf("pm_card_createDispute")).not.toBe(visa);
  });
});
