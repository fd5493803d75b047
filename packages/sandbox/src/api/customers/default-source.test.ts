import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, recurringPrice, refusal } from "../../../test/connect.js";

const start = Date.UTC(2026, 0, 31, 12);
const day = 86_400_000;

/** A customer whose only card is of the old kind. */
const withSource = async (token = "tok_visa") => {
  const { sandbox, stripe } = await connect({ clock: () => new Date(start) });
  const { id: customer, default_source } = await stripe.customers.create({ source: token });
  const { id: price } = await recurringPrice(stripe, 900);
  const later = (days: number) => sandbox.advance(new Date(sandbox.now().getTime() + days * day));
  return { customer, items: [{ price }], later, source: default_source as string, stripe };
};

const chargedCards = async (stripe: Stripe, customer: string) =>
  (await stripe.charges.list({ customer })).data.map(({ payment_method, status }) => [
    payment_method,
    status,
  ]);

describe("a customer's default source", () => {
  it("pays a subscription's first invoice and its renewals, and stays out of its fields", async () => {
    const { customer, items, later, source, stripe } = await withSource();
    const { default_payment_method, default_source, id, status } = await stripe.subscriptions.create({
      customer,
      items,
    });
    expect([status, default_payment_method, default_source]).toEqual(["active", null, null]);
    later(30);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    expect(await chargedCards(stripe, customer)).toEqual([
      [source, "succeeded"],
      [source, "succeeded"],
    ]);
  });

  it.each(["by itself", "now"])("pays when a trial ends: %s", async (way) => {
    const { customer, items, later, source, stripe } = await withSource();
    const { id } = await stripe.subscriptions.create({
      customer,
      items,
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    });
    if (way === "now") await stripe.subscriptions.update(id, { trial_end: "now" });
    else later(8);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    expect(await chargedCards(stripe, customer)).toEqual([[source, "succeeded"]]);
  });

  it("pays a manual invoice", async () => {
    const { customer, source, stripe } = await withSource();
    const { id } = await stripe.invoices.create({ customer });
    await stripe.invoiceItems.create({ customer, invoice: id as string, amount: 700, currency: "usd" });
    expect((await stripe.invoices.pay(id as string)).status).toBe("paid");
    expect(await chargedCards(stripe, customer)).toEqual([[source, "succeeded"]]);
  });

  it("comes after the customer's payment method, and after what the subscription and the invoice name", async () => {
    const { customer, items, source, stripe } = await withSource();
    const second = (await stripe.customers.createSource(customer, { source: "tok_mastercard" })).id;
    const method = (await stripe.paymentMethods.attach("pm_card_amex", { customer })).id;
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } });
    const pay = async (more: Partial<Stripe.SubscriptionCreateParams>) => {
      await stripe.subscriptions.create({ customer, items, ...more });
      return (await chargedCards(stripe, customer))[0]?.[0];
    };
    expect(await pay({})).toBe(method);
    expect(await pay({ default_source: second })).toBe(second);
    expect(await pay({ default_payment_method: method, default_source: second })).toBe(method);
    const { id } = await stripe.invoices.create({ customer, default_source: source });
    await stripe.invoiceItems.create({ customer, invoice: id as string, amount: 700, currency: "usd" });
    expect((await stripe.invoices.pay(id as string)).default_source).toBe(source);
    expect((await chargedCards(stripe, customer))[0]?.[0]).toBe(source);
  });
});

describe("default_source as a parameter", () => {
  it("is expanded as the card of the old kind that it is", async () => {
    const { customer, items, source, stripe } = await withSource();
    const { default_source } = (await stripe.customers.retrieve(customer, {
      expand: ["default_source"],
    })) as Stripe.Customer;
    expect(default_source).toMatchObject({ id: source, last4: "4242", object: "card" });
    const subscription = await stripe.subscriptions.create({
      customer,
      default_source: source,
      items,
      expand: ["default_source"],
    });
    expect(subscription.default_source).toMatchObject({ id: source, object: "card" });
  });

  it("is stored and answered where it is given", async () => {
    const { customer, items, source, stripe } = await withSource();
    const second = (await stripe.customers.createSource(customer, { source: "tok_mastercard" })).id;
    const changed = await stripe.customers.update(customer, { default_source: second });
    expect(changed.default_source).toBe(second);
    const { id, default_source } = await stripe.subscriptions.create({
      customer,
      items,
      default_source: source,
    });
    expect(default_source).toBe(source);
    expect((await stripe.subscriptions.update(id, { default_source: second })).default_source).toBe(second);
    expect((await stripe.subscriptions.update(id, { default_source: "" })).default_source).toBeNull();
    await stripe.subscriptions.update(id, { default_source: second });
    await stripe.customers.deleteSource(customer, second);
    expect((await stripe.subscriptions.retrieve(id)).default_source).toBeNull();
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ default_source: source });
  });

  it("names a source of the customer", async () => {
    const { customer, items, stripe } = await withSource();
    const other = (await stripe.customers.create({ source: "tok_visa" })).default_source as string;
    for (const call of [
      stripe.customers.update(customer, { default_source: other }),
      stripe.subscriptions.create({ customer, items, default_source: other }),
      stripe.invoices.create({ customer, default_source: other }),
    ]) {
      const error = await refusal(call);
      expect([error.code, error.param, error.message]).toEqual([
        "resource_missing",
        "default_source",
        `No such source: '${other}'`,
      ]);
    }
  });
});

describe("a new source", () => {
  it("takes the old default's place, and pays what is overdue", async () => {
    const { customer, items, later, source, stripe } = await withSource("tok_chargeCustomerFail");
    const { id } = await stripe.subscriptions.create({ customer, items, trial_period_days: 7 });
    later(8);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    const { default_source } = await stripe.customers.update(customer, { source: "tok_visa" });
    expect(default_source).not.toBe(source);
    expect((await stripe.customers.listSources(customer)).data.map((row) => row.id)).toEqual([
      default_source,
    ]);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("that its issuer refuses changes nothing", async () => {
    const { customer, source, stripe } = await withSource();
    const error = await refusal(
      stripe.customers.update(customer, { source: "tok_chargeDeclined", name: "Ada" }),
    );
    expect([error.statusCode, error.code]).toEqual([402, "card_declined"]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ default_source: source, name: null });
  });
});
