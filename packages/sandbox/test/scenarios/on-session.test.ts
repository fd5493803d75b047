import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusal } from "../connect.js";
import { openStage } from "./open-stage.js";

// Who is there: `off_session` of https://docs.stripe.com/api/invoices/pay (true unless given) and of
// https://docs.stripe.com/api/subscriptions/create and update (false unless given). The cards that are set up for
// payments without their holder, and ask a holder who is there every time: https://docs.stripe.com/testing#regulatory-cards
const setUp = "pm_card_authenticationRequiredSetupForOffSession";

const month = { recurring: { interval: "month" } } as const;

const open = async (card = setUp) => {
  const stage = await openStage({ card });
  const { stripe, customer } = stage;
  const owe = async (): Promise<string> => {
    const { id = "" } = await stripe.invoices.create({ customer, auto_advance: false });
    await stripe.invoiceItems.create({ customer, invoice: id, amount: 2000, currency: "usd" });
    await stripe.invoices.finalizeInvoice(id);
    return id;
  };
  const subscribe = async (fields: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.subscriptions.create({ customer, items: [{ price: await stage.price(1000, month) }], ...fields });
  return { ...stage, owe, subscribe };
};

const intentOf = async (stripe: Stripe, invoice: string): Promise<Stripe.PaymentIntent> => {
  const { payments } = await stripe.invoices.retrieve(invoice, { expand: ["payments"] });
  return stripe.paymentIntents.retrieve(String(payments?.data[0]?.payment.payment_intent));
};

describe("an invoice that is paid by the API", () => {
  it("asks nobody unless the request says that somebody is there", async () => {
    const { stripe, owe } = await open();
    expect((await stripe.invoices.pay(await owe())).status).toBe("paid");
    expect((await stripe.invoices.pay(await owe(), { off_session: true })).status).toBe("paid");
    const id = await owe();
    const { statusCode, rawType, code } = await refusal(stripe.invoices.pay(id, { off_session: false }));
    expect({ statusCode, rawType, code }).toEqual({
      statusCode: 402,
      rawType: "card_error",
      code: "invoice_payment_intent_requires_action",
    });
    expect((await intentOf(stripe, id)).status).toBe("requires_action");
  });
});

describe("a subscription", () => {
  it("begins with its customer there, and renews without", async () => {
    const { stripe, subscribe, to } = await open();
    expect((await subscribe()).status).toBe("incomplete");
    const { id, status } = await subscribe({ off_session: true });
    expect(status).toBe("active");
    await to("2027-02-02");
    const renewed = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(renewed.latest_invoice).toMatchObject({ billing_reason: "subscription_cycle", status: "paid" });
  });

  it("is changed with its customer there, unless the request says otherwise", async () => {
    const { stripe, subscribe, price } = await open();
    const { id, items } = await subscribe({ off_session: true });
    const item = items.data[0]?.id ?? "";
    const switchTo = async (amount: number, fields: Stripe.SubscriptionUpdateParams = {}) =>
      stripe.subscriptions.update(id, {
        items: [{ id: item, price: await price(amount, month) }],
        proration_behavior: "always_invoice",
        ...fields,
      });
    expect((await switchTo(3000, { off_session: true })).status).toBe("active");
    const error = await refusal(switchTo(5000, { payment_behavior: "error_if_incomplete" }));
    expect([error.statusCode, error.code]).toEqual([402, "subscription_payment_intent_requires_action"]);
    const pending = await switchTo(5000, { payment_behavior: "pending_if_incomplete" });
    expect(pending.pending_update).not.toBeNull();
    const quiet = { payment_behavior: "pending_if_incomplete", off_session: true } as const;
    expect((await switchTo(6000, quiet)).pending_update).toBeNull();
    await stripe.subscriptionItems.update(item, {
      price: await price(9000, month),
      proration_behavior: "always_invoice",
      off_session: true,
    });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });
});

describe("a card that was set up", () => {
  it("asks its holder at each payment that they are there for, and never without them", async () => {
    const { stripe, customer } = await openStage({ card: null });
    const setup = await stripe.setupIntents.create({
      customer,
      payment_method: "pm_card_authenticationRequiredOnSetup",
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    await stripe.rawRequest("POST", `/v1/sandbox/intents/${setup.id}/authenticate`, { outcome: "succeed" });
    const { payment_method } = await stripe.setupIntents.retrieve(setup.id);
    const pay = (fields: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: "usd",
        customer,
        payment_method: String(payment_method),
        confirm: true,
        ...fields,
      });
    expect((await pay({ off_session: true })).status).toBe("succeeded");
    const asked = await pay();
    expect(asked.status).toBe("requires_action");
    await stripe.rawRequest("POST", `/v1/sandbox/intents/${asked.id}/authenticate`, { outcome: "succeed" });
    expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe("succeeded");
    expect((await pay()).status).toBe("requires_action");
  });
});
