import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { openStage, type Stage } from "./open-stage.js";

// When a checkout session makes its subscription, and which events tell of it:
// https://docs.stripe.com/changelog/basil/2025-03-31/checkout-legacy-subscription-upgrade
// and what `stripe listen` wrote down of a checkout on 2025-09-20 and 2025-10-08.

const declining = "4000000000000341";
const asking = "4000002760003184";

const openSession = async (
  stage: Stage,
  { version, quantity }: { version?: string; quantity?: { maximum: number } } = {},
): Promise<string> => {
  const price = await stage.price(1000);
  // An answer of an earlier version is not what this SDK declares.
  const stripe =
    version === undefined
      ? stage.stripe
      : new Stripe(stage.sandbox.secretKey, {
          httpClient: Stripe.createFetchHttpClient((async (url: string, init: RequestInit) =>
            stage.sandbox.fetch(new Request(url, init))) as typeof fetch),
        });
  const { id } = await stripe.checkout.sessions.create(
    {
      mode: "subscription",
      customer: stage.customer,
      line_items: [
        { price, quantity: 1, ...(quantity ? { adjustable_quantity: { enabled: true, ...quantity } } : {}) },
      ],
      success_url: "https://app.test/done",
    },
    version === undefined ? {} : { apiVersion: version },
  );
  stage.told();
  return id;
};

const madeFor = async ({ stripe, customer }: Stage) => {
  const [subscriptions, invoices, intents] = [
    await stripe.subscriptions.list({ customer, status: "all" }),
    await stripe.invoices.list({ customer }),
    await stripe.paymentIntents.list({ customer }),
  ];
  return { subscriptions: subscriptions.data, invoices: invoices.data, intents: intents.data };
};

const statusOf = (event: Stripe.Event): string => (event.data.object as Stripe.Subscription).status;

describe("a checkout session's subscription", () => {
  it("is made once it is paid: a card that is refused leaves no subscription and no invoice", async () => {
    const stage = await openStage({ card: null, time: "sandbox" });
    const session = await openSession(stage);
    await expect(stage.sandbox.pay(session, { card: declining })).rejects.toThrow("declined");
    expect(stage.told()).toEqual([
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
    ]);
    const { subscriptions, invoices, intents } = await madeFor(stage);
    expect([subscriptions, invoices]).toEqual([[], []]);
    expect(intents).toMatchObject([
      { amount: 1000, status: "requires_payment_method", description: "Subscription creation" },
    ]);
    expect(intents[0]?.payment_details?.order_reference ?? null).toBeNull();
  });

  it("is told of once, already active, and its invoice is paid by the intent of the first attempt", async () => {
    const stage = await openStage({ card: null, time: "sandbox" });
    const session = await openSession(stage);
    await expect(stage.sandbox.pay(session, { card: declining })).rejects.toThrow("declined");
    stage.told();
    await stage.sandbox.pay(session, { card: "pm_card_visa" });
    const told = stage.told();
    expect(told).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "checkout.session.completed",
    ]);
    expect(statusOf(stage.last("customer.subscription.created"))).toBe("active");
    expect(stage.last("customer.updated").data.previous_attributes).toEqual({ currency: null });
    const { subscriptions, invoices, intents } = await madeFor(stage);
    expect([subscriptions.length, invoices.length, intents.length]).toEqual([1, 1, 1]);
    expect(intents[0]?.payment_details?.order_reference).toBe(invoices[0]?.id);
    const payments = await stage.stripe.invoicePayments.list({ invoice: invoices[0]?.id as string });
    expect(payments.data.map(({ payment }) => payment.payment_intent)).toEqual([intents[0]?.id]);
    expect(subscriptions[0]?.default_payment_method).toBe(intents[0]?.payment_method);
  });

  it("takes up what the customer changes after an attempt, and holds the order while 3-D Secure waits", async () => {
    const stage = await openStage({ card: null, time: "sandbox" });
    const session = await openSession(stage, { quantity: { maximum: 5 } });
    await expect(stage.sandbox.pay(session, { card: declining })).rejects.toThrow("declined");
    const { data } = await stage.stripe.checkout.sessions.listLineItems(session);
    await stage.stripe.checkout.sessions.update(session, {
      line_items: [{ id: data[0]?.id as string, quantity: 3 }],
    });
    const refusedStep = stage.sandbox.pay(session, { card: asking, authentication: "fail" });
    await expect(refusedStep).rejects.toThrow("authentication");
    await stage.sandbox.pay(session, { card: "pm_card_visa" });
    const { invoices, intents } = await madeFor(stage);
    expect([invoices[0]?.amount_paid, intents[0]?.amount_received]).toEqual([3000, 3000]);
  });

  it("asks for what the balance leaves, and what is left over stays on the balance", async () => {
    const stage = await openStage({ card: null, time: "sandbox" });
    const { stripe, customer } = stage;
    await stripe.customers.createBalanceTransaction(customer, { amount: -300, currency: "usd" });
    await stage.sandbox.pay(await openSession(stage), { card: "pm_card_visa" });
    const { invoices, intents } = await madeFor(stage);
    expect(invoices).toMatchObject([
      { total: 1000, starting_balance: -300, amount_due: 700, amount_paid: 700 },
    ]);
    expect(intents).toMatchObject([{ amount_received: 700 }]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
  });

  it("begins incomplete with the first attempt for a session of a version before basil", async () => {
    const stage = await openStage({ card: null, time: "sandbox" });
    const session = await openSession(stage, { version: "2025-02-24.acacia" });
    expect(await stage.stripe.checkout.sessions.retrieve(session)).toMatchObject({
      payment_intent: null,
      subscription: null,
    });
    await expect(stage.sandbox.pay(session, { card: declining })).rejects.toThrow("declined");
    expect(statusOf(stage.last("customer.subscription.created"))).toBe("incomplete");
    expect((await madeFor(stage)).invoices).toMatchObject([{ status: "open" }]);
    stage.told();
    await stage.sandbox.pay(session, { card: "pm_card_visa" });
    expect(stage.told()).toContain("customer.subscription.updated");
    expect(statusOf(stage.last("customer.subscription.updated"))).toBe("active");
    expect((await madeFor(stage)).subscriptions).toHaveLength(1);
  });
});
