import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { anHourLater, day, openStories, type Stories } from "./ending-story.js";
import { priceOf } from "./subscriber.js";

describeEachStore("whoever pauses", (createStore) => {
  let stories: Stories;
  let world: Stories["world"];

  beforeAll(async () => {
    stories = await openStories({ store: createStore() });
    world = stories.world;
  });
  afterAll(() => world.close());

  const pause = (customerId: string, wish: { until?: string; kind?: "full" | "collection" } = {}) =>
    world.billing.subscriptions.pause({ customerId, ...wish });
  const inDays = (days: number) => {
    const at = world.sandbox.now().getTime() + days * day * 1000;
    return new Date(Math.floor(at / 1000) * 1000).toISOString();
  };

  test("the collection keeps the service, is not charged at the renewal, and is charged again after its end", async () => {
    const story = await stories.begin();
    const until = inDays(40);
    expect(await pause(story.user, { until })).toMatchObject({ outcome: "done" });
    expect(await pause(story.user, { until })).toMatchObject({ outcome: "unchanged" });
    const stored = { status: "active", pause: { kind: "collection", resumesAt: until } } as const;
    const told = ["activated", "paused"];
    await story.expect({ stored, plan: "starter", told, charged: 900 });
    world.tick(31 * day + anHourLater);
    await story.deliver();
    await story.expect({ stored, plan: "starter", told, charged: 900 });
    world.tick(10 * day);
    await story.deliver();
    const resumed = { status: "active", pause: null } as const;
    await story.expect({ stored: resumed, plan: "starter", told: [...told, "resumed"], charged: 900 });
    world.tick(22 * day + anHourLater);
    await story.deliver();
    await story.expect({ stored: resumed, plan: "starter", told: [...told, "resumed"], charged: 1800 });
  });

  test("the collection for ever is resumed here, and then renewed as usual", async () => {
    const story = await stories.begin();
    await pause(story.user, { kind: "collection" });
    world.tick(5 * day);
    expect(await story.post("/subscription/resume")).toMatchObject({ body: { outcome: "done" } });
    expect(await story.post("/subscription/resume")).toMatchObject({ body: { outcome: "unchanged" } });
    const told = ["activated", "paused", "resumed"];
    await story.expect({ stored: { pause: null }, plan: "starter", told, charged: 900 });
    world.tick(27 * day + anHourLater);
    await story.deliver();
    await story.expect({ stored: { status: "active" }, plan: "starter", told, charged: 1800 });
  });

  test("in full has no plan, no renewal, and gets what was not used off the next invoice", async () => {
    const story = await stories.begin();
    const bought = await stories.store.findSubscription(story.id, "stripe");
    const { start, end } = bought?.currentPeriod ?? { start: "", end: "" };
    const days = (Date.parse(end) - Date.parse(start)) / (day * 1000);
    world.tick(15 * day);
    expect(await story.post("/subscription/pause")).toMatchObject({
      body: { outcome: "done", access: { planId: "free", subscription: { status: "paused" } } },
    });
    expect(await story.post("/subscription/pause")).toMatchObject({ body: { outcome: "unchanged" } });
    const pausedInFull = { kind: "full", resumesAt: null, reason: "asked" } as const;
    const stored = { status: "paused", pause: pausedInFull } as const;
    const told = ["activated", "paused"];
    await story.expect({ stored, plan: "free", told, charged: 900 });
    world.tick(60 * day);
    await story.deliver();
    await story.expect({ stored, plan: "free", told, charged: 900 });
    expect(await story.post("/subscription/resume")).toMatchObject({
      body: { outcome: "done", access: { planId: "starter" } },
    });
    // For a new period, less what is left of the one that was paid after 15 days.
    await story.expect({
      stored: { status: "active", pause: null },
      plan: "starter",
      told: [...told, "resumed"],
      charged: 1800 - Math.round((900 * (days - 15)) / days),
    });
  });

  test("in full and cancels ends at once, not at the end of a period that is long over", async () => {
    const story = await stories.begin();
    await story.post("/subscription/pause");
    world.tick(90 * day);
    const now = world.sandbox.now().toISOString();
    await story.post("/subscription/cancel", { reason: "unused" });
    await story.expect({
      stored: { status: "ended", endedAt: now, pause: null },
      plan: "free",
      told: ["activated", "paused", "ended"],
      charged: 900,
    });
  });

  test("in full and can't pay any more stays paused, and resumes with a card that works", async () => {
    const story = await stories.begin();
    const { customer, id } = story;
    world.tick(15 * day);
    await story.post("/subscription/pause");
    const failing = await world.dashboard.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await world.dashboard.subscriptions.update(id, { default_payment_method: failing.id });
    world.tick(40 * day);
    expect(await story.post("/subscription/resume")).toMatchObject({
      status: 200,
      body: { outcome: "payment_pending", access: { planId: "free" } },
    });
    const told = ["activated", "paused"];
    await story.expect({ stored: { status: "paused" }, plan: "free", told, charged: 900 });
    const working = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    await world.dashboard.subscriptions.update(id, { default_payment_method: working.id });
    world.tick();
    expect(await story.post("/subscription/resume")).toMatchObject({
      body: { outcome: "done", access: { planId: "starter" } },
    });
  });

  test("what is cancelled, or in its trial, is refused a pause with the reason", async () => {
    const [cancelled, trial] = [
      await stories.begin(),
      await stories.begin({ planId: "pro", interval: "month" }),
    ];
    await cancelled.post("/subscription/cancel");
    expect(await cancelled.post("/subscription/pause")).toMatchObject({
      status: 409,
      body: { error: { code: "cancel_scheduled" } },
    });
    expect(await trial.post("/subscription/pause")).toMatchObject({
      status: 409,
      body: { error: { code: "trial_running" } },
    });
    expect(await trial.post("/subscription/pause", { until: inDays(9) })).toMatchObject({
      status: 501,
      body: { error: { code: "not_supported" } },
    });
  });

  test("a paused collection is changed in the dashboard and cancelled here: both are kept", async () => {
    const story = await stories.begin();
    await pause(story.user, { kind: "collection" });
    const price = await priceOf(world, "pro");
    const { items } = await world.dashboard.subscriptions.retrieve(story.id);
    await world.dashboard.subscriptions.update(story.id, { items: [{ id: items.data[0]?.id ?? "", price }] });
    expect(await story.post("/subscription/cancel")).toMatchObject({ body: { outcome: "done" } });
    const stored = { planId: "pro", pause: { kind: "collection", resumesAt: null } } as const;
    const told = ["activated", "paused", "changed", "cancel_scheduled"];
    await story.expect({ stored, plan: "pro", told, charged: 900 });
    expect(await story.post("/subscription/resume")).toMatchObject({ body: { outcome: "done" } });
    await story.expect({
      stored: { planId: "pro", pause: null, cancelAt: null },
      plan: "pro",
      told: [...told, "cancel_undone", "resumed"],
      charged: 900,
    });
  });

  test("a trial without a card that ended paused is resumed by adding one: the same subscription, paid at once", async () => {
    const price = await priceOf(world, "pro");
    const story = await stories.beginWith(async (customer) => {
      const { id } = await world.dashboard.subscriptions.create({
        customer,
        items: [{ price }],
        trial_period_days: 14,
        trial_settings: { end_behavior: { missing_payment_method: "pause" } },
      });
      return id;
    });
    world.tick(15 * day);
    await story.deliver();
    const told = ["activated", "paused"];
    const paused = {
      status: "paused",
      pause: { kind: "full", resumesAt: null, reason: "trial_ended" },
    } as const;
    await story.expect({ stored: paused, plan: "free", told, charged: 0 });
    expect(await story.post("/subscription/resume")).toMatchObject({
      status: 409,
      body: { error: { code: "payment_method_missing" } },
    });
    await story.expect({ stored: paused, plan: "free", told, charged: 0 });
    await world.dashboard.paymentMethods.attach("pm_card_visa", { customer: story.customer });
    expect(await story.post("/subscription/resume")).toMatchObject({
      body: { outcome: "done", access: { planId: "pro" } },
    });
    const active = { status: "active", pause: null } as const;
    await story.expect({ stored: active, plan: "pro", told: [...told, "resumed"], charged: 2900 });
    const { data } = await world.dashboard.subscriptions.list({ customer: story.customer, status: "all" });
    expect(data).toHaveLength(1);
  });

  test("a trial without a card that ended paused is paid from a credit balance", async () => {
    const price = await priceOf(world, "pro");
    const story = await stories.beginWith(async (customer) => {
      const { id } = await world.dashboard.subscriptions.create({
        customer,
        items: [{ price }],
        trial_period_days: 14,
        trial_settings: { end_behavior: { missing_payment_method: "pause" } },
      });
      return id;
    });
    world.tick(15 * day);
    await world.dashboard.customers.update(story.customer, { balance: -4000 });
    expect(await story.post("/subscription/resume")).toMatchObject({ body: { outcome: "done" } });
    const told = ["activated", "paused", "resumed"];
    await story.expect({ stored: { status: "active" }, plan: "pro", told, charged: 0 });
  });
});
