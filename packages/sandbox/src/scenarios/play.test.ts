import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { inProcess, sharedInProcess } from "../../test/in-process.js";
import type { Sandbox, ScenarioName } from "../index.js";
import { scenarioNames } from "./scenarios.js";

let sandbox: Sandbox;
let stripe: Stripe;

beforeEach(() => {
  ({ sandbox, stripe } = inProcess({ clock: () => new Date("2027-01-31T12:00:00Z") }));
});

const price = async (amount: number, name = "Pro") =>
  stripe.prices.create({
    currency: "usd",
    unit_amount: amount,
    product_data: { name },
    recurring: { interval: "month" },
  });

/** A customer of the app's own, who pays $29 a month. */
const subscriber = async (given: Partial<Stripe.SubscriptionCreateParams> = {}, clock?: string) => {
  const { id: customer } = await stripe.customers.create(clock ? { test_clock: clock } : {});
  const { id: card } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
  const { id } = await price(2900);
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: id }], ...given });
  return { customer, subscription: subscription.id, price: id, card };
};

const play = async (name: ScenarioName, options: Parameters<Sandbox["play"]>[1] = {}) => {
  const played = await sandbox.play(name, options);
  return { ...played, types: played.events.map(({ type }) => type) };
};

/** The given types in this order, others in between. */
const inOrder = (types: readonly string[], wanted: readonly string[]) => {
  let from = 0;
  return wanted.filter((type) => {
    const at = types.indexOf(type, from);
    if (at >= 0) from = at + 1;
    return at >= 0;
  });
};

const told: Record<ScenarioName, { status: string; types: string[] }> = {
  renewal: {
    status: "active",
    types: [
      "invoice.upcoming",
      "invoice.created",
      "customer.subscription.updated",
      "invoice.finalized",
      "charge.succeeded",
      "invoice.paid",
    ],
  },
  renewal_fails_then_recovers: {
    status: "active",
    types: [
      "invoice.created",
      "charge.failed",
      "payment_intent.payment_failed",
      "invoice.payment_failed",
      "customer.subscription.updated",
      "payment_method.attached",
      "charge.succeeded",
      "invoice.paid",
      "customer.subscription.updated",
    ],
  },
  dunning_to_the_end: {
    status: "canceled",
    types: [
      "invoice.payment_failed",
      "invoice.payment_failed",
      "invoice.payment_failed",
      "invoice.payment_failed",
      "customer.subscription.deleted",
    ],
  },
  renewal_needs_authentication: {
    status: "active",
    types: [
      "invoice.created",
      "invoice.payment_action_required",
      "customer.subscription.updated",
      "charge.succeeded",
      "invoice.paid",
      "customer.subscription.updated",
    ],
  },
  card_expires: {
    status: "past_due",
    types: ["payment_method.updated", "invoice.created", "charge.failed", "invoice.payment_failed"],
  },
  trial_ends: {
    status: "active",
    types: [
      "customer.subscription.created",
      "customer.subscription.trial_will_end",
      "invoice.created",
      "customer.subscription.updated",
      "charge.succeeded",
      "invoice.paid",
    ],
  },
  plan_switch: {
    status: "active",
    types: [
      "customer.subscription.created",
      "charge.succeeded",
      "invoice.paid",
      "customer.subscription.updated",
    ],
  },
  refund: { status: "active", types: ["charge.succeeded", "refund.created", "charge.refunded"] },
  dispute: {
    status: "active",
    types: ["charge.succeeded", "charge.dispute.created", "charge.dispute.funds_withdrawn"],
  },
  dispute_won: {
    status: "active",
    types: ["charge.dispute.created", "charge.dispute.funds_reinstated", "charge.dispute.closed"],
  },
  dispute_lost: { status: "active", types: ["charge.dispute.created", "charge.dispute.closed"] },
};

describe("without anything given", () => {
  it.each(scenarioNames)("%s makes what it needs and says what happened, in order", async (name) => {
    const { types, ...played } = await play(name);
    const { status, types: wanted } = told[name];
    expect(inOrder(types, wanted)).toEqual(wanted);
    expect(types[0]).toBe("customer.created");
    expect(played).toMatchObject({ scenario: name, status });
    expect(played.steps.length).toBeGreaterThan(0);
    const subscription = await stripe.subscriptions.retrieve(played.subscription ?? "");
    expect(subscription).toMatchObject({ status, customer: played.customer });
    expect(played.now).toEqual(sandbox.now());
  });
});

describe("with a customer", () => {
  it.each(scenarioNames.filter((name) => name !== "trial_ends"))(
    "%s plays with its own subscription, and with nobody else's",
    async (name) => {
      const [ada, bob] = [await subscriber(), await subscriber()];
      const { types, ...played } = await play(name, { customer: ada.customer });
      expect(played).toMatchObject({ customer: ada.customer, subscription: ada.subscription });
      expect(types).not.toContain("customer.created");
      expect(JSON.stringify(played.events)).not.toContain(bob.customer);
      const { data } = await stripe.subscriptions.list({ customer: ada.customer, status: "all" });
      expect(data).toHaveLength(1);
    },
  );

  it("is taken from the subscription that is named, of several", async () => {
    const { customer, subscription, price: id } = await subscriber();
    const other = await stripe.subscriptions.create({ customer, items: [{ price: id }] });
    await expect(sandbox.play("renewal", { customer })).rejects.toThrow(
      `Customer ${customer} has several subscriptions that this could be about: name one with \`subscription\` (${subscription}, ${other.id}).`,
    );
    expect(await play("renewal", { subscription: other.id })).toMatchObject({
      customer,
      subscription: other.id,
    });
  });

  it("plays a trial's end, and tells three days before", async () => {
    const { customer, subscription } = await subscriber({ trial_period_days: 14 });
    const { events, status } = await play("trial_ends", { customer });
    const [notice] = events.filter(({ type }) => type === "customer.subscription.trial_will_end");
    const { trial_end } = await stripe.subscriptions.retrieve(subscription);
    expect([status, (trial_end ?? 0) - (notice?.created ?? 0)]).toEqual(["active", 3 * 86_400]);
  });

  it("moves its test clock, and the sandbox's stands still", async () => {
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
    const before = sandbox.now();
    const { customer } = await subscriber({}, clock.id);
    const { now, status } = await play("dunning_to_the_end", { customer });
    expect([sandbox.now(), status]).toEqual([before, "canceled"]);
    const { frozen_time } = await stripe.testHelpers.testClocks.retrieve(clock.id);
    expect(now).toEqual(new Date(frozen_time * 1000));
  });

  it("replaces the card where the subscription's payer is, so that the new one pays", async () => {
    const { customer, subscription, card } = await subscriber();
    await stripe.subscriptions.update(subscription, { default_payment_method: card });
    const { paymentMethod } = await play("renewal_fails_then_recovers", { customer });
    const after = await stripe.subscriptions.retrieve(subscription);
    expect([card, paymentMethod]).not.toContain(after.default_payment_method);
    expect((await play("renewal", { customer })).status).toBe("active");
  });

  it("switches to the price that is given, else to the catalog's next dearer one", async () => {
    const { customer, price: now } = await subscriber();
    const [team, scale] = [await price(4900, "Team"), await price(9900, "Scale")];
    expect(await play("plan_switch", { customer })).toMatchObject({ price: team.id });
    expect(await play("plan_switch", { customer, price: scale.id })).toMatchObject({ price: scale.id });
    await expect(sandbox.play("plan_switch", { customer, price: scale.id })).rejects.toThrow("has the price");
    expect(now).not.toBe(team.id);
  });

  it("ends dunning as the settings say", async () => {
    const own = inProcess({ settings: { dunning: { retryAfterDays: [1], finally: "unpaid" } } });
    expect(await own.sandbox.play("dunning_to_the_end")).toMatchObject({ status: "unpaid" });
    const none = inProcess({ settings: { dunning: { retryAfterDays: [], finally: "past_due" } } });
    await expect(none.sandbox.play("renewal_fails_then_recovers")).rejects.toThrow(
      "give `settings.dunning.retryAfterDays` a day",
    );
  });
});

describe("what does not fit is refused with what to do", () => {
  it("for what is unknown", async () => {
    await expect(sandbox.play("renewal", { customer: "cus_none" })).rejects.toThrow(
      "No such customer: 'cus_none'",
    );
    await expect(sandbox.play("renewal", { subscription: "sub_none" })).rejects.toThrow(
      "No such subscription: 'sub_none'",
    );
    await expect(sandbox.play("refund", { account: "acct_none" })).rejects.toThrow(
      "has no account acct_none",
    );
    // @ts-expect-error names are typed
    await expect(sandbox.play("bankruptcy")).rejects.toThrow(
      "There is no scenario bankruptcy: play one of renewal, renewal_fails_then_recovers",
    );
  });

  const states: Array<[string, (id: string) => Promise<unknown>, string]> = [
    [
      "one that ends",
      (id) => stripe.subscriptions.update(id, { cancel_at_period_end: true }),
      "undo its cancellation first",
    ],
    [
      "one that does not collect",
      (id) => stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } }),
      "clear `pause_collection` first",
    ],
    [
      "one that sends its invoices",
      (id) => stripe.subscriptions.update(id, { collection_method: "send_invoice", days_until_due: 7 }),
      "change `collection_method`",
    ],
    ["one that is over", (id) => stripe.subscriptions.cancel(id), "is canceled: give another one"],
  ];
  it.each(states)("for %s", async (_, change, message) => {
    const { subscription } = await subscriber();
    await change(subscription);
    await expect(sandbox.play("renewal", { subscription })).rejects.toThrow(message);
  });

  it("for a trial where none should be, and none where one should be", async () => {
    const [trial, running] = [await subscriber({ trial_period_days: 7 }), await subscriber()];
    await expect(sandbox.play("renewal", { customer: trial.customer })).rejects.toThrow(
      "play `trial_ends` first",
    );
    await expect(sandbox.play("trial_ends", { customer: running.customer })).rejects.toThrow(
      "not in a trial",
    );
  });

  it("for a customer that was deleted, and a subscription of somebody else", async () => {
    const [ada, bob] = [await subscriber(), await subscriber()];
    await expect(sandbox.play("renewal", { ...ada, subscription: bob.subscription })).rejects.toThrow(
      `belongs to ${bob.customer}, not to ${ada.customer}`,
    );
    await stripe.customers.del(ada.customer);
    await expect(sandbox.play("refund", { customer: ada.customer })).rejects.toThrow("was deleted");
  });

  it("for a renewal that costs nothing, before anything has happened", async () => {
    const { customer, subscription } = await subscriber();
    const { id: coupon } = await stripe.coupons.create({ percent_off: 100, duration: "forever" });
    await stripe.subscriptions.update(subscription, { discounts: [{ coupon }] });
    const before = sandbox.now();
    await expect(sandbox.play("dunning_to_the_end", { customer })).rejects.toThrow("asks for nothing");
    expect(sandbox.now()).toEqual(before);
  });

  it("for a payment that was given back already", async () => {
    const { customer } = await subscriber();
    await sandbox.play("refund", { customer });
    await expect(sandbox.play("dispute", { customer })).rejects.toThrow("play `renewal` first");
    await sandbox.play("renewal", { customer });
    expect(await play("dispute", { customer })).toMatchObject({ customer });
  });
});

it("plays in a connected account", async () => {
  const own = inProcess({ accounts: ["acct_shop"] });
  const { customer } = await own.sandbox.play("renewal", { account: "acct_shop" });
  expect((await own.stripe.customers.retrieve(customer, {}, { stripeAccount: "acct_shop" })).id).toBe(
    customer,
  );
});

it("gives events as the account's version shows them, and asks in the present one", async () => {
  const own = sharedInProcess({ apiVersion: "2024-06-20" });
  const { events, status } = await own.sandbox.play("renewal");
  const renewed = events.find(({ type }) => type === "customer.subscription.updated");
  expect([status, typeof renewed?.data.object.current_period_end]).toEqual(["active", "number"]);
});

it("plays one after another, and is not slowed down by a rate limit", async () => {
  const own = inProcess({ rateLimit: { perSecond: 1 } });
  const played = await Promise.all([own.sandbox.play("renewal"), own.sandbox.play("plan_switch")]);
  expect(played.map(({ status }) => status)).toEqual(["active", "active"]);
});

it("delivers webhooks as usual", async () => {
  const bodies: string[] = [];
  const own = inProcess({
    webhooks: [{ url: "http://app.test/hook" }],
    fetch: async (_url, init) => {
      bodies.push(String(init?.body));
      return new Response("ok");
    },
  });
  const { events } = await own.sandbox.play("renewal_fails_then_recovers");
  await own.sandbox.settled();
  const ids = bodies.map((body) => (JSON.parse(body) as { id: string }).id);
  expect(events.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([]);
});
