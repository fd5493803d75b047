import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { anHourLater, day, openStories, type Stories, type Story } from "./ending-story.js";
import { priceOf } from "./subscriber.js";
import { newUser } from "./world.js";

const pro = { planId: "pro", interval: "month" };

describeEachStore("whoever cancels", (createStore) => {
  let stories: Stories;
  let world: Stories["world"];

  beforeAll(async () => {
    stories = await openStories({ store: createStore() });
    world = stories.world;
  });
  afterAll(() => world.close());

  const subscription = async (story: Story) => {
    const found = await stories.store.findSubscription(story.id, "stripe");
    if (found === null) throw new Error("It is not stored.");
    return found;
  };
  const end = async (story: Story) => (await subscription(story)).currentPeriod?.end ?? "";

  test("in the trial keeps it until its end, says why, and is never charged", async () => {
    const story = await stories.begin(pro);
    const trialEnd = await end(story);
    const answer = await story.post("/subscription/cancel", {
      reason: "too_expensive",
      feedback: "Too dear",
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { outcome: "done", refunded: null, access: { subscription: { cancelAt: trialEnd } } },
    });
    const said = { reason: "too_expensive", feedback: "Too dear" } as const;
    const scheduled = { status: "trialing", cancelAt: trialEnd, cancellation: said } as const;
    const told = ["activated", "cancel_scheduled"];
    await story.expect({ stored: scheduled, plan: "pro", told, charged: 0 });
    expect(story.lastTold("subscription.cancel_scheduled")?.cancellation).toEqual(said);
    const { cancellation_details } = await world.dashboard.subscriptions.retrieve(story.id);
    expect(cancellation_details).toMatchObject({ feedback: "too_expensive", comment: "Too dear" });
    world.tick(15 * day);
    await story.deliver();
    const ended = { status: "ended", endedAt: trialEnd, cancellation: said } as const;
    await story.expect({ stored: ended, plan: "free", told: [...told, "ended"], charged: 0 });
  });

  test("in the trial and resumes stays in the same trial, and nothing is charged before its end", async () => {
    const story = await stories.begin(pro);
    const trialEnd = await end(story);
    world.tick(4 * day);
    await story.post("/subscription/cancel", { reason: "unused" });
    world.tick(2 * day);
    expect(await story.post("/subscription/resume")).toMatchObject({
      status: 200,
      body: { outcome: "done" },
    });
    const stored = { status: "trialing", trialEndsAt: trialEnd, cancelAt: null, cancellation: null } as const;
    const told = ["activated", "cancel_scheduled", "cancel_undone"];
    await story.expect({ stored, plan: "pro", told, charged: 0 });
    world.tick(8 * day + anHourLater);
    await story.deliver();
    await story.expect({ stored: { status: "active" }, plan: "pro", told, charged: 2900 });
    // The trial lies in the past by now, and stays there.
    await story.post("/subscription/cancel");
    expect(await story.post("/subscription/resume")).toMatchObject({ body: { outcome: "done" } });
    const paid = { status: "active", trialEndsAt: trialEnd, cancelAt: null } as const;
    await story.expect({
      stored: paid,
      plan: "pro",
      told: [...told, "cancel_scheduled", "cancel_undone"],
      charged: 2900,
    });
  });

  test("with the period's end and resumes is renewed on the same day as if never asked", async () => {
    const story = await stories.begin();
    const periodEnd = await end(story);
    await story.post("/subscription/cancel");
    await story.expect({
      stored: { status: "active", cancelAt: periodEnd, cancellation: null },
      plan: "starter",
      told: ["activated", "cancel_scheduled"],
      charged: 900,
    });
    expect(await story.post("/checkout", { planId: "starter", interval: "month" })).toMatchObject({
      status: 409,
      body: { error: { code: "already_subscribed" } },
    });
    await story.post("/subscription/resume");
    const told = ["activated", "cancel_scheduled", "cancel_undone"];
    await story.expect({ stored: { status: "active", cancelAt: null }, plan: "starter", told, charged: 900 });
    world.tick(31 * day + anHourLater);
    await story.deliver();
    const stored = {
      status: "active",
      currentPeriod: { start: periodEnd, end: expect.any(String) },
    } as const;
    await story.expect({ stored, plan: "starter", told, charged: 1800 });
  });

  test("keeps access to the period's end, without grace, and buys again without a second trial", async () => {
    const story = await stories.begin(pro);
    world.tick(14 * day + anHourLater);
    await story.deliver();
    await story.post("/subscription/cancel");
    const periodEnd = await end(story);
    world.tick(31 * day);
    // The provider's event is still on the way.
    expect((await world.call("GET", "/access", { as: story.user })).body.planId).toBe("free");
    await story.deliver();
    const told = ["activated", "cancel_scheduled", "ended"];
    const stored = { status: "ended", endedAt: periodEnd } as const;
    await story.expect({ stored, plan: "free", told, charged: 2900 });
    expect(await story.post("/subscription/resume")).toMatchObject({
      status: 409,
      body: { error: { code: "subscription_ended", details: { endedAt: periodEnd } } },
    });
    const again = await world.buy(story.user, pro);
    const { body } = await world.call("GET", `/checkout/${again}`, { as: story.user });
    expect(body.access).toMatchObject({
      planId: "pro",
      subscription: { status: "active", trialEndsAt: null },
    });
  });

  test("at a date within the period ends then, and one who moves it ends at the new one", async () => {
    const story = await stories.begin();
    const at = (days: number) => new Date(world.sandbox.now().getTime() + days * day * 1000).toISOString();
    const soon = at(5).replace(/\.\d{3}Z$/, ".000Z");
    const later = at(10).replace(/\.\d{3}Z$/, ".000Z");
    await story.post("/subscription/cancel", { at: later });
    expect(await story.post("/subscription/cancel", { at: soon })).toMatchObject({
      body: { outcome: "done" },
    });
    expect(await story.post("/subscription/cancel", { at: soon })).toMatchObject({
      body: { outcome: "unchanged" },
    });
    const told = ["activated", "cancel_scheduled"];
    await story.expect({ stored: { status: "active", cancelAt: soon }, plan: "starter", told, charged: 900 });
    world.tick(5 * day);
    await story.deliver();
    const stored = { status: "ended", endedAt: soon } as const;
    await story.expect({ stored, plan: "free", told: [...told, "ended"], charged: 900 });
  });

  test("at a date and then with the period's end gets the whole period that was paid for", async () => {
    const story = await stories.begin();
    const periodEnd = await end(story);
    const soon = new Date(Date.parse(periodEnd) - 20 * day * 1000).toISOString();
    await story.post("/subscription/cancel", { at: soon });
    await story.post("/subscription/cancel", { at: "period_end" });
    const told = ["activated", "cancel_scheduled"];
    const stored = { cancelAt: periodEnd } as const;
    await story.expect({ stored, plan: "starter", told, charged: 900 });
    await story.post("/subscription/cancel", { at: soon });
    await story.post("/subscription/resume");
    const kept = { cancelAt: null, currentPeriod: { start: expect.any(String), end: periodEnd } } as const;
    await story.expect({ stored: kept, plan: "starter", told: [...told, "cancel_undone"], charged: 900 });
    world.tick(31 * day + anHourLater);
    await story.deliver();
    await story.expect({ stored: {}, plan: "starter", told: [...told, "cancel_undone"], charged: 1800 });
  });

  test.each(["2020-01-01T00:00:00Z", "2036-01-01T00:00:00Z"])("is refused %s as a date", async (at) => {
    const story = await stories.begin();
    expect(await story.post("/subscription/cancel", { at })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_time" } },
    });
    await story.expect({ stored: { cancelAt: null }, plan: "starter", told: ["activated"], charged: 900 });
  });

  test.each([
    ["and the rest lapses", "nothing", 0, 0],
    ["and the rest is paid back", "refund", 450, 0],
    ["and the rest is kept for the next invoice", "credit", 0, -450],
  ] as const)("now, in the middle of what is paid for, %s", async (_, settlement, refunded, credit) => {
    const story = await stories.begin();
    const { start, end: last } = (await subscription(story)).currentPeriod ?? { start: "", end: "" };
    const middle = (Date.parse(start) + Date.parse(last)) / 2;
    world.tick((middle - world.sandbox.now().getTime()) / 1000);
    const { user: customerId } = story;
    const wish = { customerId, at: "now", settlement, reason: "unused" } as const;
    const result = await world.billing.subscriptions.cancel(wish);
    expect(result).toMatchObject({
      outcome: "done",
      refunded: refunded === 0 ? null : { amount: refunded, currency: "usd" },
      subscription: { status: "ended", cancellation: { reason: "unused", feedback: null } },
    });
    const told = ["activated", "ended"];
    const stored = { status: "ended", endedAt: new Date(middle).toISOString() } as const;
    await story.expect({ stored, plan: "free", told, charged: 900, refunded });
    expect(story.lastTold("subscription.ended")?.cancellation?.reason).toBe("unused");
    const { data } = await world.dashboard.invoiceItems.list({ customer: story.customer, pending: true });
    expect(data.reduce((sum, { amount }) => sum + amount, 0)).toBe(credit);
    world.tick(40 * day);
    await story.deliver();
    await story.expect({ stored, plan: "free", told, charged: 900, refunded });
  });

  test("now with a refund, while a bank holds the money, ends, and there is nothing to give back", async () => {
    const story = await stories.begin();
    const { data } = await world.dashboard.charges.list({ customer: story.customer });
    const contest = { kind: "dispute_fraudulent" };
    await world.dashboard.rawRequest("POST", `/v1/sandbox/charges/${data[0]?.id}/dispute`, contest);
    const wish = { customerId: story.user, at: "now", settlement: "refund" } as const;
    const { subscriptions } = world.billing;
    for (const _ of ["once", "again"])
      expect(await subscriptions.cancel(wish)).toMatchObject({ outcome: "done", refunded: null });
    const told = ["activated", "ended"];
    await story.expect({ stored: { status: "ended" }, plan: "free", told, charged: 900 });
  });

  test("past due ends at once: no further attempt, and what was owed is left", async () => {
    const story = await stories.begin();
    const { customer, id } = story;
    const { data: cards } = await world.dashboard.customers.listPaymentMethods(customer);
    const failing = await world.dashboard.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await world.dashboard.subscriptions.update(id, { default_payment_method: failing.id });
    for (const card of cards) await world.dashboard.paymentMethods.detach(card.id);
    world.tick(31 * day + anHourLater);
    await story.deliver();
    const told = ["activated", "past_due"];
    await story.expect({ stored: { status: "past_due" }, plan: "starter", told, charged: 900 });
    expect(await story.post("/subscription/pause")).toMatchObject({
      status: 402,
      body: { error: { code: "payment_overdue" } },
    });
    await story.post("/subscription/cancel", { at: "period_end" });
    const working = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    await world.dashboard.customers.update(customer, {
      invoice_settings: { default_payment_method: working.id },
    });
    world.tick(30 * day);
    await story.deliver();
    const ended = [...told, "ended"];
    await story.expect({ stored: { status: "ended" }, plan: "free", told: ended, charged: 900 });
    const { data: open } = await world.dashboard.invoices.list({ customer, status: "open" });
    expect(open).toMatchObject([{ amount_due: 900, auto_advance: false, next_payment_attempt: null }]);
  });

  test("on the provider's pages resumes here, while the webhook is still on the way", async () => {
    const story = await stories.begin();
    const periodEnd = await end(story);
    await story.deliver();
    await world.dashboard.subscriptions.update(story.id, {
      cancel_at_period_end: true,
      cancellation_details: { feedback: "too_complex", comment: "Too much" },
    });
    expect(await story.post("/subscription/resume")).toMatchObject({
      body: { outcome: "done", access: { subscription: { cancelAt: null } } },
    });
    await story.expect({
      stored: { cancelAt: null, cancellation: null },
      plan: "starter",
      told: ["activated", "cancel_scheduled", "cancel_undone"],
      charged: 900,
    });
    expect(story.lastTold("subscription.cancel_scheduled")).toMatchObject({
      cancelAt: periodEnd,
      cancellation: { reason: "too_complex", feedback: "Too much" },
    });
  });

  test("now while the bank debit is on its way gets no access back when the money comes", async () => {
    const user = newUser();
    world.tick(7200);
    const { body } = await world.call("POST", "/checkout", {
      as: user,
      body: { planId: "starter", interval: "month", currency: "eur" },
    });
    await world.debit(body.id, "DE89370400440532013000");
    await world.call("GET", `/checkout/${body.id}`, { as: user });
    expect(
      (await world.call("POST", "/subscription/cancel", { as: user, body: { at: "now" } })).body,
    ).toMatchObject({ outcome: "done", access: { planId: "free" } });
    world.tick(60);
    for (const event of world.events(user)) await world.deliver(event);
    const [stored] = await stories.store.listSubscriptions(user);
    expect(stored?.status).toBe("ended");
    expect((await world.call("GET", "/access", { as: user })).body.planId).toBe("free");
    expect(world.events(user, "invoice.paid").length).toBeGreaterThan(0);
  });

  test("what a waiting change was planned for gives it up; somebody else's schedule stays, and stands in the way", async () => {
    const story = await stories.begin();
    const { schedules, plan } = {
      schedules: world.dashboard.subscriptionSchedules,
      plan: async (metadata: Record<string, string>) => {
        const made = await world.dashboard.subscriptionSchedules.create({ from_subscription: story.id });
        const [phase] = made.phases;
        if (phase === undefined) throw new Error("The schedule has no phase.");
        const items = [{ price: await priceOf(world, "pro"), quantity: 1 }];
        const present = {
          items: phase.items.map(({ price, quantity = 1 }) => ({ price: String(price), quantity })),
          start_date: phase.start_date,
          end_date: phase.end_date,
        };
        const phases = [present, { items }];
        return world.dashboard.subscriptionSchedules.update(made.id, { phases, metadata });
      },
    };
    const foreign = await plan({ crm: "deal 7" });
    for (const path of ["/subscription/cancel", "/subscription/pause"]) {
      expect(await story.post(path)).toMatchObject({
        status: 409,
        body: { error: { code: "foreign_schedule" } },
      });
    }
    expect((await schedules.retrieve(foreign.id)).status).toBe("active");
    await schedules.release(foreign.id);
    const own = await plan({});
    expect(await story.post("/subscription/cancel")).toMatchObject({ body: { outcome: "done" } });
    expect((await schedules.retrieve(own.id)).status).toBe("released");
    await story.deliver();
    const stored = { cancelAt: await end(story), pendingChange: null } as const;
    await story.expect({ stored, plan: "starter", told: ["activated", "cancel_scheduled"], charged: 900 });
  });

  test("nobody has anything to cancel who never bought", async () => {
    const { user } = await stories.begin();
    for (const path of ["cancel", "resume", "pause"]) {
      expect(
        await world.call("POST", `/subscription/${path}`, { as: `${user}_other`, body: {} }),
      ).toMatchObject({ status: 409, body: { error: { code: "nothing_to_manage" } } });
    }
  });

  test("what customers may do by themselves is the app's policy", async () => {
    const refunding = world.instance({ endings: { cancelNow: "refund", pause: false } });
    const strict = world.instance({ endings: { cancelNow: false } });
    const [paidBack, held] = [await stories.begin(), await stories.begin()];
    expect(await paidBack.post("/subscription/pause", {}, { billing: refunding })).toMatchObject({
      status: 403,
      body: { error: { code: "pause_not_offered" } },
    });
    const now = { at: "now" };
    expect(await paidBack.post("/subscription/cancel", now, { billing: refunding })).toMatchObject({
      body: { outcome: "done", refunded: { amount: 900, currency: "usd" } },
    });
    expect(await held.post("/subscription/cancel", now, { billing: strict })).toMatchObject({
      body: { outcome: "done", access: { planId: "starter", subscription: { cancelAt: await end(held) } } },
    });
    expect(await held.post("/subscription/cancel", { ...now, settlement: "refund" })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_body" } },
    });
  });

  test("what the server is told of the reasons has to be one of them, or text that can be kept", async () => {
    const { user: customerId } = await stories.begin();
    const refused = { code: "invalid_feedback" };
    const { cancel } = world.billing.subscriptions;
    await expect(cancel({ customerId, reason: "bored" as "other" })).rejects.toMatchObject(refused);
    await expect(cancel({ customerId, feedback: "a\0b" })).rejects.toMatchObject(refused);
    await expect(cancel({ customerId, feedback: "x".repeat(1001) })).rejects.toMatchObject(refused);
  });
});
