import type Stripe from "stripe";
import { expect } from "vitest";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, unknown, walk } from "./walk.js";

// As recorded on an account of 2026-08-26.dahlia.
const { stripe } = sharedInProcess();
const { as, id, of } = createKept();

type Fields = Partial<Stripe.SubscriptionCreateParams>;

const create = (fields: Fields = {}) =>
  stripe.subscriptions.create({ customer: of("customer"), items: [{ price: of("price") }], ...fields });
const raw = (method: "GET" | "POST", path: string, params: Record<string, unknown> = {}) =>
  stripe.rawRequest(method, path, params);
const noSubscription = unknown("No such subscription: 'sub_nope'", "id");
const dead = unknown("No such subscription: 'sub_x'", "id");
const month = { interval: "month" } as const;
const nobodysCard =
  "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.";
const ahead = Date.parse("2027-06-01T00:00:00Z") / 1000;

walk("a shop", [
  [
    "has a payer",
    async () => {
      const { id: customer } = await as("customer", stripe.customers.create({ email: "s12@example.com" }));
      const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
      return stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    },
    { delinquent: false },
  ],
  [
    "has a price",
    () =>
      as(
        "price",
        stripe.prices.create({
          currency: "cad",
          unit_amount: 2000,
          recurring: month,
          product_data: { name: "Pro" },
        }),
      ),
    { unit_amount: 2000 },
  ],
  [
    "has another price",
    () =>
      as(
        "dearer",
        stripe.prices.create({
          currency: "cad",
          unit_amount: 5000,
          recurring: month,
          product_data: { name: "Team" },
        }),
      ),
    { unit_amount: 5000 },
  ],
]);

walk("a subscription", [
  [
    "begins",
    async () => {
      const subscription = await as("subscription", create());
      id("item", subscription.items.data[0]?.id);
      const { billing_mode, created } = subscription;
      return { ...subscription, since: (billing_mode.updated_at ?? 0) - created };
    },
    {
      status: "active",
      since: 0,
      automatic_tax: { disabled_reason: null, enabled: false, liability: null },
      billing_cycle_anchor_config: null,
      billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
      billing_thresholds: null,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: { comment: null, feedback: null, reason: null },
      collection_method: "charge_automatically",
      days_until_due: null,
      default_payment_method: null,
      default_tax_rates: [],
      discounts: [],
      ended_at: null,
      invoice_settings: { account_tax_ids: null, issuer: { type: "self" } },
      items: { has_more: false, total_count: 1, data: [{ quantity: 1, current_trial: null, discounts: [] }] },
      next_pending_invoice_item_invoice: null,
      pause_collection: null,
      payment_settings: {
        payment_method_options: null,
        payment_method_types: null,
        save_default_payment_method: "off",
      },
      pending_setup_intent: null,
      pending_update: null,
      schedule: null,
      trial_end: null,
      trial_settings: {
        end_behavior: { billing_cycle_anchor: "now", missing_payment_method: "create_invoice" },
      },
      trial_start: null,
    },
  ],
  ["is read", () => stripe.subscriptions.retrieve(of("subscription")), { status: "active" }],
  [
    "is listed with its customer's",
    async () => {
      const { data } = await stripe.subscriptions.list({ customer: of("customer"), status: "all" });
      return { statuses: data.map(({ status }) => status) };
    },
    { statuses: ["active"] },
  ],
  [
    "is listed by its price",
    async () => ({ found: (await stripe.subscriptions.list({ price: of("price") })).data.length }),
    { found: 1 },
  ],
  [
    "ends with its period, which flexible billing says by the time alone",
    async () => {
      const ending = await stripe.subscriptions.update(of("subscription"), { cancel_at_period_end: true });
      return { ...ending, same: ending.cancel_at === ending.items.data[0]?.current_period_end };
    },
    { same: true, status: "active", cancellation_details: { reason: "cancellation_requested" } },
  ],
  [
    "goes on",
    () => stripe.subscriptions.update(of("subscription"), { cancel_at_period_end: false }),
    { cancel_at: null, canceled_at: null, cancellation_details: { reason: null } },
  ],
  [
    "gets another item",
    () =>
      as(
        "second item",
        stripe.subscriptionItems.create({ subscription: of("subscription"), price: of("dearer") }),
      ),
    { object: "subscription_item", quantity: 1, price: { unit_amount: 5000 }, tax_rates: [] },
  ],
  [
    "has two, oldest first",
    async () => {
      const list = await stripe.subscriptionItems.list({ subscription: of("subscription") });
      return {
        counted: "total_count" in list,
        places: [of("item"), of("second item")].map((one) => list.data.findIndex((row) => row.id === one)),
      };
    },
    { counted: false, places: [0, 1] },
  ],
  ["counts them", () => stripe.subscriptions.retrieve(of("subscription")), { items: { total_count: 2 } }],
  [
    "gets more of one",
    () => stripe.subscriptionItems.update(of("second item"), { quantity: 3 }),
    { quantity: 3 },
  ],
  [
    "loses one",
    () => stripe.subscriptionItems.del(of("second item"), { proration_behavior: "none" }),
    { object: "subscription_item", deleted: true },
  ],
  [
    "counts one again",
    () => stripe.subscriptions.retrieve(of("subscription")),
    { items: { total_count: 1 } },
  ],
  [
    "has no item of another's",
    () => stripe.subscriptionItems.retrieve("si_nope"),
    refusal("Invalid subscription_item id: si_nope", { status: 404 }),
  ],
  [
    "has items of one subscription at a time",
    () => raw("GET", "/v1/subscription_items"),
    refusal("Missing required param: subscription.", { code: "parameter_missing", param: "subscription" }),
  ],
  [
    "gets five",
    () => stripe.subscriptions.update(of("subscription"), { items: [{ id: of("item"), quantity: 5 }] }),
    { items: { data: [{ quantity: 5 }] } },
  ],
  [
    "is not changed by an item that it doesn't have",
    () => stripe.subscriptions.update(of("subscription"), { items: [{ id: "si_nope", quantity: 2 }] }),
    refusal("Invalid subscription_item id: si_nope"),
  ],
  [
    "is cancelled",
    () => stripe.subscriptions.cancel(of("subscription")),
    {
      status: "canceled",
      canceled_at: expect.any(Number),
      ended_at: expect.any(Number),
      cancel_at_period_end: false,
      cancellation_details: { reason: "cancellation_requested" },
      items: { data: [{ quantity: 5 }] },
    },
  ],
  ["is cancelled once", () => stripe.subscriptions.cancel(of("subscription")), dead],
  [
    "takes metadata still",
    () => stripe.subscriptions.update(of("subscription"), { metadata: { k: "v" } }),
    { metadata: { k: "v" }, status: "canceled" },
  ],
  [
    "takes nothing else",
    () => stripe.subscriptions.update(of("subscription"), { description: "after death" }),
    refusal("A canceled subscription can only update its cancellation_details and metadata.", {
      code: "invalid_canceled_subscription_fields",
    }),
  ],
  ["is not resumed", () => stripe.subscriptions.resume(of("subscription")), dead],
]);

walk("a subscription that nothing is", [
  ["to read", () => stripe.subscriptions.retrieve("sub_nope"), noSubscription],
  ["to change", () => stripe.subscriptions.update("sub_nope", { metadata: { k: "v" } }), noSubscription],
  ["to cancel", () => stripe.subscriptions.cancel("sub_nope"), noSubscription],
]);

walk("a trial", [
  [
    "begins",
    async () => {
      const trial = await as("trial", create({ trial_end: ahead }));
      const [item] = trial.items.data;
      return { ...trial, ends: [trial.billing_cycle_anchor, item?.current_period_end] };
    },
    { status: "trialing", trial_end: ahead, ends: [ahead, ahead] },
  ],
  [
    "costs nothing, and says what it is",
    async () => {
      const invoices = await stripe.invoices.list({ subscription: of("trial") });
      const [invoice] = invoices.data;
      return { ...invoice, texts: invoice?.lines.data.map(({ description }) => description) };
    },
    { status: "paid", total: 0, billing_reason: "subscription_create", texts: ["Free trial for 1 × Pro"] },
  ],
  [
    "ends now",
    async () => {
      const subscription = await stripe.subscriptions.update(of("trial"), { trial_end: "now" });
      id("first bill", subscription.latest_invoice as string);
      return subscription;
    },
    { status: "active" },
  ],
  [
    "is billed at once, as an update",
    () => stripe.invoices.retrieve(of("first bill")),
    { status: "paid", total: 2000, billing_reason: "subscription_update" },
  ],
]);

const frozen = [
  ["items", () => ({ items: [{ price: of("dearer") }] })],
  ["cancel_at_period_end", () => ({ cancel_at_period_end: true })],
  ["collection_method", () => ({ collection_method: "charge_automatically" })],
  ["trial_end", () => ({ trial_end: ahead })],
  ["payment_settings", () => ({ payment_settings: { payment_method_types: ["card"] } })],
].map(([key, change]) => {
  const act = () =>
    raw("POST", `/v1/subscriptions/${of("waiting")}`, (change as () => object)() as Record<string, unknown>);
  return [`that waits lets nobody change its ${key}`, act, { status: 400, param: key }] as const;
});

walk("a first payment", [
  [
    "that wants authentication waits",
    async () => {
      const method = await stripe.paymentMethods.create({
        type: "card",
        card: { token: "tok_threeDSecure2Required" },
      });
      await as("authenticated", stripe.paymentMethods.attach(method.id, { customer: of("customer") }));
      return as("waiting", create({ default_payment_method: of("authenticated") }));
    },
    { status: "incomplete", default_payment_method: expect.stringMatching(/^pm_/) },
  ],
  ...frozen,
  [
    "that waits takes metadata and a description",
    () => stripe.subscriptions.update(of("waiting"), { metadata: { a: "1" }, description: "soon" }),
    { metadata: { a: "1" }, description: "soon", status: "incomplete" },
  ],
  [
    "that must not wait is refused",
    () => create({ default_payment_method: of("authenticated"), payment_behavior: "error_if_incomplete" }),
    {
      status: 402,
      type: "card_error",
      code: "subscription_payment_intent_requires_action",
      message: expect.stringContaining("requires additional user action"),
    },
  ],
  [
    "without a card is refused",
    async () => create({ customer: (await as("bare", stripe.customers.create({}))).id }),
    refusal(nobodysCard, { code: "resource_missing" }),
  ],
]);

walk("a sent invoice", [
  [
    "makes a subscription active at once",
    () => create({ collection_method: "send_invoice", days_until_due: 30 }),
    { status: "active", days_until_due: 30, collection_method: "send_invoice" },
  ],
  [
    "has days, a card has none",
    () => create({ days_until_due: 5 }),
    refusal("You can only specify 'days_until_due' if invoice collection method is 'send_invoice'."),
  ],
]);

walk("a trial without a card", [
  [
    "asks for one",
    () =>
      as(
        "paused",
        create({
          customer: of("bare"),
          trial_end: ahead,
          trial_settings: { end_behavior: { missing_payment_method: "pause" } },
        }),
      ),
    { status: "trialing", pending_setup_intent: expect.stringMatching(/^seti_/) },
  ],
  [
    "pauses when it ends",
    () => stripe.subscriptions.update(of("paused"), { trial_end: "now" }),
    { status: "paused", pending_setup_intent: expect.stringMatching(/^seti_/) },
  ],
  [
    "waits for its invoice once it is resumed",
    () => stripe.subscriptions.resume(of("paused")),
    {
      status: "paused",
      latest_invoice: expect.stringMatching(/^in_/),
      pending_update: {
        billing_cycle_anchor: null,
        cancel_at_period_end: null,
        discount: null,
        discounts: null,
        expires_at: 1_798_761_600 + 23 * 3600,
        metadata: null,
        subscription_items: null,
        trial_end: null,
        trial_from_plan: null,
      },
    },
  ],
]);

walk("a subscription that is asked for wrongly", [
  [
    "as a pending one",
    () => create({ payment_behavior: "pending_if_incomplete" }),
    refusal(
      "Setting `payment_behavior` to `pending_if_incomplete` has no effect when creating a subscription.",
      {
        param: "payment_behavior",
      },
    ),
  ],
  [
    "with a behaviour that is none",
    () => raw("POST", "/v1/subscriptions", { customer: of("customer"), payment_behavior: "bogus" }),
    refusal(
      "Invalid payment_behavior: must be one of allow_incomplete, error_if_incomplete, pending_if_incomplete, or default_incomplete",
      { param: "payment_behavior" },
    ),
  ],
  [
    "with one price twice",
    () => create({ items: [{ price: of("price") }, { price: of("price") }] }),
    refusal("Cannot create a Subscription with multiple Subscription Items with the same Price: price_x", {
      param: "plan",
    }),
  ],
  [
    "of nothing",
    () => raw("POST", "/v1/subscriptions", { customer: of("customer") }),
    refusal("Missing required param: items.", { code: "parameter_missing", param: "items" }),
  ],
  [
    "of a price that nothing has",
    () => create({ items: [{ price: "price_nope" }] }),
    unknown("No such price: 'price_nope'", "items[0][price]", 400),
  ],
  ["for nobody", () => create({ customer: "cus_nope" }), unknown("No such customer: 'cus_nope'", "customer")],
  [
    "with two trials",
    () => create({ trial_end: ahead, trial_from_plan: true }),
    refusal("You cannot set `trial_end` or `trial_period_days` when `trial_from_plan=true`."),
  ],
  [
    "with a trial that is over",
    () => create({ trial_end: 1000 }),
    refusal(
      "The parameter `trial_end` expects a unix timestamp representing a date and time in the future. You specified the value `1000` which is in the past.",
      { param: "trial_end" },
    ),
  ],
]);
