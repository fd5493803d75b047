import type Stripe from "stripe";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, walk } from "./walk.js";

// https://docs.stripe.com/api/subscription_schedules and https://docs.stripe.com/billing/subscriptions/subscription-schedules,
// a recorded 400 of September 2026 (`from_subscription` with more), and refusals as other people's code quotes them.
const { sandbox, stripe } = sharedInProcess();
const { as, id, of } = createKept();

type Fields = Partial<Stripe.SubscriptionScheduleCreateParams>;

const start = Date.parse("2027-01-01T00:00:00Z") / 1000;
const at = (time: string) => Date.parse(`${time}T00:00:00Z`) / 1000;
const month = { interval: "month", interval_count: 1 } as const;
const phase = (price: string, fields: object = {}) => ({
  items: [{ price: of(price), quantity: 1 }],
  ...fields,
});
const plan = (fields: Fields = {}) =>
  stripe.subscriptionSchedules.create({
    customer: of("customer"),
    start_date: "now",
    phases: [phase("basic", { duration: month }), phase("pro", { duration: month })],
    ...fields,
  });
const take = (fields: Fields = {}) =>
  stripe.subscriptionSchedules.create({ from_subscription: of("subscription"), ...fields });
const update = (name: string, fields: Stripe.SubscriptionScheduleUpdateParams) =>
  stripe.subscriptionSchedules.update(of(name), fields);
const to = (time: string) => sandbox.advance(new Date(at(time) * 1000));

let seen = 0;
const told = () => {
  const types = sandbox.events().map(({ type }) => type);
  const fresh = types
    .slice(seen)
    .filter((type) => /^(subscription_schedule|customer\.subscription)\./.test(type));
  seen = types.length;
  return { told: fresh };
};

walk("a shop", [
  [
    "has a customer with a card",
    async () => {
      const { id: customer } = await as("customer", stripe.customers.create({}));
      const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
      return stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    },
    {},
  ],
  ...(
    [
      ["basic", 1000],
      ["pro", 2000],
    ] as const
  ).map(
    ([name, unit_amount]) =>
      [
        `has the plan ${name}`,
        () =>
          as(
            name,
            stripe.prices.create({
              currency: "usd",
              unit_amount,
              recurring: { interval: "month" },
              product_data: { name },
            }),
          ),
        { unit_amount },
      ] as const,
  ),
]);

walk("a schedule", [
  [
    "begins with its first phase",
    async () => {
      const schedule = await as("schedule", plan());
      id("scheduled", schedule.subscription as string);
      return schedule;
    },
    {
      application: null,
      billing_mode: { type: "flexible" },
      canceled_at: null,
      completed_at: null,
      current_phase: { start_date: start, end_date: at("2027-02-01") },
      customer_account: null,
      default_settings: {
        application_fee_percent: null,
        billing_cycle_anchor: "automatic",
        collection_method: "charge_automatically",
        default_payment_method: null,
        invoice_settings: { account_tax_ids: null, days_until_due: null, issuer: { type: "self" } },
      },
      end_behavior: "release",
      livemode: false,
      metadata: {},
      phases: [
        {
          add_invoice_items: [],
          currency: "usd",
          discounts: [],
          end_date: at("2027-02-01"),
          items: [{ quantity: 1 }],
          proration_behavior: "create_prorations",
          start_date: start,
          trial_end: null,
        },
        { end_date: at("2027-03-01"), start_date: at("2027-02-01") },
      ],
      released_at: null,
      released_subscription: null,
      status: "active",
      test_clock: null,
    },
  ],
  [
    "has made a subscription",
    () => stripe.subscriptions.retrieve(of("scheduled")),
    { status: "active", items: { data: [{ price: { unit_amount: 1000 } }] } },
  ],
  [
    "whose first invoice is a draft for an hour",
    async () => (await stripe.invoices.list({ subscription: of("scheduled") })).data[0],
    { auto_advance: true, billing_reason: "subscription_create", status: "draft", total: 1000 },
  ],
  [
    "is told of, and so is its subscription",
    async () => ({ told: told().told.toSorted() }),
    { told: ["customer.subscription.created", "subscription_schedule.created"] },
  ],
  [
    "leaves no cancellation to its subscription",
    () => stripe.subscriptions.update(of("scheduled"), { cancel_at_period_end: true }),
    {
      status: 400,
      message:
        "The subscription is managed by the subscription schedule `sub_sched_x`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.",
    },
  ],
  [
    "moves on at the end of a phase",
    async () => {
      to("2027-02-02");
      return stripe.subscriptionSchedules.retrieve(of("schedule"));
    },
    { current_phase: { start_date: at("2027-02-01"), end_date: at("2027-03-01") }, status: "active" },
  ],
  [
    "changes the plan with it",
    () => stripe.subscriptions.retrieve(of("scheduled")),
    { items: { data: [{ price: { unit_amount: 2000 } }] } },
  ],
  [
    "without a proration, for the period ends with the phase",
    async () => {
      const { data } = await stripe.invoices.list({ subscription: of("scheduled") });
      return { totals: data.map(({ total }) => total) };
    },
    { totals: [2000, 1000] },
  ],
  [
    "refuses a phase that is over",
    () =>
      update("schedule", {
        phases: [
          phase("basic", { start_date: start, end_date: at("2027-02-01") }),
          phase("pro", { start_date: at("2027-02-01"), end_date: at("2027-03-01") }),
        ],
      }),
    refusal("You can not update a phase that has already ended. Trying to update phase 0."),
  ],
  [
    "lets go of its subscription after the last phase",
    async () => {
      to("2027-03-02");
      return stripe.subscriptionSchedules.retrieve(of("schedule"));
    },
    { current_phase: null, status: "completed", subscription: null },
  ],
  [
    "which goes on with the last plan",
    () => stripe.subscriptions.retrieve(of("scheduled")),
    { status: "active", schedule: null, items: { data: [{ price: { unit_amount: 2000 } }] } },
  ],
  [
    "can't be cancelled then",
    () => stripe.subscriptionSchedules.cancel(of("schedule")),
    refusal(
      "You cannot cancel a subscription schedule that is currently in the `completed` status. It must be in `not_started, active` status to be canceled.",
    ),
  ],
  [
    "nor let go again",
    () => stripe.subscriptionSchedules.release(of("schedule")),
    { status: 400, type: "invalid_request_error" },
  ],
]);

walk("a schedule for later", [
  [
    "has not begun",
    () => as("later", plan({ start_date: at("2027-05-01") })),
    { current_phase: null, status: "not_started", subscription: null },
  ],
  [
    "takes another beginning",
    () =>
      update("later", {
        phases: [phase("pro", { start_date: at("2027-06-01"), duration: month })],
        metadata: { plan: "pro" },
      }),
    {
      metadata: { plan: "pro" },
      phases: [{ start_date: at("2027-06-01"), end_date: at("2027-07-01") }],
      status: "not_started",
    },
  ],
  [
    "needs to be told one",
    () => update("later", { phases: [phase("pro", { duration: month })] }),
    refusal(
      "The subscription schedule update is missing at least one phase with a `start_date` to anchor end dates to.",
    ),
  ],
  [
    "is cancelled, and never began",
    () => stripe.subscriptionSchedules.cancel(of("later")),
    { status: "canceled", subscription: null },
  ],
  [
    "can't be changed then",
    () => update("later", { metadata: { a: "b" } }),
    { status: 400, type: "invalid_request_error" },
  ],
]);

walk("a schedule of a subscription that runs", [
  [
    "begins with what there is",
    async () => {
      await as(
        "subscription",
        stripe.subscriptions.create({ customer: of("customer"), items: [{ price: of("basic") }] }),
      );
      told();
      return as("taken", take());
    },
    {
      current_phase: { start_date: at("2027-03-02"), end_date: at("2027-04-02") },
      end_behavior: "release",
      phases: [{ items: [{ quantity: 1 }], start_date: at("2027-03-02"), end_date: at("2027-04-02") }],
      status: "active",
    },
  ],
  [
    "is told of, and its subscription names it",
    async () => told(),
    { told: ["subscription_schedule.created", "customer.subscription.updated"] },
  ],
  [
    "is the only one",
    () => take(),
    {
      status: 400,
      message: "You cannot migrate a subscription that is already attached to a schedule: `sub_sched_x`.",
    },
  ],
  [
    "takes nothing else along: metadata",
    () => take({ metadata: { a: "b" } }),
    { status: 400, message: "You cannot set `metadata` if `from_subscription` is set." },
  ],
  [
    "nor phases",
    () => take({ phases: [phase("pro")] }),
    { status: 400, message: "You cannot set `phases` if `from_subscription` is set." },
  ],
  [
    "leaves the beginning where it was",
    () => update("taken", { phases: [phase("basic", { start_date: at("2027-03-10"), duration: month })] }),
    refusal("You can not modify the start date of the current phase."),
  ],
  [
    "says when an end is one of two ways",
    () =>
      update("taken", {
        phases: [
          phase("basic", { start_date: at("2027-03-02"), end_date: at("2027-04-02"), duration: month }),
        ],
      }),
    { status: 400, code: "parameters_exclusive" },
  ],
  [
    "plans a downgrade for the period's end",
    () =>
      update("taken", {
        end_behavior: "cancel",
        phases: [
          phase("basic", { start_date: at("2027-03-02"), end_date: at("2027-04-02") }),
          phase("pro", { duration: month }),
        ],
      }),
    { end_behavior: "cancel", phases: [{}, { start_date: at("2027-04-02"), end_date: at("2027-05-02") }] },
  ],
  [
    "is let go, and the subscription goes on",
    () => stripe.subscriptionSchedules.release(of("taken")),
    { current_phase: null, status: "released", subscription: null },
  ],
  [
    "leaves it as it was",
    () => stripe.subscriptions.retrieve(of("subscription")),
    { cancel_at: null, schedule: null, status: "active" },
  ],
  [
    "can be made anew, and cancelled with the subscription",
    async () => stripe.subscriptionSchedules.cancel((await as("last", take())).id),
    { status: "canceled" },
  ],
  ["which is over at once", () => stripe.subscriptions.retrieve(of("subscription")), { status: "canceled" }],
]);

walk("a schedule is refused", [
  [
    "without a customer",
    () => stripe.subscriptionSchedules.create({ start_date: "now", phases: [phase("pro")] }),
    refusal("Missing required param: customer.", { code: "parameter_missing", param: "customer" }),
  ],
  [
    "that does not exist",
    () => stripe.subscriptionSchedules.retrieve("sub_sched_no"),
    {
      status: 404,
      code: "resource_missing",
      message: "No such subscription_schedule: 'sub_sched_no'",
    },
  ],
  [
    "of a price that does not exist",
    () => plan({ phases: [{ items: [{ price: "price_nope" }] }] }),
    {
      status: 400,
      code: "resource_missing",
      message: "No such price: 'price_nope'",
      param: "phases[0][items][0][price]",
    },
  ],
]);
