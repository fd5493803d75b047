import { describe, expect, it } from "vitest";
import type { CheckoutEvent, PaymentEvent } from "../language/billing-event.js";
import type { ProviderSubscription, Subscription } from "../language/subscription.js";
import { buildProviderSubscription, buildSubscription } from "../testing/building/build-subscription.js";
import { buildSubscriptionEvent } from "../testing/building/builders.js";
import { decideCheckoutEvent } from "./decide-checkout-event.js";
import { decideEvent, decideEventRead } from "./decide-event.js";
import type { KnownFacts } from "./event-decision.js";

const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString();
const facts = (
  current: Subscription | null,
  customerId: string | null = "org_1",
  ignoredAt: string | null = null,
): KnownFacts => ({ current: current && { subscription: current, revision: "1" }, customerId, ignoredAt });
const stored = buildSubscription({ asOf: at(5) });
const storedEnd = buildSubscription({ status: "ended", asOf: at(5) });
const payment: PaymentEvent = {
  id: "evt_1",
  provider: "stripe",
  type: "payment.failed",
  occurredAt: at(1),
  providerCustomerId: "cus_1",
  subscriptionId: "sub_1",
  invoiceId: "in_1",
  attempt: 2,
  isOfCatalog: false,
  amount: 2900,
  currency: "usd",
};

describe("decideEvent, about a subscription", () => {
  const decide = (event: Parameters<typeof buildSubscriptionEvent>[0], known: KnownFacts) =>
    decideEvent(buildSubscriptionEvent(event), known);

  it.each<[string, Parameters<typeof decide>[0], KnownFacts, object]>([
    [
      "of a known customer",
      {},
      facts(null),
      {
        action: "settle",
        state: "applied",
        reason: null,
        subscription: { customerId: "org_1", asOf: at(0) },
      },
    ],
    [
      "that is older",
      { occurredAt: at(4) },
      facts(stored),
      { state: "stale", reason: "a newer state is stored", subscription: null },
    ],
    [
      "after the end",
      { occurredAt: at(9) },
      facts(storedEnd),
      { state: "stale", reason: "it has ended, and what has ended stays ended" },
    ],
    [
      "within the same second",
      { occurredAt: at(5) },
      facts(stored),
      { action: "reread", subscriptionId: "sub_1" },
    ],
    [
      "of another product",
      { state: "foreign" },
      facts(null, null),
      { state: "ignored", reason: "belongs to another product of the account" },
    ],
    [
      "of an unknown customer",
      {},
      facts(null, null),
      { action: "wait", providerCustomerId: "cus_1", reason: "its customer is not known yet" },
    ],
    [
      "of a stored subscription, whose owner counts, whoever the event names",
      { occurredAt: at(9) },
      facts(buildSubscription({ customerId: "org_2", asOf: at(5) }), null),
      { state: "applied", subscription: { customerId: "org_2" } },
    ],
    [
      "of nobody",
      { providerCustomerId: null },
      facts(null, null),
      { state: "ignored", reason: "names no customer" },
    ],
    [
      "that names only its subscription",
      { providerCustomerId: null, state: "unreadable" },
      facts(null, null),
      { action: "reread", subscriptionId: "sub_1" },
    ],
    [
      "without a state, of an unknown customer: it may be another product's, and would wait for ever",
      { state: "unreadable" },
      facts(null, null),
      { action: "reread", subscriptionId: "sub_1" },
    ],
    [
      "that is older than one that was another product's: it may have left the catalog since",
      { occurredAt: at(3) },
      facts(null, "org_1", at(3)),
      { action: "reread", subscriptionId: "sub_1" },
    ],
    [
      "that is newer than one that was another product's: it became ours",
      { occurredAt: at(4) },
      facts(null, "org_1", at(3)),
      { action: "settle", state: "applied" },
    ],
  ])("%s", (_, event, known, decision) => {
    expect(decide(event, known)).toMatchObject(decision);
  });

  it("looks for a second one of the group when it comes to life, and only then", () => {
    expect(decide({}, facts(null))).toMatchObject({ jobs: [{ type: "settle_duplicate", group: "main" }] });
    expect(decide({ occurredAt: at(9) }, facts(stored))).toMatchObject({ jobs: [] });
  });

  it("tells the app of a trial's end even if its state is old, unless it was put off since", () => {
    const trial = buildSubscription({ status: "trialing", trialEndsAt: at(300), asOf: at(5) });
    const late = decide({ type: "trial.ending", occurredAt: at(4) }, facts(trial));
    expect(late).toMatchObject({ state: "stale", callbacks: [] });
    const state = buildProviderSubscription({ status: "trialing", trialEndsAt: at(300) });
    const same = decide({ type: "trial.ending", occurredAt: at(4), state }, facts(trial));
    const told = { id: `sub_1:trial.ending:${at(300)}`, data: { previous: trial } };
    expect(same).toMatchObject({ state: "stale", callbacks: [told] });
  });
});

describe("decideEventRead, about a subscription", () => {
  const decide = (
    value: ProviderSubscription | "foreign" | null,
    known: KnownFacts,
    event: Parameters<typeof buildSubscriptionEvent>[0] = {},
  ) => decideEventRead(buildSubscriptionEvent(event), { value, asOf: at(7) }, known);

  it("applies what the provider says", () => {
    const quantity = 3;
    expect(decide(buildProviderSubscription({ quantity }), facts(stored))).toMatchObject({
      state: "applied",
      subscription: { quantity, asOf: at(7) },
      callbacks: [{ id: `sub_1:subscription.changed:1:${at(7)}` }],
    });
  });

  it.each<[string, ProviderSubscription | "foreign" | null, KnownFacts, object]>([
    [
      "is not there",
      null,
      facts(stored),
      { state: "ignored", reason: "the provider has no such subscription" },
    ],
    ["was never ours", "foreign", facts(null), { state: "ignored" }],
    [
      "was ours and left the catalog",
      "foreign",
      facts(stored),
      { state: "applied", subscription: { planId: "(unknown)" } },
    ],
    ["had ended", buildProviderSubscription(), facts(storedEnd), { state: "stale" }],
  ])("which %s", (_, value, known, decision) => {
    expect(decide(value, known)).toMatchObject(decision);
  });

  it("waits for a customer whom only the provider named", () => {
    const read = buildProviderSubscription({ providerCustomerId: "cus_9" });
    const thin = { providerCustomerId: null, state: "unreadable" } as const;
    expect(decide(read, facts(null, null), thin)).toMatchObject({
      action: "wait",
      providerCustomerId: "cus_9",
    });
  });
});

describe("a payment", () => {
  const told = { callbacks: [{ id: "in_1:payment.failed:2", data: { customerId: "org_1", amount: 2900 } }] };

  it.each<[string, Partial<PaymentEvent>, KnownFacts, object]>([
    [
      "of a stored subscription is told",
      {},
      facts(stored),
      { state: "applied", subscription: null, ...told },
    ],
    [
      "of a subscription that is not stored: the provider knows whose it is",
      {},
      facts(null),
      { action: "reread" },
    ],
    ["of no subscription is told", { subscriptionId: null }, facts(null), { state: "applied", ...told }],
    [
      "of an unknown customer for what our catalog sells waits",
      { subscriptionId: null, isOfCatalog: true },
      facts(null, null),
      { action: "wait" },
    ],
    [
      "of an unknown customer for anything else is another product's",
      { subscriptionId: null },
      facts(null, null),
      { state: "ignored", reason: "belongs to another product of the account" },
    ],
    [
      "of nobody is ignored",
      { subscriptionId: null, providerCustomerId: null },
      facts(null, null),
      { state: "ignored", reason: "names no customer" },
    ],
  ])("%s", (_, fields, known, decision) => {
    expect(decideEvent({ ...payment, ...fields }, known)).toMatchObject(decision);
  });

  it.each<[string, ProviderSubscription | "foreign" | null, object]>([
    [
      "is told with its subscription, which is saved, when the provider says it is ours",
      buildProviderSubscription(),
      {
        state: "applied",
        subscription: { id: "sub_1", customerId: "org_1", asOf: at(7) },
        callbacks: [{ type: "subscription.activated" }, ...told.callbacks],
        jobs: [{ type: "settle_duplicate" }],
      },
    ],
    ["is ignored when it is another product's", "foreign", { state: "ignored", callbacks: [] }],
    ["is ignored when there is no such subscription", null, { state: "ignored", callbacks: [] }],
  ])("%s", (_, value, decision) => {
    expect(decideEventRead(payment, { value, asOf: at(7) }, facts(null))).toMatchObject(decision);
  });
});

describe("a payment that says more than what is stored", () => {
  const paid = { ...payment, type: "payment.succeeded", occurredAt: at(9) } as const;
  const pastDue = buildSubscription({ status: "past_due", pastDueSince: at(5), asOf: at(5) });
  const told = [{ type: "payment.succeeded" }];

  it("is settled by what the provider says", () => {
    expect(decideEvent(paid, facts(pastDue))).toEqual({ action: "reread", subscriptionId: "sub_1" });
    const read = { value: buildProviderSubscription(), asOf: at(9) };
    expect(decideEventRead(paid, read, facts(pastDue))).toMatchObject({
      subscription: { status: "active", asOf: at(9) },
      callbacks: [{ type: "subscription.recovered" }, ...told],
    });
  });

  it("is told all the same when the provider no longer has the subscription", () => {
    const read = { value: null, asOf: at(0) };
    const decision = decideEventRead(paid, read, facts(pastDue));
    expect(decision).toMatchObject({ state: "applied", subscription: null, callbacks: told });
  });

  it("takes the plan of one that has left the catalog", () => {
    const read = { value: "foreign", asOf: at(9) } as const;
    expect(decideEventRead(paid, read, facts(pastDue))).toMatchObject({
      subscription: { planId: "(unknown)" },
      callbacks: [{ type: "subscription.changed" }, ...told],
    });
  });
});

describe("the id of a payment's callback", () => {
  const idOf = (fields: Partial<PaymentEvent>) => {
    const decision = decideEvent({ ...payment, ...fields }, facts(stored));
    return decision.action === "settle" ? decision.callbacks.map(({ id }) => id) : [];
  };

  it.each<[string, Partial<PaymentEvent>, string]>([
    ["success is the invoice's", { type: "payment.succeeded" }, "in_1:payment.succeeded"],
    ["failure is the attempt's", {}, "in_1:payment.failed:2"],
    ["action is the attempt's", { type: "payment.action_required" }, "in_1:payment.action_required:2"],
    ["uncounted failure is the event's", { attempt: null }, "in_1:payment.failed:evt_1"],
    ["payment without an invoice is the event's", { invoiceId: null }, "evt_1:payment.failed"],
  ])("of a %s", (_, fields, id) => {
    expect(idOf(fields)).toEqual([id]);
  });

  it("is the same for another event of the same fact, and different for another attempt", () => {
    expect(idOf({ id: "evt_2" })).toEqual(idOf({}));
    expect(idOf({ attempt: 3 })).not.toEqual(idOf({}));
  });
});

describe("a checkout", () => {
  const completed: CheckoutEvent = {
    id: "evt_1",
    provider: "stripe",
    type: "checkout.completed",
    occurredAt: at(1),
    providerCustomerId: "cus_1",
    checkoutId: "cs_1",
    productId: "credits",
    quantity: 2,
    subscriptionId: null,
    amountTotal: 2000,
    currency: "usd",
  };
  const data = { customerId: "org_1", productId: "credits", quantity: 2, checkoutId: "cs_1", amount: 2000 };

  it.each<[string, Partial<CheckoutEvent>, Parameters<typeof decideCheckoutEvent>[1], object]>([
    [
      "of a product is told under its own id, so that two events of it are told once",
      {},
      { customerId: "org_1", known: false },
      { state: "applied", callbacks: [{ id: "cs_1:product.purchased", data }] },
    ],
    [
      "of a plan is closed",
      { productId: null },
      { customerId: "org_1", known: true },
      { state: "applied", callbacks: [] },
    ],
    [
      "that expired is closed",
      { type: "checkout.expired" },
      { customerId: "org_1", known: true },
      { callbacks: [] },
    ],
    [
      "whose money did not arrive is told under its own id",
      { type: "checkout.failed" },
      { customerId: "org_1", known: true },
      {
        state: "applied",
        callbacks: [{ id: "cs_1:checkout.failed", data: { ...data, subscriptionId: null } }],
      },
    ],
    [
      "that only saved something has it looked at",
      { productId: null, amountTotal: null },
      { customerId: "org_1", known: true, saves: true },
      { state: "applied", callbacks: [], jobs: [{ type: "settle_checkout", customerId: "org_1" }] },
    ],
    [
      "that only was to save something, and ran out of time, leaves nothing to do",
      { type: "checkout.expired", productId: null, amountTotal: null },
      { customerId: "org_1", known: true, saves: true },
      { state: "applied", callbacks: [], jobs: [] },
    ],
    [
      "of a plan lets what it was paid with take the default's place, at a provider that leaves that to us",
      { productId: null, subscriptionId: "sub_1" },
      { customerId: "org_1", known: true, replaces: true },
      { state: "applied", jobs: [{ type: "replace_default", subscriptionId: "sub_1" }] },
    ],
    [
      "of something that is bought once leaves the default alone",
      {},
      { customerId: "org_1", known: true, replaces: true },
      { state: "applied", jobs: [] },
    ],
    [
      "that we did not open is ignored",
      { productId: null },
      { customerId: "org_1", known: false },
      { state: "ignored", reason: "the checkout is not one of ours" },
    ],
    ["of an unknown customer waits", {}, { customerId: null, known: false }, { action: "wait" }],
    [
      "of nobody is ignored",
      { providerCustomerId: null },
      { customerId: null, known: false },
      { state: "ignored" },
    ],
  ])("%s", (_, fields, known, decision) => {
    expect(decideCheckoutEvent({ ...completed, ...fields }, known)).toMatchObject(decision);
  });
});
