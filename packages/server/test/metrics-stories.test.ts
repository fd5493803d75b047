import { type HistoryEntry, recordChange, type Store, type Subscription } from "@tollgate/core";
import { buildSubscription } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { eventOf, setCancel, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

let currencies = 0;

describeEachStore("the figures of the history", (createStore) => {
  let world: World;
  let store: Store;
  let currency: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    currencies += 1;
    currency = `c${currencies}`;
    world.tick(60);
  });

  /** What the history keeps of one that goes through these states, month by month. */
  function live(id: string, ...states: readonly Partial<Subscription>[]): readonly HistoryEntry[] {
    let before: Subscription | null = null;
    return states.flatMap((state, index) => {
      const asOf = new Date(Date.UTC(2026, index, 10)).toISOString();
      const startedAt = "2026-01-10T00:00:00.000Z";
      const built: Subscription =
        before ?? buildSubscription({ id, customerId: id, currency, startedAt, asOf });
      const after: Subscription = { ...built, asOf, ...state };
      const entry = recordChange({ before, after, cause: { kind: "read" }, at: asOf });
      before = after;
      return entry === null ? [] : [{ ...entry, factId: `${currency} ${id} ${index}` }];
    });
  }

  const costs = (unitAmount: number, interval: Subscription["interval"] = "month"): Partial<Subscription> => {
    const { items } = buildSubscription({ interval });
    return { interval, items: items.map((item) => ({ ...item, unitAmount })) };
  };
  let events = 0;
  async function keep(facts: readonly HistoryEntry[]) {
    events += 1;
    const received = { receivedAt: "2020-01-01T00:00:00.000Z", occurredAt: "2020-01-01T00:00:00.000Z" };
    const none = { providerCustomerId: null, subscriptionId: null };
    const head = {
      id: `evt_${currency}_${events}`,
      provider: "stripe",
      type: "outside",
      ...received,
      ...none,
    };
    const settled = { state: "ignored", reason: null, save: null, callbacks: [], jobs: [] } as const;
    await store.settleEvent({ head, ...settled, facts });
  }
  async function figures(from = "2026-01-01", to = "2027-01-01") {
    const report = await world.billing.metrics({ from, to, currency });
    const [one] = report.currencies;
    if (one === undefined) throw new Error("There is nothing in this currency.");
    return one;
  }

  /** Everything that the provider still lists, as at its endpoint. */
  async function deliverAll() {
    for (const event of world.sandbox.events()) await world.deliver(event);
  }

  test("count all of 1,001 subscriptions", async () => {
    await keep(Array.from({ length: 1_001 }, (_, index) => live(`sub_${index}`, costs(100))).flat());
    expect((await figures()).total).toMatchObject({ mrr: { end: 100_100 }, customers: { end: 1_001 } });
  });

  test("round last: twelve who pay 290.00 a year bring in 290.00 a month, and a weekly 10.00 is 43.33", async () => {
    await keep(Array.from({ length: 12 }, (_, index) => live(`sub_${index}`, costs(29_000, "year"))).flat());
    expect((await figures()).total.mrr.end).toBe(29_000);
    await keep(live("weekly", costs(1_000, "week")));
    expect((await figures()).total.mrr.end).toBe(33_333);
  });

  test("take a coupon off that lasts, and take neither one that passes nor a gift for a loss", async () => {
    const half = { id: "di_1", percentOff: 50, amountOff: null, months: null };
    await keep(live("forever", { ...costs(10_000), discounts: [{ ...half, duration: "forever" }] }));
    await keep(live("once", { ...costs(10_000), discounts: [{ ...half, duration: "once" }] }));
    await keep(live("given", costs(10_000), { status: "trialing", givenTrial: true }, { status: "active" }));
    expect((await figures()).total.mrr).toEqual({
      ...{ start: 0, new: 25_000, reactivation: 0, expansion: 0, contraction: 0, churn: 0, end: 25_000 },
    });
  });

  test("know new, grown, shrunk, lost and regained customers, and why they left", async () => {
    const [gone, back] = [{ status: "ended" }, { status: "active" }] as const;
    await keep(live("grows", costs(1_000), costs(1_500), costs(1_200)));
    await keep(live("fails", costs(500), { status: "past_due" }, { ...gone }));
    await keep(
      live(
        "pauses",
        costs(300),
        { status: "paused", pause: { kind: "full", resumesAt: null } },
        { ...back, pause: null },
      ),
    );
    const { total, spans } = await figures();
    expect(total.mrr).toEqual({
      ...{
        start: 0,
        new: 1_800,
        reactivation: 300,
        expansion: 500,
        contraction: 300,
        churn: 800,
        end: 1_500,
      },
    });
    expect(total.customers.churned).toEqual({ voluntary: 1, involuntary: 1 });
    expect(spans.slice(0, 3).map(({ mrr }) => mrr.end)).toEqual([1_800, 2_000, 1_500]);
  });

  test("see what a customer has together: a second one is no new customer", async () => {
    const entries = [...live("first", costs(1_000)), ...live("second", {}, costs(400), { status: "ended" })];
    await keep(entries.map((entry) => ({ ...entry, customerId: "org" })));
    const { customers, mrr } = (await figures()).total;
    expect(customers).toMatchObject({ new: 1, churned: { voluntary: 0 }, end: 1 });
    expect(mrr).toMatchObject({ end: 1_000, churn: 0 });
  });

  test("lose 9.00 once for one that is cancelled, resumed, cancelled again and ended", async () => {
    const user = newUser();
    const from = world.sandbox.now();
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    for (const cancel of [true, false, true]) {
      world.tick(60);
      await world.deliver(await setCancel(world, user, subscriptionId, cancel));
    }
    await deliverAll();
    world.tick(40 * 86_400);
    await deliverAll();
    const { currencies: all, webhooks } = await world.billing.metrics({ from, currency: "usd" });
    expect(all[0]?.total).toMatchObject({
      mrr: { new: 900, churn: 900, end: 0, contraction: 0, reactivation: 0 },
      customers: { new: 1, churned: { voluntary: 1, involuntary: 0 } },
      payments: { succeeded: 1, failed: 0, collected: 900, successRate: 1 },
    });
    expect(webhooks.open).toBe(0);
    expect(webhooks.received).toBeGreaterThan(3);
  });

  test("hear of a coupon that lasts by its event, read it once, and hear when it is taken away", async () => {
    const user = newUser();
    const { created, subscriptionId: id } = await subscribe(world, user);
    await world.deliver(created);
    const half = await world.dashboard.coupons.create({ percent_off: 50, duration: "forever" });
    const from = world.sandbox.now();
    const monthly = async () =>
      (await world.billing.timeline(user)).entries.map(({ monthly: { amount } }) => amount);
    const update = async (fields: Parameters<typeof world.dashboard.subscriptions.update>[1]) => {
      world.tick(60);
      await world.dashboard.subscriptions.update(id, fields);
      await world.deliver(eventOf(world, user, "customer.subscription.updated"));
    };
    await update({ discounts: [{ coupon: half.id }] });
    expect(await monthly()).toEqual([-450, 900]);
    await update({ metadata: { seen: "yes" } });
    expect((await store.findSubscription(id, "stripe"))?.discounts).toMatchObject([
      { percentOff: 50, duration: "forever" },
    ]);
    expect((await world.billing.reconcile({ customerId: user })).differences).toEqual([]);
    await update({ discounts: "" });
    expect(await monthly()).toEqual([450, -450, 900]);
    expect((await world.billing.reconcile({ customerId: user })).differences).toEqual([]);
    world.tick(60);
    const [usd] = (await world.billing.metrics({ from, currency: "usd" })).currencies;
    expect(usd?.total.mrr).toMatchObject({ contraction: 450, expansion: 450, churn: 0 });
  });

  test("find a coupon that was taken away without our having heard of it", async () => {
    const user = newUser();
    const { created, subscriptionId: id } = await subscribe(world, user);
    const half = await world.dashboard.coupons.create({ percent_off: 50, duration: "forever" });
    await world.dashboard.subscriptions.update(id, { discounts: [{ coupon: half.id }] });
    await world.deliver(created);
    await world.deliver(eventOf(world, user, "customer.subscription.updated"));
    world.tick(60);
    await world.dashboard.subscriptions.update(id, { discounts: "" });
    const { differences } = await world.billing.reconcile({ customerId: user, repair: true });
    expect(differences).toMatchObject([{ repaired: true }]);
    expect((await store.findSubscription(id, "stripe"))?.discounts).toBeUndefined();
  });

  test("agree with the provider about what runs and what was paid, whatever was bought and left", async () => {
    const user = () => newUser();
    const from = world.sandbox.now();
    const buyers = [
      [user(), { planId: "starter", interval: "month" }, false],
      [user(), { planId: "pro", interval: "year" }, false],
      [user(), { planId: "starter", interval: "month" }, true],
    ] as const;
    for (const [one, body, leaves] of buyers) {
      await world.buy(one, body);
      const created = eventOf(world, one, "customer.subscription.created");
      await world.deliver(created);
      world.tick(3_600);
      if (leaves)
        await world.deliver(await setCancel(world, one, (created.data.object as { id: string }).id, true));
    }
    await deliverAll();
    for (const _month of [1, 2]) {
      world.tick(30 * 86_400);
      await deliverAll();
    }
    const [usd] = (await world.billing.metrics({ from, currency: "usd" })).currencies;
    const since = Math.floor(from.getTime() / 1000);
    const paid = await world.dashboard.invoices.list({ limit: 100, created: { gte: since } });
    expect(usd?.total.payments.collected).toBe(
      paid.data.reduce((sum, { amount_paid }) => sum + amount_paid, 0),
    );
    const running = await world.dashboard.subscriptions.list({ limit: 100 });
    const perMonth = running.data.flatMap(({ items }) =>
      items.data.map(({ price, quantity = 1 }) => {
        const amount = (price.unit_amount ?? 0) * quantity;
        return price.recurring?.interval === "year" ? amount / 12 : amount;
      }),
    );
    expect(usd?.total.mrr.end).toBe(Math.round(perMonth.reduce((sum, one) => sum + one, 0)));
  });

  test("are refused for what is no span of time", async () => {
    const refused = { code: "invalid_query" };
    const ask = (wish: Parameters<typeof world.billing.metrics>[0]) => world.billing.metrics(wish);
    await expect(ask({ from: "yesterday" })).rejects.toMatchObject(refused);
    await expect(ask({ from: "2027-01-01", to: "2026-01-01" })).rejects.toMatchObject(refused);
    await expect(ask({ from: "2000-01-01", to: "2026-01-01", every: "day" })).rejects.toMatchObject(refused);
    await expect(ask({ from: "2026-01-01", every: "hour" as "day" })).rejects.toMatchObject(refused);
  });
});
