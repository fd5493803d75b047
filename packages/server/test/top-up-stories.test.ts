import { randomUUID } from "node:crypto";
import { type CallbackData, definePlans, type Store } from "@tollgate/core";
import { topUpsResponse } from "@tollgate/core/contract";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Billing, BillingOptions } from "../src/index.js";
import { type Changer, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const { features, plans: sold } = buildCatalog();
const plans = definePlans({
  features,
  credits: { tokens: { name: "Tokens" } },
  plans: sold,
  products: {
    credits: { name: "1,000 tokens", price: { usd: 1000, eur: 900 }, credits: { tokens: 1000 } },
    handbook: { name: "Handbook", price: { usd: 100 } },
  },
});
const credit = "tokens";
const hour = 3600;
const choice = { threshold: 100, productId: "credits", monthlyCap: 2500 } as const;

describeEachStore("an automatic top-up", (createStore) => {
  let world: World;
  let store: Store;
  let billing: Billing<typeof plans>;
  const failed: CallbackData["credits.top_up_failed"][] = [];
  const paid: CallbackData["credits.topped_up"][] = [];
  const on: BillingOptions["on"] = {
    "credits.top_up_failed": (data) => void failed.push(data),
    "credits.topped_up": (data) => void paid.push(data),
  };

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false, plans, on } as never);
    billing = world.billing as unknown as Billing<typeof plans>;
  });
  afterAll(() => world.close());

  const work = async () => {
    for (;;) {
      const { callbacks, jobs, done } = await billing.runJobs();
      if (done && callbacks + jobs === 0) return;
    }
  };
  const hear = async (one: Changer) => {
    await one.hear();
    await work();
  };
  const consume = (customerId: string, amount: number, instance = billing) =>
    instance.credits.consume({ customerId, credit, amount, idempotencyKey: randomUUID() });
  const left = async (customerId: string) =>
    (await billing.credits.balance({ customerId, credit })).available;
  const give = (customerId: string, amount: number) =>
    billing.credits.grant({ customerId, credit, amount, reason: "Test", idempotencyKey: randomUUID() });
  /** Somebody with 150 tokens and a card. */
  const somebody = async (
    topUp: Parameters<typeof billing.credits.setTopUp>[0]["topUp"] | undefined = choice,
  ) => {
    const one = await newChanger(world, { planId: "starter", interval: "month" });
    await hear(one);
    await give(one.user, 150);
    if (topUp !== null) await billing.credits.setTopUp({ customerId: one.user, credit, topUp });
    const before = await one.charged();
    return { ...one, paid: async () => (await one.charged()) - before };
  };
  const own = <T extends { readonly customerId: string }>(told: readonly T[], { user }: { user: string }) =>
    told.filter(({ customerId }) => customerId === user);
  const open = async (one: Changer) =>
    (await one.invoices()).filter(({ status }) => status === "open").length;

  test("buys one when the balance falls below the threshold, once however many requests and instances there are", async () => {
    const one = await somebody();
    const other = world.instance({ plans, on } as never) as unknown as typeof billing;
    await consume(one.user, 50);
    await work();
    expect(await one.paid()).toBe(0);
    await Promise.all(Array.from({ length: 20 }, (_, n) => consume(one.user, 1, n % 2 ? other : billing)));
    await Promise.all([work(), other.runJobs()]);
    expect(await one.paid()).toBe(1000);
    expect(await left(one.user)).toBe(80 + 1000);
    expect(own(paid, one)).toMatchObject([
      { credits: 1000, amount: 1000, currency: "usd", productId: "credits" },
    ]);
    const { grants } = await billing.credits.balance({ customerId: one.user, credit });
    expect(grants).toMatchObject([
      { source: { kind: "hand" } },
      { source: { kind: "top_up" }, expiresAt: null },
    ]);
    const [{ description } = { description: null }] = await one.invoices();
    expect(description).toBe("1,000 tokens");
  });

  test("is off until somebody chooses it, and no purchase switches it on", async () => {
    const one = await somebody(null);
    world.tick(60);
    const { body } = await world.call("POST", "/checkout", { as: one.user, body: { productId: "credits" } });
    await world.pay(body.id);
    await world.call("GET", `/checkout/${body.id}`, { as: one.user });
    await hear(one);
    const before = await one.charged();
    await consume(one.user, 1150);
    await work();
    expect(await one.charged()).toBe(before);
    expect(await billing.credits.readTopUp({ customerId: one.user, credit })).toBeNull();
  });

  test("a card that declines is tried once, whatever 500 requests an hour ask; then it is off, and told", async () => {
    const one = await somebody();
    await one.payWith("pm_card_chargeCustomerFail");
    for (let n = 0; n < 10; n += 1) {
      await Promise.all(Array.from({ length: 50 }, () => consume(one.user, 3).catch(() => null)));
      await work();
      world.tick(6 * 60);
    }
    const attempts = await world.dashboard.charges.list({ customer: one.customer, limit: 100 });
    expect(attempts.data.filter(({ paid: isPaid }) => !isPaid)).toHaveLength(1);
    expect(await open(one)).toBe(0);
    expect(own(failed, one)).toMatchObject([{ reason: "declined", active: false, amount: 1000 }]);
    const read = await billing.credits.readTopUp({ customerId: one.user, credit });
    expect(read).toMatchObject({ active: false, spent: { amount: 0 }, trouble: { reason: "declined" } });
    world.tick(3 * hour);
    await consume(one.user, 1).catch(() => null);
    await work();
    expect(own(failed, one)).toHaveLength(1);
  });

  test("chosen again within the hour it waits for the next one", async () => {
    const one = await somebody();
    await one.payWith("pm_card_chargeCustomerFail");
    await consume(one.user, 100);
    await work();
    await one.payWith("pm_card_visa");
    await billing.credits.setTopUp({ customerId: one.user, credit, topUp: choice });
    await consume(one.user, 1);
    await work();
    expect(await one.paid()).toBe(0);
    world.tick(hour);
    await consume(one.user, 1);
    await work();
    expect(await one.paid()).toBe(1000);
  });

  test("charges no more in a month than its cap, says so once, and goes on in the next one", async () => {
    const one = await somebody();
    await billing.credits.consume({ customerId: one.user, credit, amount: 150, idempotencyKey: "all" });
    for (let n = 0; n < 5; n += 1) {
      await work();
      world.tick(hour);
      await consume(one.user, await left(one.user)).catch(() => null);
    }
    await work();
    expect(await one.paid()).toBe(2000);
    expect(own(failed, one)).toMatchObject([{ reason: "cap_reached", active: true, invoiceId: null }]);
    world.tick(11 * 24 * hour);
    await left(one.user);
    await work();
    expect(await one.paid()).toBe(3000);
  });

  test("where the bank asks, the invoice waits a day for its customer, and is void after it", async () => {
    const one = await somebody();
    await one.payWith("pm_card_authenticationRequired");
    await consume(one.user, 100);
    await work();
    await work();
    const [{ invoiceId = null } = {}] = own(failed, one);
    expect(own(failed, one)).toMatchObject([{ reason: "action_required", active: true }]);
    const read = topUpsResponse.parse((await world.call("GET", "/credits/top-ups", { as: one.user })).body);
    expect(read.topUps.tokens).toMatchObject({ state: "requires_action", invoiceId });
    const pay = await world.call("POST", `/invoices/${invoiceId}/pay`, { as: one.user, body: {} });
    expect(pay.body).toMatchObject({ status: "requires_action" });
    await one.confirm(pay.body.clientSecret, "succeed");
    await hear(one);
    expect(await left(one.user)).toBe(50 + 1000);
    await consume(one.user, 1000);
    world.tick(hour);
    await consume(one.user, 1);
    await work();
    expect(await open(one)).toBe(1);
    world.tick(25 * hour);
    await left(one.user);
    await work();
    expect(await open(one)).toBe(0);
    expect(own(failed, one).map(({ reason }) => reason)).toEqual([
      "action_required",
      "action_required",
      "not_confirmed",
    ]);
    expect((await billing.credits.readTopUp({ customerId: one.user, credit }))?.active).toBe(false);
  });

  test("what is paid back of it is taken back, and what was used of it is owed", async () => {
    const one = await somebody();
    await consume(one.user, 100);
    await work();
    const [{ invoiceId } = { invoiceId: "" }] = own(paid, one);
    await billing.refunds.create({ customerId: one.user, invoiceId, amount: 400 });
    const { data } = await world.dashboard.charges.list({ customer: one.customer });
    for (const _ of ["once", "again"]) {
      for (const event of world.sandbox.events()) {
        const object = event.data.object as { id?: string; charge?: string };
        if (data.some(({ id }) => id === object.charge || id === object.id)) await world.deliver(event);
      }
      await work();
      expect(await left(one.user)).toBe(50 + 600);
    }
  });

  test("for more than was agreed nothing is bought", async () => {
    const one = await somebody();
    const dearer = { ...plans.products.credits, price: { usd: 1200 } };
    const next = { ...plans, products: { ...plans.products, credits: dearer } };
    const later = world.instance({ plans: next, on } as never) as unknown as typeof billing;
    await consume(one.user, 100, later);
    await later.runJobs();
    expect(await one.paid()).toBe(0);
    expect(own(failed, one)).toMatchObject([{ reason: "price_changed", active: false }]);
  });

  /** An instance that dies where a test wants it to. */
  const dying = (overrides: Partial<Store>) =>
    world.instance({
      plans,
      on,
      store: { ...store, ...overrides, close: async () => {} },
    } as never) as unknown as typeof billing;
  const boom = async () => {
    throw new Error("It died here.");
  };

  test("a process that dies once it was written down loses nothing", async () => {
    const one = await somebody();
    await consume(one.user, 100, dying({ enqueueJobs: boom }));
    await work();
    expect(await one.paid()).toBe(0);
    world.tick(11 * 60);
    // As the sweep does every minute.
    await left(one.user);
    await work();
    expect(await one.paid()).toBe(1000);
    expect(await left(one.user)).toBe(1050);
  });

  test("a process that dies once it was paid has charged once, and another one grants", async () => {
    const one = await somebody();
    const job = { customerId: one.user, credit };
    await consume(one.user, 100, dying({ enqueueJobs: async () => {} }));
    let saves = 0;
    const dead = dying({
      saveCredits: async (save) => {
        saves += 1;
        return save.account.topUp?.attempt?.state === "paid" ? boom() : store.saveCredits(save);
      },
    });
    await store.enqueueJobs([{ type: "top_up_credits", ...job }]);
    await dead.runJobs();
    expect([await one.paid(), saves, await left(one.user)]).toEqual([1000, 1, 50]);
    world.tick(11 * 60);
    await left(one.user);
    await work();
    await work();
    expect([await one.paid(), await left(one.user)]).toEqual([1000, 1050]);
    expect(own(paid, one)).toHaveLength(1);
  });

  test("is chosen by a manager alone, for what the catalog sells", async () => {
    const one = await somebody(null);
    const post = (body: object, as = one.user, role?: string) =>
      world.call("POST", "/credits/top-up", { as, body, ...(role && { role }) } as never);
    const answer = await post({ credit, topUp: choice });
    expect(topUpsResponse.parse(answer.body)).toMatchObject({
      topUps: { tokens: { ...choice, active: true, currency: "usd", amount: 1000, spent: 0, state: null } },
    });
    expect(await post({ credit, topUp: null })).toMatchObject({
      body: { topUps: { tokens: { active: false } } },
    });
    expect(await post({ credit: "coins", topUp: null })).toMatchObject({ status: 404 });
    expect(await post({ credit, topUp: choice }, newUser())).toMatchObject({
      body: { error: { code: "not_a_customer" } },
    });
    const wrong = { customerId: one.user, credit } as const;
    for (const [code, more] of [
      ["unknown_product", { productId: "handbook" }],
      ["unknown_product", { productId: "gone" }],
      ["unknown_price", { currency: "gbp" }],
      ["invalid_options", { monthlyCap: 999 }],
      ["invalid_quantity", { threshold: 0 }],
    ] as const) {
      const set = billing.credits.setTopUp({ ...wrong, topUp: { ...choice, ...more } as never });
      await expect(set).rejects.toMatchObject({ code });
    }
    expect(await billing.credits.readTopUp(wrong)).toMatchObject({ active: false, monthlyCap: 2500 });
  });
});
