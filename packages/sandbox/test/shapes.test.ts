import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { apiVersion } from "../src/rooms/api-version.js";
import { checkShape } from "./check-shape.js";
import { type Connected, connect, payer, recurringPrice, refusal } from "./connect.js";

/** Lives through a bit of everything. */
const live = async ({ stripe, sandbox }: Connected): Promise<void> => {
  const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
  const yearly = await recurringPrice(stripe, 29_000, "year");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    expand: ["latest_invoice.payments", "latest_invoice.confirmation_secret"],
  });
  const item = subscription.items.data[0]?.id ?? "";
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: yearly.id }] });
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, quantity: 3 }] });
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
  });
  const bare = await stripe.customers.create({});
  const pausing = await stripe.subscriptions.create({
    customer: bare.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
  });
  const urls = { success_url: "https://app.test/ok", cancel_url: "https://app.test/no" };
  const line_items = [{ price: price.id, quantity: 1, adjustable_quantity: { enabled: true } }];
  await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items,
    ...urls,
    expand: ["line_items"],
  });
  await stripe.checkout.sessions.create({ mode: "setup", currency: "usd", ...urls });
  const portal = { customer: bare.id, return_url: "https://app.test" };
  const flow_data = {
    type: "subscription_cancel",
    subscription_cancel: { subscription: pausing.id },
  } as const;
  await stripe.billingPortal.sessions.create({ ...portal, flow_data });
  await stripe.billingPortal.configurations.list();
  await intents({ stripe, sandbox }, customer.id);
  await stripe.webhookEndpoints.create({
    url: "https://app.test/hook",
    enabled_events: ["billing.alert.triggered"],
  });
  sandbox.advance(new Date(Date.UTC(2026, 1, 15)));
  await stripe.subscriptions.retrieve(pausing.id);
  sandbox.advance(new Date(Date.UTC(2027, 2, 1)));
};

const intents = async ({ stripe }: Connected, customer: string): Promise<void> => {
  const base = { amount: 500, currency: "usd", customer, confirm: true } as const;
  const paid = await stripe.paymentIntents.create({ ...base, payment_method: "pm_card_visa" });
  await stripe.refunds.create({ payment_intent: paid.id, amount: 200 });
  await refusal(stripe.paymentIntents.create({ ...base, payment_method: "pm_card_chargeDeclined" }));
  const redirect = { payment_method: "pm_card_threeDSecure2Required", return_url: "https://app.test/back" };
  await stripe.paymentIntents.create({ ...base, ...redirect });
  const held = await stripe.paymentIntents.create({
    ...base,
    payment_method: "pm_card_visa",
    capture_method: "manual",
  });
  await stripe.paymentIntents.capture(held.id);
  await stripe.setupIntents.create({ customer, confirm: true, ...redirect });
  await refusal(
    stripe.setupIntents.create({ customer, confirm: true, payment_method: "pm_card_chargeDeclined" }),
  );
};

describe("what the API answers and what events carry", () => {
  it("is what the SDK declares: no key missing or unknown, no wrong type, no unknown value", async () => {
    const connected = await connect({ clock: () => new Date(Date.UTC(2026, 0, 31)) });
    await live(connected);
    // `connect` itself looks at every answer and event when the test ends.
    expect(connected.sandbox.events()).not.toEqual([]);
  }, 60_000);

  it("speaks the version that the SDK pins", () => {
    expect(apiVersion).toBe(Stripe.API_VERSION);
  });
});

describe("checkShape finds", () => {
  const rate = {
    id: "txr_1",
    object: "tax_rate",
    active: true,
    country: null,
    created: 1,
    description: null,
    display_name: "VAT",
    effective_percentage: null,
    flat_amount: null,
    inclusive: false,
    jurisdiction: null,
    jurisdiction_level: null,
    livemode: false,
    metadata: {},
    percentage: 20,
    rate_type: null,
    state: null,
    tax_type: "vat",
  };
  const { active: _left, ...partial } = rate;
  const event = {
    id: "evt_1",
    object: "event",
    api_version: null,
    created: 1,
    livemode: false,
    pending_webhooks: 0,
    request: null,
  };

  it.each<[string, object, string[]]>([
    ["nothing in a sound object", rate, []],
    ["a missing key", partial, ["tax_rate.active: missing"]],
    ["a strange key", { ...rate, colour: "red" }, ["tax_rate.colour: not declared"]],
    ["a wrong type", { ...rate, percentage: "20" }, ['tax_rate.percentage: "20" is not number']],
    [
      "an unknown value",
      { ...rate, tax_type: "tithe" },
      [expect.stringContaining('tax_rate.tax_type: "tithe" is none of')],
    ],
    ["a wrong type in a map", { ...rate, metadata: { a: 1 } }, ["tax_rate.metadata.a: 1 is not string"]],
    [
      "faults inside a list",
      { object: "list", data: [partial], has_more: false, url: "/v1/tax_rates" },
      ["tax_rate.active: missing"],
    ],
    ["an unknown kind", { object: "tithe" }, ["tithe: no declaration is known"]],
    [
      "an unknown event",
      { ...event, type: "tax_rate.eaten", data: { object: rate } },
      [expect.stringContaining('event.type: "tax_rate.eaten" is none of')],
    ],
    [
      "faults inside an event",
      { ...event, type: "tax_rate.created", data: { object: partial } },
      ["tax_rate.active: missing"],
    ],
  ])("%s", (_, value, faults) => {
    expect(checkShape(value)).toEqual(faults);
  });
});
