import { afterEach, describe, expect, it } from "vitest";
import { at, checkBooks, openStage, refused, type Stage } from "./open-stage.js";

let stage: Stage;
afterEach(() => checkBooks(stage));

describe.each(["sandbox", "test clock"] as const)("a trial by the time of the %s", (time) => {
  it("converts: announced, renewed as a draft, charged after an hour", async () => {
    stage = await openStage({ time });
    const { stripe, customer, price, to, told, last } = stage;
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(2900) }],
      trial_period_days: 14,
    });
    expect(told()).toEqual([
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    await to("2027-01-15T00:30:00Z");
    expect(told()).toEqual([
      "invoice.upcoming",
      "customer.subscription.trial_will_end",
      "invoice.created",
      "customer.subscription.updated",
    ]);
    expect(last("customer.subscription.updated")).toMatchObject({
      created: at("2027-01-15"),
      data: {
        object: { status: "active", billing_cycle_anchor: at("2027-01-15"), trial_end: at("2027-01-15") },
        previous_attributes: { status: "trialing" },
      },
    });
    await to("2027-01-15T01:00:00Z");
    expect(told()).toEqual([
      "invoice.finalized",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
    const subscription = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(subscription.latest_invoice).toMatchObject({
      amount_due: 2900,
      amount_paid: 2900,
      attempt_count: 1,
      billing_reason: "subscription_cycle",
      created: at("2027-01-15"),
      status: "paid",
      status_transitions: { finalized_at: at("2027-01-15T01:00:00Z"), paid_at: at("2027-01-15T01:00:00Z") },
    });
    expect(subscription.items.data[0]).toMatchObject({
      current_period_start: at("2027-01-15"),
      current_period_end: at("2027-02-15"),
    });
  });

  it.each([
    ["cancel", "canceled", ["customer.subscription.deleted"]],
    ["pause", "paused", ["customer.subscription.updated", "customer.subscription.paused"]],
    ["create_invoice", "active", ["invoice.created", "customer.subscription.updated"]],
  ] as const)("without a card, %s makes it %s", async (missing_payment_method, status, types) => {
    stage = await openStage({ time, card: null });
    const { stripe, customer, price, to, told } = stage;
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(2900) }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method } },
      payment_settings: { save_default_payment_method: "on_subscription" },
    });
    await to("2027-01-14");
    told();
    await to("2027-01-15");
    expect(told()).toEqual(types);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
    if (status !== "active") return;
    await to("2027-01-15T01:00:00Z");
    const failed = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(failed.status).toBe("past_due");
    expect(failed.latest_invoice).toMatchObject({ attempted: true, attempt_count: 1, status: "open" });
    expect(told()).toContain("invoice.payment_failed");
  });

  it("resumes from a pause with a new period from then", async () => {
    stage = await openStage({ time, card: null });
    const { stripe, customer, price, to, card } = stage;
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(2900) }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    });
    await to("2027-01-20");
    await card("pm_card_visa");
    const resumed = await stripe.subscriptions.resume(id, {
      payment_behavior: "resume_on_payment_success",
    });
    expect(resumed.status).toBe("active");
    expect(resumed.billing_cycle_anchor).toBe(at("2027-01-20"));
    expect(resumed.items.data[0]?.current_period_end).toBe(at("2027-02-20"));
    const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
    expect(invoice).toMatchObject({ amount_paid: 2900, created: at("2027-01-20") });
  });

  it("canceled in the trial costs nothing and gives nothing back", async () => {
    stage = await openStage({ time });
    const { stripe, customer, price, to, told } = stage;
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(2900) }],
      trial_period_days: 14,
    });
    await to("2027-01-04");
    told();
    const ended = await stripe.subscriptions.cancel(id, { invoice_now: true, prorate: true });
    expect(ended).toMatchObject({
      status: "canceled",
      ended_at: at("2027-01-04"),
      canceled_at: at("2027-01-04"),
    });
    expect(told()).toEqual(["customer.subscription.deleted"]);
    await to("2027-03-01");
    expect(told()).toEqual([]);
    expect((await stripe.invoices.list({ customer })).data).toHaveLength(1);
    expect(await refused(stripe.subscriptions.update(id, { cancel_at_period_end: true }))).toBe(
      "invalid_canceled_subscription_fields",
    );
  });
});
