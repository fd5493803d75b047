import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, recurringPrice } from "../../../test/connect.js";

const urls = { cancel_url: "https://shop.test/", success_url: "https://shop.test/thanks" };

const ada = (stripe: Stripe) => stripe.customers.create({ email: "ada@example.com", name: "Ada Lovelace" });

/** What Stripe says of a customer before the page was opened: no more than where to write to. */
const known = {
  address: null,
  business_name: null,
  email: "ada@example.com",
  individual_name: null,
  name: null,
  phone: null,
  tax_ids: null,
};

describe("a setup session", () => {
  it("has its setup intent from the beginning, and knows its customer", async () => {
    const { sandbox, stripe } = await connect();
    const { id: customer } = await ada(stripe);
    const session = await stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      customer,
      ...urls,
    });
    expect(session).toMatchObject({
      adaptive_pricing: { enabled: false },
      amount_total: null,
      currency: "usd",
      customer,
      customer_creation: null,
      customer_details: { ...known, tax_exempt: null },
      discounts: null,
      managed_payments: null,
      payment_intent: null,
      payment_method_collection: "always",
      payment_status: "no_payment_required",
      saved_payment_method_options: null,
      status: "open",
      subscription: null,
      total_details: null,
    });
    expect(session.id).toMatch(/^cs_test_c1/);
    const intent = await stripe.setupIntents.retrieve(session.setup_intent as string);
    expect(intent).toMatchObject({
      customer,
      payment_method: null,
      status: "requires_payment_method",
      usage: "off_session",
    });
    expect(sandbox.events().at(-1)?.type).toBe("setup_intent.created");
  });

  it("keeps that intent to its end, with what the app said about it", async () => {
    const { sandbox, stripe } = await connect();
    const { id, setup_intent } = await stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      setup_intent_data: { description: "Card", metadata: { user: "7" } },
      ...urls,
    });
    await sandbox.pay(id, undefined, { email: "ada@example.com" });
    const after = await stripe.checkout.sessions.retrieve(id);
    expect([after.status, after.setup_intent]).toEqual(["complete", setup_intent]);
    const intent = await stripe.setupIntents.retrieve(setup_intent as string);
    expect(intent).toMatchObject({
      customer: after.customer,
      description: "Card",
      metadata: { user: "7" },
      status: "succeeded",
    });
    expect((await stripe.setupIntents.list()).data).toHaveLength(1);
  });

  it("takes its intent with it when it expires", async () => {
    const { stripe } = await connect();
    const { id, setup_intent } = await stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      ...urls,
    });
    await stripe.checkout.sessions.expire(id);
    expect((await stripe.setupIntents.retrieve(setup_intent as string)).status).toBe("canceled");
  });
});

describe("a session that sells", () => {
  it.each(["payment", "subscription"] as const)("knows its customer before it is paid: %s", async (mode) => {
    const { stripe } = await connect();
    const [{ id: customer }, { id: price }] = [await ada(stripe), await recurringPrice(stripe, 1000)];
    const price_data = { currency: "usd", unit_amount: 1000, product_data: { name: "Book" } };
    const line = mode === "payment" ? { price_data } : { price };
    const session = await stripe.checkout.sessions.create({
      mode,
      customer,
      line_items: [{ ...line, quantity: 1 }],
      ...urls,
    });
    expect(session).toMatchObject({
      adaptive_pricing: { enabled: true },
      customer_details: { ...known, tax_exempt: "none" },
      managed_payments: { enabled: false },
      payment_intent: null,
      payment_status: "unpaid",
      setup_intent: null,
    });
  });

  it("knows nobody where the app brings nobody", async () => {
    const { stripe } = await connect();
    const { id: price } = await recurringPrice(stripe, 1000);
    const open = (more = {}) =>
      stripe.checkout.sessions.create({
        mode: "subscription",
        line_items: [{ price, quantity: 1 }],
        ...urls,
        ...more,
      });
    expect((await open()).customer_details).toBeNull();
    expect((await open({ customer_email: "ada@example.com" })).customer_details).toMatchObject({
      ...known,
      tax_exempt: "none",
    });
  });
});
