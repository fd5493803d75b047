import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../../test/connect.js";

const day = 86_400;
const start = Date.UTC(2026, 0, 1) / 1000;
const at = (days: number): number => start + days * day;

/** A subscription for 3100 a month since 1 January 2026. */
const subscribed = async (card = "pm_card_visa") => {
  const { stripe, sandbox } = await connect({ clock: () => new Date(start * 1000) });
  const customer = await payer(stripe, card);
  const price = await recurringPrice(stripe, 3100);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const moveTo = (days: number) => sandbox.advance(new Date(at(days) * 1000));
  const types = () => sandbox.events().map(({ type }) => type);
  const invoices = async () => (await stripe.invoices.list({ subscription: id })).data;
  return { stripe, sandbox, id, customer, moveTo, types, invoices };
};

describe("a pause", () => {
  it("stops invoices, gives back the unused time, and is announced", async () => {
    const { stripe, id, moveTo, types, invoices } = await subscribed();
    moveTo(10);
    const paused = await stripe.subscriptions.pause(id);
    expect([paused.status, paused.status_details?.paused.subscription.type]).toEqual([
      "paused",
      "pause_requested",
    ]);
    expect(types().slice(-2)).toEqual(["customer.subscription.updated", "customer.subscription.paused"]);
    const waiting = await stripe.invoiceItems.list({ pending: true });
    expect(waiting.data.map(({ amount }) => amount)).toEqual([-2100]);
    moveTo(100);
    expect(await invoices()).toHaveLength(1);
  });

  it("ends when its invoice is tried: active if it is paid, else past due", async () => {
    const { stripe, id, moveTo, types } = await subscribed();
    moveTo(10);
    await stripe.subscriptions.pause(id, { bill_for: { unused_time_from: { type: "none" } } });
    moveTo(40);
    const waiting = await stripe.subscriptions.resume(id);
    expect(waiting.status).toBe("paused");
    await stripe.invoices.pay(waiting.latest_invoice as string);
    const resumed = await stripe.subscriptions.retrieve(id);
    expect([resumed.status, resumed.billing_cycle_anchor, resumed.status_details]).toEqual([
      "active",
      at(40),
      undefined,
    ]);
    expect(resumed.pending_update).toBeNull();
    expect(types().slice(-3)).toEqual([
      "customer.subscription.updated",
      "customer.subscription.resumed",
      "customer.subscription.pending_update_applied",
    ]);
  });

  it("is over with its subscription: paying the invoice afterwards brings nothing back", async () => {
    const { stripe, id, moveTo } = await subscribed();
    moveTo(10);
    await stripe.subscriptions.pause(id, { bill_for: { unused_time_from: { type: "none" } } });
    moveTo(40);
    const { latest_invoice } = await stripe.subscriptions.resume(id);
    await stripe.subscriptions.cancel(id);
    const paid = await stripe.invoices.pay(latest_invoice as string);
    expect(paid.status).toBe("paid");
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
    moveTo(45);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  });

  it("stays, and its invoice is voided, when nobody tries to pay for 23 hours", async () => {
    const { stripe, id, moveTo, types } = await subscribed();
    await stripe.subscriptions.pause(id, { bill_for: { unused_time_from: { type: "none" } } });
    const { latest_invoice, pending_update } = await stripe.subscriptions.resume(id);
    expect(pending_update?.expires_at).toBe(at(0) + 23 * 3600);
    moveTo(1);
    expect((await stripe.invoices.retrieve(latest_invoice as string)).status).toBe("void");
    const paused = await stripe.subscriptions.retrieve(id);
    expect([paused.status, paused.pending_update]).toEqual(["paused", null]);
    expect(types().slice(-1)).toEqual(["customer.subscription.pending_update_expired"]);
  });

  it("ends at once when the payment in the request succeeds", async () => {
    const { stripe, id, moveTo, invoices } = await subscribed();
    moveTo(10);
    await stripe.subscriptions.pause(id);
    moveTo(20);
    const resumed = await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
    expect([resumed.status, resumed.items.data[0]?.current_period_end]).toEqual([
      "active",
      Date.UTC(2026, 1, 21) / 1000,
    ]);
    expect((await invoices())[0]).toMatchObject({ total: 1000, status: "paid" });
  });

  it("keeps its anchor if asked to, and asks for the rest of the period", async () => {
    const { stripe, id, moveTo } = await subscribed();
    moveTo(10);
    await stripe.subscriptions.pause(id);
    moveTo(21);
    const resumed = await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "unchanged" } });
    expect([resumed.status, resumed.billing_cycle_anchor]).toEqual(["active", start]);
    const waiting = await stripe.invoiceItems.list({ pending: true });
    expect(waiting.data.map(({ amount }) => amount)).toEqual([1000, -2100]);
  });

  it("is refused in classic mode until the subscription is migrated", async () => {
    const { stripe, customer } = await subscribed();
    const price = await recurringPrice(stripe, 1000, "month", "Other");
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      billing_mode: { type: "classic" },
    });
    expect((await refusal(stripe.subscriptions.pause(id))).message).toContain("billing_mode");
    const migrated = await stripe.subscriptions.migrate(id, { billing_mode: { type: "flexible" } });
    expect(migrated.billing_mode).toMatchObject({ type: "flexible", updated_at: start });
    expect((await stripe.subscriptions.pause(id)).status).toBe("paused");
  });
});

describe("a pause of collection", () => {
  it.each([
    ["keep_as_draft", "draft"],
    ["mark_uncollectible", "uncollectible"],
    ["void", "void"],
  ] as const)("with %s leaves the renewal's invoice as %s, and ends by itself", async (behavior, status) => {
    const { stripe, id, moveTo, invoices } = await subscribed();
    const { status: now } = await stripe.subscriptions.update(id, {
      pause_collection: { behavior, resumes_at: at(45) },
    });
    expect(now).toBe("active");
    moveTo(33);
    expect((await invoices())[0]?.status).toBe(status);
    moveTo(61);
    expect((await stripe.subscriptions.retrieve(id)).pause_collection).toBeNull();
    expect((await invoices())[0]?.status).toBe("paid");
  });
});

describe("a schedule", () => {
  const phases = async (stripe: Stripe) => [
    await recurringPrice(stripe, 1000, "month", "Small"),
    await recurringPrice(stripe, 2000, "month", "Large"),
  ];

  it("starts a subscription, begins each phase at its second and then releases it", async () => {
    const { stripe, customer, moveTo, types } = await subscribed();
    const [small, large] = await phases(stripe);
    const schedule = await stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: at(10),
      phases: [
        { items: [{ price: small?.id ?? "" }], duration: { interval: "month", interval_count: 2 } },
        {
          items: [{ price: large?.id ?? "", quantity: 2 }],
          duration: { interval: "month" },
          metadata: { tier: "two" },
        },
      ],
    });
    expect([schedule.status, schedule.subscription]).toEqual(["not_started", null]);
    moveTo(11);
    const { subscription, current_phase, status } = await stripe.subscriptionSchedules.retrieve(schedule.id);
    const id = subscription as string;
    expect([status, current_phase?.start_date]).toEqual(["active", at(10)]);
    expect((await stripe.subscriptions.retrieve(id)).schedule).toBe(schedule.id);
    moveTo(75);
    const second = await stripe.subscriptions.retrieve(id);
    expect([second.items.data[0]?.price.id, second.items.data[0]?.quantity, second.metadata.tier]).toEqual([
      large?.id,
      2,
      "two",
    ]);
    moveTo(110);
    const done = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect([done.status, done.released_subscription]).toEqual(["completed", id]);
    expect((await stripe.subscriptions.retrieve(id)).schedule).toBeNull();
    const paid = (await stripe.invoices.list({ subscription: id })).data.map(
      ({ amount_paid }) => amount_paid,
    );
    expect(paid).toEqual([4000, 4000, 1000, 1000]);
    // The log keeps the events of thirty days.
    const told = types().filter((type) => type.startsWith("subscription_schedule"));
    expect(told).toEqual(["subscription_schedule.expiring", "subscription_schedule.completed"]);
  });

  it("downgrades a running subscription at its period's end, without a proration", async () => {
    const { stripe, id, moveTo, invoices } = await subscribed();
    const [small] = await phases(stripe);
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const [phase] = schedule.phases;
    await stripe.subscriptionSchedules.update(schedule.id, {
      end_behavior: "release",
      phases: [
        {
          items: [{ price: phase?.items[0]?.price as string, quantity: 1 }],
          start_date: phase?.start_date ?? 0,
          end_date: phase?.end_date ?? 0,
        },
        { items: [{ price: small?.id ?? "" }], duration: { interval: "month" } },
      ],
    });
    moveTo(32);
    const after = await stripe.subscriptions.retrieve(id);
    expect(after.items.data.map(({ price }) => price.id)).toEqual([small?.id]);
    expect((await invoices()).map(({ total, lines }) => [total, lines.data.length])).toEqual([
      [1000, 1],
      [3100, 1],
    ]);
  });

  it("refuses to have its subscription cancelled behind its back or paused, until it is released", async () => {
    const { stripe, id } = await subscribed();
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const refused = await refusal(stripe.subscriptions.update(id, { cancel_at_period_end: true }));
    expect(refused.message).toContain(`managed by the subscription schedule \`${schedule.id}\``);
    expect((await refusal(stripe.subscriptions.pause(id))).message).toContain("schedule");
    const released = await stripe.subscriptionSchedules.release(schedule.id);
    expect([released.status, released.released_subscription]).toEqual(["released", id]);
    expect((await stripe.subscriptions.update(id, { cancel_at_period_end: true })).cancel_at).toBe(at(31));
  });

  it("ends with its subscription, and its subscription with it", async () => {
    const { stripe, id, types } = await subscribed();
    const one = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const canceled = await stripe.subscriptionSchedules.cancel(one.id);
    expect([canceled.status, (await stripe.subscriptions.retrieve(id)).status]).toEqual([
      "canceled",
      "canceled",
    ]);
    expect(types().slice(-2)).toEqual(["customer.subscription.deleted", "subscription_schedule.canceled"]);
    expect((await refusal(stripe.subscriptionSchedules.release(one.id))).message).toContain("canceled");
  });

  it("pauses its subscription at a time, and starts it again", async () => {
    const { stripe, id, moveTo } = await subscribed();
    const schedule = await stripe.subscriptionSchedules.create({
      from_subscription: id,
      pause_schedules: [
        {
          pause: { pause_at: { type: "timestamp", timestamp: at(10) } },
          resume: {
            resume_at: { type: "duration", duration: { interval: "week" } },
            settings: { payment_behavior: "resume_on_payment_success" },
          },
        },
      ],
    });
    moveTo(11);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("paused");
    moveTo(18);
    const resumed = await stripe.subscriptions.retrieve(id);
    expect([resumed.status, resumed.billing_cycle_anchor]).toEqual(["active", at(17)]);
    const [played] = (await stripe.subscriptionSchedules.retrieve(schedule.id)).pause_schedules;
    expect([played?.pause.status.type, played?.resume?.status.type]).toEqual(["succeeded", "succeeded"]);
  });
});
