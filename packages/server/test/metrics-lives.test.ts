import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

// `TOLLGATE_MONEY_STEPS=1000` for a long run.
const steps = Number(process.env.TOLLGATE_MONEY_STEPS ?? 60);

/** What the provider's own subscriptions say that a customer brings in each month, by nothing of ours. */
function monthlyOf({ status, items, discounts }: Stripe.Subscription): number {
  if (status !== "active" && status !== "past_due") return 0;
  const full = items.data.reduce((sum, { price, quantity = 1 }) => {
    const amount = (price.unit_amount ?? 0) * quantity;
    return sum + (price.recurring?.interval === "year" ? amount / 12 : amount);
  }, 0);
  return discounts.reduce((left, one) => {
    const coupon = typeof one === "string" ? null : one.source.coupon;
    const lasts = coupon !== null && typeof coupon !== "string" && coupon.duration === "forever";
    return lasts ? (left * (100 - (coupon.percent_off ?? 0))) / 100 : left;
  }, full);
}

describeEachStore("the figures of generated lives", (createStore) => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld({ store: createStore(), jobs: "manual", rateLimits: false });
  });
  afterAll(() => world.close());

  test("are what the provider's subscriptions and invoices say, step by step", {
    timeout: 600_000,
  }, async () => {
    // The same each time: a multiplier and modulus of a usual generator.
    let seed = 20_261_201;
    const pick = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const from = world.sandbox.now();
    const half = await world.dashboard.coupons.create({ percent_off: 50, duration: "forever" });
    const once = await world.dashboard.coupons.create({ percent_off: 50, duration: "once" });
    const users = Array.from({ length: 5 }, newUser);
    const told = new Set<string>();
    const paid = new Map<string, { now: number; ever: boolean }>();
    const moved = { new: 0, reactivation: 0, expansion: 0, contraction: 0, churn: 0 };
    let [begun, left] = [0, 0];

    const listAll = async () => {
      const expand = ["data.discounts.source.coupon"];
      return (await world.dashboard.subscriptions.list({ limit: 100, status: "all", expand })).data;
    };
    async function compare() {
      for (const event of world.sandbox.events()) {
        if (told.has(event.id)) continue;
        told.add(event.id);
        await world.deliver(event);
      }
      const now = new Map<string, number>();
      for (const one of await listAll()) {
        const customer = String(one.customer);
        now.set(customer, (now.get(customer) ?? 0) + monthlyOf(one));
      }
      for (const [customer, amount] of now) count(customer, amount);
    }
    function count(customer: string, amount: number) {
      const { now: before, ever } = paid.get(customer) ?? { now: 0, ever: false };
      paid.set(customer, { now: amount, ever: ever || amount > 0 });
      if (amount === before) return;
      if (before === 0) moved[ever ? "reactivation" : "new"] += amount;
      else if (amount === 0) moved.churn += before;
      else if (amount > before) moved.expansion += amount - before;
      else moved.contraction += before - amount;
      if (before === 0) begun += 1;
      if (amount === 0) left += 1;
    }

    const owned = new Map<string, string>();
    const running = async (user: string) => {
      const own = (await listAll()).filter(({ customer }) => customer === owned.get(user));
      return own.find(({ status }) => status !== "canceled" && status !== "incomplete_expired");
    };
    const update = async (user: string, fields: Stripe.SubscriptionUpdateParams) => {
      const one = await running(user);
      if (one !== undefined) await world.dashboard.subscriptions.update(one.id, fields);
    };
    const acts = [
      async (user: string) => {
        if ((await running(user)) !== undefined) return;
        await world.buy(user, { planId: pick(2) === 0 ? "starter" : "pro", interval: "month" });
        const [latest] = await listAll();
        if (latest !== undefined) owned.set(user, String(latest.customer));
      },
      async (user: string) => {
        const item = (await running(user))?.items.data[0]?.id;
        if (item !== undefined) await update(user, { items: [{ id: item, quantity: 2 * (1 + pick(3)) }] });
      },
      (user: string) => update(user, { cancel_at_period_end: pick(2) === 0 }),
      (user: string) => update(user, { discounts: [{ coupon: pick(2) === 0 ? half.id : once.id }] }),
      (user: string) => update(user, { discounts: "" }),
      async (user: string) => {
        const one = await running(user);
        if (one !== undefined && pick(2) === 0) await world.dashboard.subscriptions.cancel(one.id);
      },
      async () => world.tick(86_400 * (1 + pick(20))),
    ];
    for (let step = 0; step < steps; step += 1) {
      world.tick(60);
      await acts[pick(acts.length)]?.(users[pick(users.length)] ?? "");
      await compare();
    }

    world.tick(60);
    const [usd] = (await world.billing.metrics({ from, currency: "usd" })).currencies;
    const total = usd?.total;
    const end = [...paid.values()].reduce((sum, { now }) => sum + now, 0);
    expect(total?.mrr).toEqual({ start: 0, ...moved, end });
    expect(moved.churn).toBeGreaterThan(0);
    expect(moved.expansion).toBeGreaterThan(0);
    const { customers } = total ?? {};
    expect((customers?.new ?? 0) + (customers?.reactivated ?? 0)).toBe(begun);
    expect((customers?.churned.voluntary ?? 0) + (customers?.churned.involuntary ?? 0)).toBe(left);
    let collected = 0;
    for await (const invoice of world.dashboard.invoices.list({ limit: 100 }))
      collected += invoice.amount_paid;
    expect(total?.payments.collected).toBe(collected);
  });
});
