import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { eventOf, planOf, priceOf, subscriptionOf } from "./subscriber.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const pro = { planId: "pro", interval: "month" };
const day = 86_400;

describeEachStore("a trial without a payment method that ended paused", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let trial: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    user = newUser();
    world.tick(60);
    trial = await startTrial();
    world.tick(15 * day);
    await deliverAll();
  });

  /** As somebody starts one in the provider's dashboard for a customer of ours: not a second tab of a checkout. */
  async function startTrial(): Promise<string> {
    await click({ productId: "credits" });
    const link = await store.findCustomer(user, "stripe");
    const { id } = await world.dashboard.subscriptions.create({
      customer: link?.providerCustomerId ?? "",
      items: [{ price: await priceOf(world, "pro") }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    });
    await deliverAll();
    return id;
  }

  const click = (body: object) => world.call("POST", "/checkout", { as: user, body });
  async function deliverAll(): Promise<void> {
    for (const event of world.events(user)) await world.deliver(event);
    await world.billing.runJobs();
  }
  const atProvider = async () => {
    const link = await store.findCustomer(user, "stripe");
    const customer = link?.providerCustomerId ?? "";
    return (await world.dashboard.subscriptions.list({ customer, status: "all" })).data;
  };
  const statuses = async () => Object.fromEntries((await atProvider()).map(({ id, status }) => [id, status]));
  const paid = async () => {
    const invoices = await world.dashboard.invoices.list({ limit: 100 });
    const link = await store.findCustomer(user, "stripe");
    const mine = invoices.data.filter(({ customer }) => customer === link?.providerCustomerId);
    return mine.reduce((sum, { amount_paid }) => sum + amount_paid, 0);
  };

  test("opens nothing, and says that the first payment is missing", async () => {
    expect(await statuses()).toEqual({ [trial]: "paused" });
    expect(await planOf(world, user)).toBe("free");
    expect(await subscriptionOf(world, user)).toMatchObject({
      status: "paused",
      pause: { kind: "full", resumesAt: null, reason: "trial_ended" },
    });
    const { body } = await world.call("GET", "/access", { as: user });
    expect(body.features.export).toMatchObject({ allowed: false, reason: "payment_incomplete" });
  });

  test.each([
    ["its own plan", "pro", 2900],
    ["another plan", "starter", 900],
  ])(
    "is left by buying %s: paid at once, without a second trial, and then it is over",
    async (_, planId, price) => {
      const checkout = await world.buy(user, { ...pro, planId });
      const { body } = await world.call("GET", `/checkout/${checkout}`, { as: user });
      expect(body.access).toMatchObject({ planId, subscription: { status: "active", trialEndsAt: null } });
      await deliverAll();
      const { [trial]: left, ...others } = await statuses();
      expect([left, Object.values(others)]).toEqual(["canceled", ["active"]]);
      expect(await paid()).toBe(price);
      expect(await planOf(world, user)).toBe(planId);
      expect(await click(pro)).toMatchObject({
        status: 409,
        body: { error: { code: "already_subscribed" } },
      });
    },
  );

  test("stays as it is while the checkout is open, and when it runs out of time", async () => {
    const { body } = await click(pro);
    await deliverAll();
    await world.dashboard.checkout.sessions.expire(body.id);
    await deliverAll();
    expect(await statuses()).toEqual({ [trial]: "paused" });
    expect((await click(pro)).status).toBe(200);
  });

  async function resumeInDashboard(): Promise<void> {
    const customer = (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
    const card = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    await world.dashboard.subscriptions.update(trial, { default_payment_method: card.id });
    const { latest_invoice: invoice } = await world.dashboard.subscriptions.resume(trial);
    // It resumes once that is paid.
    await world.dashboard.invoices.pay(String(invoice));
  }

  test("resumed in the dashboard, it is the one that runs, and nothing else is sold", async () => {
    await resumeInDashboard();
    await deliverAll();
    expect(await planOf(world, user)).toBe("pro");
    expect(await click(pro)).toMatchObject({ status: 409 });
  });

  test("resumed in the dashboard while the checkout is open: one of the two is left, and what was paid twice comes back", async () => {
    const { body } = await click(pro);
    await resumeInDashboard();
    world.tick();
    await world.pay(body.id);
    await deliverAll();
    const { [trial]: resumed, ...others } = await statuses();
    expect([resumed, Object.values(others)]).toEqual(["active", ["canceled"]]);
    const refunds = (await world.dashboard.refunds.list({ limit: 100 })).data;
    expect(
      refunds.filter(({ metadata }) => Object.keys(others).includes(metadata?.tollgate_subscription ?? "")),
    ).toMatchObject([{ amount: 2900 }]);
    expect(await planOf(world, user)).toBe("pro");
  });

  test.each([
    ["what was bought ends", "paused", (bought: string) => world.dashboard.subscriptions.cancel(bought)],
    ["it is resumed", "active", resumeInDashboard],
  ])("is not ended where, while that is being done, %s", async (_, status, happen) => {
    await world.buy(user, pro);
    for (const event of world.events(user)) await world.deliver(event);
    const bought = (await atProvider()).find(({ id }) => id !== trial)?.id ?? "";
    const { provider } = world;
    let looks = 0;
    const interrupted = withParts(provider, {
      subscriptions: {
        async read(subscription) {
          const isTrial = subscription.id === trial;
          if (isTrial) looks += 1;
          // The first look is for what is stored, the second comes right before the end.
          if (isTrial && looks === 2) await happen(bought);
          return provider.subscriptions.read(subscription);
        },
      },
    });
    await world.instance({ provider: interrupted }).runJobs();
    expect(looks).toBe(2);
    expect((await statuses())[trial]).toBe(status);
  });

  test("resumed in the dashboard right after the purchase, before we looked: nobody loses what they paid for", async () => {
    const checkout = await world.buy(user, pro);
    await world.call("GET", `/checkout/${checkout}`, { as: user });
    world.tick();
    await resumeInDashboard();
    await deliverAll();
    const running = Object.values(await statuses()).filter((status) => status === "active");
    expect(running).toHaveLength(1);
    expect(eventOf(world, user, "customer.subscription.deleted")).toBeDefined();
    expect(await planOf(world, user)).toBe("pro");
  });
});
