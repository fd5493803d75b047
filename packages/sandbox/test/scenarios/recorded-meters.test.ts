import type Stripe from "stripe";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, walk } from "./walk.js";

// https://docs.stripe.com/api/billing/meter, https://docs.stripe.com/billing/subscriptions/usage-based/recording-usage-api
// and their examples; refusals as other people's code quotes them, one of them as observed in test mode (2026).
const { sandbox, stripe } = sharedInProcess();
const { as, of } = createKept();

const now = () => Math.floor(sandbox.now().getTime() / 1000);
const hour = 3600;
const day = 24 * hour;

const meter = (event_name: string, fields: Partial<Stripe.Billing.MeterCreateParams> = {}) =>
  stripe.billing.meters.create({
    display_name: "API calls",
    event_name,
    default_aggregation: { formula: "sum" },
    ...fields,
  });
const report = (value: string, fields: Partial<Stripe.Billing.MeterEventCreateParams> = {}) =>
  stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: of("customer"), value },
    ...fields,
  });
const summaries = (fields: Partial<Stripe.Billing.MeterListEventSummariesParams> = {}) =>
  stripe.billing.meters.listEventSummaries(of("meter"), {
    customer: of("customer"),
    start_time: now() - (now() % day) - day,
    end_time: now() - (now() % day) + day,
    ...fields,
  });
walk("a meter", [
  ["has a customer to count for", () => as("customer", stripe.customers.create({})), {}],
  [
    "begins",
    () => as("meter", meter("calls")),
    {
      customer_mapping: { event_payload_key: "stripe_customer_id", type: "by_id" },
      default_aggregation: { formula: "sum" },
      display_name: "API calls",
      event_name: "calls",
      event_time_window: null,
      livemode: false,
      object: "billing.meter",
      status: "active",
      status_transitions: { deactivated_at: null },
      value_settings: { event_payload_key: "value" },
    },
  ],
  ["is told of", async () => ({ last: sandbox.events().at(-1)?.type }), { last: "billing.meter.created" }],
  [
    "is found by its status",
    async () => ({ found: (await stripe.billing.meters.list({ status: "active" })).data.length }),
    { found: 1 },
  ],
  [
    "gets another name",
    () => stripe.billing.meters.update(of("meter"), { display_name: "Calls" }),
    { display_name: "Calls", event_name: "calls" },
  ],
]);

walk("an event", [
  [
    "is counted",
    () => report("7", { identifier: "call-1", timestamp: now() - 60 }),
    {
      event_name: "calls",
      identifier: "call-1",
      livemode: false,
      object: "billing.meter_event",
      payload: { value: "7" },
    },
  ],
  [
    "is counted once",
    () => report("7", { identifier: "call-1" }),
    {
      status: 400,
      type: "invalid_request_error",
      message: "An event already exists with identifier call-1.",
    },
  ],
  [
    "gets an identifier if it has none",
    async () => ({ has: (await report("5")).identifier.length > 0 }),
    { has: true },
  ],
  ["may take something back", () => report("-2", { identifier: "less" }), { payload: { value: "-2" } }],
  [
    "of five weeks ago is late",
    () => report("1", { timestamp: now() - 36 * day }),
    { status: 400, code: "timestamp_too_far_in_past" },
  ],
  [
    "of an hour ahead is early",
    () => report("1", { timestamp: now() + hour }),
    { status: 400, code: "timestamp_in_future" },
  ],
  ["of a minute ahead is not", () => report("0", { timestamp: now() + 60 }), { payload: { value: "0" } }],
  [
    "that no meter counts is refused",
    () => report("1", { event_name: "api_calls" }),
    { status: 400, message: 'No active meter found for event name "api_calls".' },
  ],
  [
    "of nobody is taken, and the app hears of it later",
    async () => {
      await stripe.billing.meterEvents.create({ event_name: "calls", payload: { value: "1" } });
      const { data } = await stripe.v2.core.events.list({
        types: ["v1.billing.meter.error_report_triggered"],
      });
      return (data[0] as { data?: object } | undefined)?.data ?? {};
    },
    {
      reason: { error_count: 1, error_types: [{ code: "meter_event_no_customer_defined", error_count: 1 }] },
    },
  ],
]);

walk("a summary", [
  [
    "is one sum of the whole time",
    async () => (await summaries()).data[0],
    { aggregated_value: 10, livemode: false, object: "billing.meter_event_summary" },
  ],
  [
    "is one sum for each day with events, the newest first",
    async () => {
      const { data, has_more } = await summaries({ value_grouping_window: "day" });
      return { sums: data.map(({ aggregated_value }) => aggregated_value), has_more };
    },
    { sums: [3, 7], has_more: false },
  ],
  [
    "is one sum for each hour",
    async () => {
      const { data } = await summaries({ value_grouping_window: "hour" });
      return data.map(({ start_time, end_time }) => end_time - start_time)[0] === hour ? { hours: true } : {};
    },
    { hours: true },
  ],
  [
    "counts by whole minutes",
    () => summaries({ start_time: now() - day + 1 }),
    { status: 400, param: "start_time", type: "invalid_request_error" },
  ],
  [
    "is of somebody",
    () => summaries({ customer: "cus_nope" }),
    { status: 404, message: "No such customer: 'cus_nope'" },
  ],
]);

walk("an adjustment", [
  [
    "takes an event back",
    () =>
      stripe.billing.meterEventAdjustments.create({
        event_name: "calls",
        type: "cancel",
        cancel: { identifier: "call-1" },
      }),
    {
      cancel: { identifier: "call-1" },
      event_name: "calls",
      livemode: false,
      object: "billing.meter_event_adjustment",
      status: "pending",
      type: "cancel",
    },
  ],
  ["which counts no more", async () => (await summaries()).data[0], { aggregated_value: 3 }],
  [
    "takes nothing back that never came",
    () =>
      stripe.billing.meterEventAdjustments.create({
        event_name: "calls",
        type: "cancel",
        cancel: { identifier: "nope" },
      }),
    { status: 400, type: "invalid_request_error", param: "cancel[identifier]" },
  ],
]);

walk("a metered price", [
  [
    "names its meter",
    () =>
      as(
        "price",
        stripe.prices.create({
          currency: "usd",
          unit_amount: 10,
          product_data: { name: "Calls" },
          recurring: { interval: "month", meter: of("meter"), usage_type: "metered" },
        }),
      ),
    {
      billing_scheme: "per_unit",
      recurring: { usage_type: "metered", interval: "month" },
      type: "recurring",
    },
  ],
  [
    "needs one",
    () =>
      stripe.prices.create({
        currency: "usd",
        unit_amount: 10,
        product_data: { name: "Calls" },
        recurring: { interval: "month", usage_type: "metered" },
      }),
    { status: 400, type: "invalid_request_error" },
  ],
  [
    "costs nothing at the beginning, and has no quantity",
    async () => {
      const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: of("customer") });
      await stripe.customers.update(of("customer"), {
        invoice_settings: { default_payment_method: method.id },
      });
      const made = await as(
        "subscription",
        stripe.subscriptions.create({ customer: of("customer"), items: [{ price: of("price") }] }),
      );
      const [item] = made.items.data;
      return { status: made.status, quantity: item?.quantity ?? null };
    },
    { status: "active", quantity: null },
  ],
  [
    "is billed for what was used, at the period's end",
    async () => {
      await report("20");
      sandbox.advance(new Date((now() + 32 * day) * 1000));
      const [newest] = (await stripe.invoices.list({ subscription: of("subscription") })).data;
      return newest;
    },
    { billing_reason: "subscription_cycle", lines: { data: [{ amount: 230, quantity: 23 }] }, total: 230 },
  ],
]);

walk("a meter's end", [
  ["stops it", () => stripe.billing.meters.deactivate(of("meter")), { status: "inactive" }],
  [
    "says when",
    async () => {
      const { status_transitions } = await stripe.billing.meters.retrieve(of("meter"));
      return { deactivated: status_transitions.deactivated_at === now() };
    },
    { deactivated: true },
  ],
  [
    "leaves its events to nobody",
    () => report("1"),
    { status: 400, message: 'No active meter found for event name "calls".' },
  ],
  [
    "can be undone",
    () => stripe.billing.meters.reactivate(of("meter")),
    { status: "active", status_transitions: { deactivated_at: null } },
  ],
  [
    "and its name is taken again",
    () => meter("calls"),
    { status: 400, type: "invalid_request_error", param: "event_name" },
  ],
]);

walk("a meter is refused", [
  [
    "that does not exist",
    () => stripe.billing.meters.retrieve("mtr_test_nope"),
    { status: 404, code: "resource_missing" },
  ],
  [
    "without a way to count",
    () => stripe.rawRequest("POST", "/v1/billing/meters", { display_name: "x", event_name: "x" }),
    refusal("Missing required param: default_aggregation.", {
      code: "parameter_missing",
      param: "default_aggregation",
    }),
  ],
  [
    "to a price that names none",
    () =>
      stripe.prices.create({
        currency: "usd",
        unit_amount: 10,
        product_data: { name: "Calls" },
        recurring: { interval: "month", meter: "mtr_test_nope", usage_type: "metered" },
      }),
    { status: 400, code: "resource_missing" },
  ],
]);
