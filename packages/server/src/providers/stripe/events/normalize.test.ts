import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import {
  april,
  buildEvent,
  buildInvoice,
  buildItem,
  buildPrice,
  buildSession,
  buildStripeSubscription,
} from "../../../../test/build-stripe.js";
import { normalizeSubscription } from "../subscriptions/normalize-subscription.js";
import { normalizeEvent } from "./normalize.js";

const head = {
  id: "evt_1",
  provider: "stripe",
  occurredAt: "2026-03-01T00:00:00.000Z",
  providerCustomerId: "cus_1",
};

const as = (app: string) => ({ provider: "stripe", app });

/** What a version from before apps had names left on a subscription. */
const stamp = { customerId: "org_1", app: null, database: null };

describe("an event about a subscription", () => {
  it.each([
    ["customer.subscription.created", "subscription.created"],
    ["customer.subscription.updated", "subscription.updated"],
    ["customer.subscription.pending_update_applied", "subscription.updated"],
    ["customer.subscription.pending_update_expired", "subscription.updated"],
    ["customer.subscription.paused", "subscription.paused"],
    ["customer.subscription.resumed", "subscription.resumed"],
    ["customer.subscription.deleted", "subscription.ended"],
    ["customer.subscription.trial_will_end", "trial.ending"],
  ])("%s is our %s, with the state it carries", (theirs, type) => {
    const subscription = buildStripeSubscription();
    expect(normalizeEvent(buildEvent(theirs, subscription))).toEqual({
      ...head,
      type,
      stamp,
      subscriptionId: "sub_1",
      state: normalizeSubscription(subscription),
    });
  });

  it.each(["2019-12-03", "2026-09-30.dahlia", null])("of the API version %s is unreadable", (api_version) => {
    // Before 2025-03-31 the periods were the subscription's own.
    const { items, ...old } = buildStripeSubscription();
    const event = buildEvent(
      "customer.subscription.updated",
      { ...old, current_period_end: april },
      { api_version },
    );
    expect(normalizeEvent(event)).toEqual({
      ...head,
      type: "subscription.updated",
      stamp,
      subscriptionId: "sub_1",
      state: "unreadable",
    });
  });

  it("of another product of the account is foreign", () => {
    const foreign = buildStripeSubscription({}, [buildItem({ price: buildPrice({ metadata: {} }) })]);
    expect(normalizeEvent(buildEvent("customer.subscription.updated", foreign))).toMatchObject({
      subscriptionId: "sub_1",
      state: "foreign",
    });
  });

  it.each([
    ["its lines", { items: undefined }],
    ["its customer", { customer: null }],
    ["a line's price", { items: { data: [{ id: "si_1" }] } }],
  ])("that lacks %s has to be read again", (_, fields) => {
    const event = buildEvent("customer.subscription.updated", { ...buildStripeSubscription(), ...fields });
    expect(normalizeEvent(event)).toMatchObject({ subscriptionId: "sub_1", state: "unreadable" });
  });

  it.each(["__proto__", "constructor", "toString"])("with a metadata key of %s is like any other", (key) => {
    const metadata = JSON.parse(`{"${key}":"pro"}`);
    const plain = normalizeEvent(buildEvent("customer.subscription.updated", buildStripeSubscription()));
    const hostile = buildStripeSubscription({
      metadata: { ...buildStripeSubscription().metadata, ...metadata },
    });
    expect(normalizeEvent(buildEvent("customer.subscription.updated", hostile))).toEqual(plain);
    const foreign = buildStripeSubscription({ metadata }, [buildItem({ price: buildPrice({ metadata }) })]);
    expect(normalizeEvent(buildEvent("customer.subscription.updated", foreign))).toMatchObject({
      state: "foreign",
    });
  });

  it.each([
    ["updated", { subscription: "sub_1", released_subscription: null }],
    ["released", { subscription: null, released_subscription: "sub_1" }],
  ])("whose schedule was %s has to be read again", (what, fields) => {
    const schedule = { id: "sub_sched_1", object: "subscription_schedule", customer: "cus_1", ...fields };
    expect(normalizeEvent(buildEvent(`subscription_schedule.${what}`, schedule))).toEqual({
      ...head,
      type: "subscription.updated",
      subscriptionId: "sub_1",
      state: "unreadable",
    });
  });

  it("whose schedule has not begun has no pending change", () => {
    const schedule = {
      id: "sub_sched_1",
      customer: "cus_1",
      subscription: null,
      released_subscription: null,
    };
    expect(normalizeEvent(buildEvent("subscription_schedule.created", schedule))).toBeNull();
  });
});

describe("whose the object of an event is", () => {
  const metadata = { tollgate_customer: "1", tollgate_app: "shop", tollgate_database: "db_1" };
  const shop = { customerId: "1", app: "shop", database: "db_1" };
  const parent = {
    type: "subscription_details" as const,
    quote_details: null,
    subscription_details: { metadata, subscription: "sub_1" },
  };

  it.each([
    ["customer.subscription.updated", buildStripeSubscription({ metadata })],
    ["checkout.session.completed", buildSession({ metadata })],
    ["invoice.paid", buildInvoice({ parent })],
  ])("is known with %s, an invoice's from its subscription", (type, object) => {
    expect(normalizeEvent(buildEvent(type, object))).toMatchObject({ stamp: shop });
  });

  it("is known even where the rest can't be read", () => {
    const event = buildEvent("customer.subscription.updated", buildStripeSubscription({ metadata }), {
      api_version: "2019-12-03",
    });
    expect(normalizeEvent(event)).toMatchObject({ state: "unreadable", stamp: shop });
  });

  it("is not known where it has nothing of ours on it", () => {
    const bare = buildStripeSubscription({ metadata: {} });
    expect(normalizeEvent(buildEvent("customer.subscription.updated", bare))).not.toHaveProperty("stamp");
  });

  it("turns an app's price into a plan for that app, and for no other", () => {
    const ours = buildStripeSubscription({}, [
      buildItem({ price: buildPrice({ metadata: { tollgate_plan: "pro", tollgate_app: "shop" } }) }),
    ]);
    const unnamed = buildStripeSubscription();
    expect(normalizeSubscription(ours, as("shop"))).toMatchObject({ planId: "pro" });
    expect(normalizeSubscription(ours)).toBe("foreign");
    expect(normalizeSubscription(ours, as("blog"))).toBe("foreign");
    expect(normalizeSubscription(unnamed, as("shop"))).toBe("foreign");
  });
});

describe("an event about a checkout", () => {
  const completed = "checkout.session.completed";
  const product = { tollgate_customer: "org_1", tollgate_product: "credits", tollgate_quantity: "2" };

  it.each<[string, string, Partial<Stripe.Checkout.Session>, object]>([
    ["paid", completed, {}, { type: "checkout.completed", amountTotal: 2900, subscriptionId: "sub_1" }],
    [
      "for a trial",
      completed,
      { payment_status: "no_payment_required", amount_total: 0 },
      { type: "checkout.completed", amountTotal: null },
    ],
    [
      "whose bank debit arrived",
      "checkout.session.async_payment_succeeded",
      {},
      { type: "checkout.completed", amountTotal: 2900 },
    ],
    [
      "for a product",
      completed,
      { metadata: product, subscription: null, mode: "payment", amount_total: 2000 },
      {
        type: "checkout.completed",
        productId: "credits",
        quantity: 2,
        subscriptionId: null,
        amountTotal: 2000,
      },
    ],
    [
      "whose bank debit failed",
      "checkout.session.async_payment_failed",
      { payment_status: "unpaid" },
      { type: "checkout.failed", amountTotal: 2900, subscriptionId: "sub_1" },
    ],
    [
      "that expired",
      "checkout.session.expired",
      { payment_status: "unpaid", subscription: null },
      { type: "checkout.expired", amountTotal: null },
    ],
  ])("%s is reported", (_, type, fields, expected) => {
    const shared = { checkoutId: "cs_1", productId: null, quantity: 1, currency: "usd" };
    expect(normalizeEvent(buildEvent(type, buildSession(fields)))).toMatchObject({
      ...head,
      ...shared,
      ...expected,
    });
  });

  it.each<[string, string, Partial<Stripe.Checkout.Session>]>([
    ["whose money is on its way", completed, { payment_status: "unpaid" }],
    ["that we did not open", completed, { metadata: {} }],
    ["without metadata", completed, { metadata: null }],
  ])("%s is not ours", (_, type, fields) => {
    expect(normalizeEvent(buildEvent(type, buildSession(fields)))).toBeNull();
  });
});

it("gives a checkout's amount in ISO 4217's minor units", () => {
  const session = buildSession({ currency: "mga", amount_total: 5 });
  expect(normalizeEvent(buildEvent("checkout.session.completed", session))).toMatchObject({
    amountTotal: 500,
  });
});

describe("an event about an invoice", () => {
  it.each([
    ["invoice.paid", "payment.succeeded", { amount_due: 2900, amount_paid: 1900 }, 1900],
    ["invoice.payment_failed", "payment.failed", { amount_due: 2900, amount_paid: 0 }, 2900],
    [
      "invoice.payment_action_required",
      "payment.action_required",
      { amount_due: 2900, amount_paid: 0 },
      2900,
    ],
  ] as const)("%s is our %s", (theirs, type, fields, amount) => {
    expect(normalizeEvent(buildEvent(theirs, buildInvoice(fields)))).toEqual({
      ...head,
      type,
      subscriptionId: "sub_1",
      invoiceId: "in_1",
      attempt: 1,
      isOfCatalog: false,
      amount,
      currency: "usd",
    });
  });

  it.each([
    ["tollgate_product_credits", true],
    ["tollgate-shop_product_credits", false],
    ["prod_1", false],
  ])("with a line of product %s, paid once, is from our catalog: %s", (product, isOfCatalog) => {
    const price_details = { price: "price_1", product };
    const lines = { data: [{ pricing: { price_details } }] } as unknown as Stripe.Invoice["lines"];
    const event = buildEvent("invoice.paid", buildInvoice({ parent: null, lines }));
    expect(normalizeEvent(event)).toMatchObject({ subscriptionId: null, isOfCatalog });
  });

  it("finds the subscription where older API versions have it", () => {
    const old = { ...buildInvoice({ parent: null }), subscription: "sub_9" };
    const event = buildEvent("invoice.paid", old, { api_version: "2024-12-18.acacia" });
    expect(normalizeEvent(event)).toMatchObject({ subscriptionId: "sub_9" });
  });

  it("gives amounts in ISO 4217's minor units", () => {
    const invoice = buildInvoice({ currency: "isk", amount_paid: 500 });
    expect(normalizeEvent(buildEvent("invoice.paid", invoice))).toMatchObject({ amount: 5, currency: "isk" });
  });

  it("is not a payment where nothing was paid, or for other facts of an invoice", () => {
    expect(normalizeEvent(buildEvent("invoice.paid", buildInvoice({ amount_paid: 0 })))).toBeNull();
    expect(normalizeEvent(buildEvent("invoice.finalized", buildInvoice()))).toBeNull();
  });
});

it("reports that a customer was deleted", () => {
  const customer = { id: "cus_1", object: "customer", deleted: true };
  const event = normalizeEvent(buildEvent("customer.deleted", customer));
  expect(event).toEqual({ ...head, type: "customer.deleted", providerCustomerId: "cus_1" });
});

it.each([
  ["an email", { email: null }, true],
  ["a name", { name: "A", balance: 0 }, true],
  ["what it doesn't say", undefined, true],
  ["anything else", { delinquent: false, invoice_settings: {} }, false],
])("customer.updated about %s", (_, previous_attributes, means) => {
  const event = buildEvent("customer.updated", { id: "cus_1" });
  const neutral = normalizeEvent({ ...event, data: { ...event.data, previous_attributes } });
  expect(neutral?.type).toBe(means ? "customer.updated" : undefined);
});

it.each(["price.created", "__proto__", "toString"])("%s means nothing to us", (type) => {
  expect(normalizeEvent(buildEvent(type, { id: "x" }))).toBeNull();
});

it.each<[string, string, object]>([
  ["an invoice without a currency", "invoice.paid", { ...buildInvoice(), currency: undefined }],
  ["an invoice in no currency", "invoice.paid", { ...buildInvoice(), currency: "__proto__" }],
  ["an invoice without an amount", "invoice.paid", { ...buildInvoice(), amount_paid: undefined }],
  ["an invoice with text as its amount", "invoice.paid", { ...buildInvoice(), amount_paid: "2900" }],
  ["an invoice without an id", "invoice.payment_failed", { ...buildInvoice(), id: undefined }],
  ["an object other than its type says", "invoice.payment_failed", buildStripeSubscription()],
  ["a checkout without an id", "checkout.session.completed", { ...buildSession(), id: 1 }],
  ["a checkout for half a cent", "checkout.session.completed", { ...buildSession(), amount_total: 0.5 }],
  [
    "a checkout of half an item",
    "checkout.session.completed",
    buildSession({ metadata: { tollgate_customer: "org_1", tollgate_quantity: "0.5" } }),
  ],
])("can't read %s, and says so", (_name, type, object) => {
  const event = buildEvent(type, object);
  expect(normalizeEvent(event)).toMatchObject({
    id: event.id,
    type: "unreadable",
    reason: expect.stringMatching(new RegExp(`^${type}: [A-Z]`)),
  });
});
