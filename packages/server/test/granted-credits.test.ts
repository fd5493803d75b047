import { randomUUID } from "node:crypto";
import { definePlans, type Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Billing } from "../src/index.js";
import { type Changer, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const { features, plans: sold } = buildCatalog();
const plans = definePlans({
  features,
  credits: { tokens: { name: "Tokens" }, minutes: { name: "Minutes" } },
  plans: {
    ...sold,
    free: { ...sold.free, credits: { minutes: { amount: 10 } } },
    starter: {
      ...sold.starter,
      credits: { tokens: { amount: 8700 }, minutes: { amount: 60, rollover: "all" } },
    },
    pro: {
      ...sold.pro,
      trialDays: 0,
      credits: { tokens: { amount: 23_700 }, minutes: { amount: 300, rollover: 100 } },
    },
  },
  products: {
    credits: {
      name: "Credits",
      price: { usd: 1000, eur: 900 },
      credits: { tokens: 1000 },
      creditsExpireAfterDays: 365,
    },
  },
});
const day = 86_400;
const starter = { planId: "starter", interval: "month" };

describeEachStore("credits of plans and products", (createStore) => {
  let world: World;
  let store: Store;
  let billing: Billing<typeof plans>;

  beforeAll(async () => {
    store = createStore();
    const changes = { upgrade: { at: "now", prorate: true }, downgrade: { at: "now", prorate: true } };
    world = await openWorld({ store, jobs: "manual", rateLimits: false, plans, changes } as never);
    billing = world.billing as unknown as Billing<typeof plans>;
  });
  afterAll(() => world.close());

  const balance = async (customerId: string, credit: "tokens" | "minutes" = "tokens") =>
    (await billing.credits.balance({ customerId, credit })).available;
  const consume = (customerId: string, amount: number, credit: "tokens" | "minutes" = "tokens") =>
    billing.credits.consume({ customerId, credit, amount, idempotencyKey: randomUUID() });
  const ledger = async (customerId: string, credit: "tokens" | "minutes" = "tokens") =>
    (await billing.credits.list({ customerId, credit, limit: 100 })).entries.map(({ kind, amount }) => [
      kind,
      amount,
    ]);
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
  const renew = async (one: Changer, days = 31) => {
    world.tick(days * day);
    world.tick(2 * 3600);
    await hear(one);
  };
  const buyPack = async (user: string) => {
    world.tick(60);
    const { body } = await world.call("POST", "/checkout", { as: user, body: { productId: "credits" } });
    await world.pay(body.id);
    await world.call("GET", `/checkout/${body.id}`, { as: user });
    return String(body.id);
  };

  test("a refill adds a grant to what was bought, and takes nothing of it", async () => {
    const one = await newChanger(world, starter);
    await buyPack(one.user);
    await hear(one);
    expect(await balance(one.user)).toBe(9700);
    await consume(one.user, 9000);
    expect(await ledger(one.user)).toEqual([
      ["used", -9000],
      ["granted", 1000],
      ["granted", 8700],
    ]);
    await renew(one);
    expect(await balance(one.user)).toBe(700 + 8700);
    await hear(one);
    await hear(one);
    expect(await balance(one.user)).toBe(9400);
    await consume(one.user, 8700);
    expect((await billing.credits.balance({ customerId: one.user, credit: "tokens" })).grants).toMatchObject([
      { source: { kind: "purchase" }, left: 700 },
    ]);
  });

  test("what is left of a period rolls over as the plan says, also while nobody looks", async () => {
    const one = await newChanger(world, starter);
    await hear(one);
    for (let month = 0; month < 3; month += 1) await renew(one);
    expect(await balance(one.user, "minutes")).toBe(4 * 60);
    expect(await balance(one.user)).toBe(8700);
  });

  test("an upgrade at once grants the dearer plan's, beside what rolls over and instead of what does not", async () => {
    const one = await newChanger(world, starter);
    await hear(one);
    await consume(one.user, 1250);
    await consume(one.user, 15, "minutes");
    await one.agree({ planId: "pro" });
    await hear(one);
    await hear(one);
    expect(await balance(one.user)).toBe(23_700);
    expect(await balance(one.user, "minutes")).toBe(45 + 300);
    await renew(one);
    expect(await balance(one.user)).toBe(23_700);
  });

  test("an upgrade late in the period grants the part that was paid, and takes nothing of the days that are over", async () => {
    const one = await newChanger(world, starter);
    await hear(one);
    world.tick(20 * day);
    await one.agree({ planId: "pro" });
    await hear(one);
    // A third of the month is left: two thirds of the cheaper plan's stay, and a third of the dearer plan's come.
    expect(await balance(one.user)).toBeGreaterThanOrEqual(5800 + 7900);
    expect(await balance(one.user)).toBeLessThanOrEqual(5801 + 7901);
  });

  test("going up and down again and again yields neither money nor credits", async () => {
    const one = await newChanger(world, starter);
    await hear(one);
    let used = 0;
    for (let round = 0; round < 3; round += 1) {
      for (const planId of ["pro", "starter"]) {
        await one.agree({ planId });
        await hear(one);
        const left = await balance(one.user);
        if (left > 0) await consume(one.user, left);
        used += left;
      }
    }
    // No more than both plans grant in one period, and the dearer one's are owed: they are taken from the next ones.
    expect(used).toBeLessThanOrEqual(8700 + 23_700);
    const { owed } = await billing.credits.balance({ customerId: one.user, credit: "tokens" });
    expect(owed).toBeGreaterThan(23_690);
    await renew(one);
    expect(await balance(one.user)).toBe(0);
  });

  test("what is paid back is taken back once, in the steps in which it went, and what was used of it is owed", async () => {
    const user = newUser();
    const checkoutId = await buyPack(user);
    await consume(user, 50);
    const wish = { customerId: user, checkoutId };
    const told = async () => {
      for (const event of world.events(user)) await world.deliver(event);
      const customer = (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
      const { data } = await world.dashboard.charges.list({ customer });
      for (const event of world.sandbox.events()) {
        const object = event.data.object as { id?: string; charge?: string };
        if (data.some(({ id }) => id === object.charge || id === object.id)) await world.deliver(event);
      }
      await work();
    };
    await billing.refunds.create({ ...wish, amount: 400 });
    await told();
    await told();
    expect(await balance(user)).toBe(550);
    await billing.refunds.create({ ...wish, amount: 600 });
    await told();
    await told();
    const state = await billing.credits.balance({ customerId: user, credit: "tokens" });
    expect(state).toMatchObject({ available: 0, owed: 50, grants: [] });
    expect((await ledger(user)).filter(([kind]) => kind === "taken_back")).toEqual([
      ["taken_back", -550],
      ["taken_back", -400],
    ]);
    await buyPack(user);
    expect(await balance(user)).toBe(950);
  });

  test("a pack expires after its days, and the free plan grants by the calendar month", async () => {
    const user = newUser();
    expect(await balance(user, "minutes")).toBe(10);
    await consume(user, 4, "minutes");
    await buyPack(user);
    const at = (days: number) => new Date(world.sandbox.now().getTime() + days * day * 1000);
    const later = world.instance({ clock: () => at(40) }) as unknown as Billing<typeof plans>;
    const receipt = { customerId: user, credit: "minutes", amount: 7, idempotencyKey: "later" } as const;
    expect(await later.credits.consume(receipt)).toEqual({ consumed: true, available: 3 });
    const nextYear = world.instance({ clock: () => at(366) }) as unknown as Billing<typeof plans>;
    expect((await nextYear.credits.balance({ customerId: user, credit: "tokens" })).available).toBe(0);
  });
});
