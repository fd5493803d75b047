import type { CallbackData, DuplicateAction, Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { planOf, starterPrice, subscribe, subscribeByHand } from "./subscriber.js";
import { booksOf, customerOf, payInAnotherTab } from "./two-tabs.js";
import { newUser, openWorld, type World } from "./world.js";

type Told = CallbackData["subscription.duplicate"];

describeEachStore("two tabs that both paid", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const told: Told[] = [];
  const on = { "subscription.duplicate": (data: Told) => void told.push(data) };

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on, jobs: "manual" });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    told.length = 0;
    world.tick(60);
  });

  const work = async (billing = world.billing) => {
    expect(await billing.runJobs({ maxSeconds: 20 })).toMatchObject({ failed: 0, done: true });
  };
  const deliverAll = async (billing = world.billing) => {
    for (const event of world.events(user)) {
      expect((await world.deliver(event, { billing })).status).toBe(200);
    }
  };
  const tell = (subscription: string, kept: string, refund: Told["refund"], action: DuplicateAction) => ({
    customerId: user,
    planId: "starter",
    subscription: { id: subscription },
    kept: { id: kept },
    refund,
    action,
  });

  test("scenario 14: one subscription stays, the other is cancelled and refunded, the app is told", async () => {
    const { subscriptionId: first } = await subscribe(world, user);
    world.tick();
    const second = await payInAnotherTab(world, user);
    await deliverAll();
    await work();
    const books = { running: [first], charged: 1800, refunded: 900, refunds: 1 };
    expect(await booksOf(world, user)).toEqual(books);
    expect(told).toMatchObject([tell(second, first, { amount: 900, currency: "usd" }, "cancel_and_refund")]);
    expect(told[0]?.subscription.status).toBe("ended");
    expect(await planOf(world, user)).toBe("starter");
    await deliverAll();
    await work();
    expect(await booksOf(world, user)).toEqual(books);
    expect(told).toHaveLength(1);
  });

  test("scenario 14: in whatever order the events come, and however often", async () => {
    const { subscriptionId: first } = await subscribe(world, user);
    world.tick();
    await payInAnotherTab(world, user);
    const events = world.events(user).toReversed();
    await Promise.all([...events, ...events].map((event) => world.deliver(event)));
    await work();
    expect(await booksOf(world, user)).toEqual({
      running: [first],
      charged: 1800,
      refunded: 900,
      refunds: 1,
    });
    expect(told).toHaveLength(1);
  });

  test("scenario 15: found at the return from the checkout too, before any webhook", async () => {
    const checkout = await world.buy(user);
    world.tick();
    const second = await payInAnotherTab(world, user);
    const before = await world.call("GET", `/checkout/${checkout}`, { as: user });
    expect(before.body.access).toMatchObject({ planId: "starter" });
    const created = world.events(user, "customer.subscription.created").at(-1);
    if (created === undefined) throw new Error("The second one has no event.");
    await world.deliver(created);
    await work();
    expect(told).toMatchObject([{ subscription: { id: second } }]);
    const after = await world.call("GET", `/checkout/${checkout}`, { as: user });
    expect(after.body.access).toMatchObject({ planId: "starter", subscription: { status: "active" } });
  });

  test.each<[DuplicateAction, number, number]>([
    ["cancel", 1, 0],
    ["keep", 2, 0],
  ])("by the policy %s, %i keep running and nothing is refunded", async (duplicates, running, refunded) => {
    const billing = world.instance({ duplicates });
    const { subscriptionId: first } = await subscribe(world, user);
    world.tick();
    const second = await payInAnotherTab(world, user);
    await deliverAll(billing);
    await work(billing);
    const books = await booksOf(world, user);
    expect(books).toMatchObject({ charged: 1800, refunded });
    expect(books.running).toHaveLength(running);
    await deliverAll(billing);
    await work(billing);
    expect(told).toMatchObject([tell(second, first, null, duplicates)]);
  });

  test("a trial beside a paid one ends, whichever came first, and there is nothing to pay back", async () => {
    for (const trialFirst of [true, false]) {
      user = newUser();
      told.length = 0;
      await world.call("POST", "/checkout", { as: user, body: { productId: "credits" } });
      const pay = (trialDays: number) =>
        payInAnotherTab(world, user, { planId: "pro", trialDays }).finally(() => world.tick());
      const first = await pay(trialFirst ? 14 : 0);
      const second = await pay(trialFirst ? 0 : 14);
      const [paid, trial] = trialFirst ? [second, first] : [first, second];
      await deliverAll();
      await work();
      expect(await booksOf(world, user)).toMatchObject({ running: [paid], refunded: 0 });
      expect(told).toMatchObject([{ kept: { id: paid }, subscription: { id: trial }, refund: null }]);
    }
  });

  test("one that was made by hand at the provider is never cancelled", async () => {
    const { subscriptionId: first } = await subscribe(world, user);
    world.tick();
    await subscribeByHand(world, user, await starterPrice(world), await customerOf(world, user));
    await deliverAll();
    await work();
    const books = await booksOf(world, user);
    expect(books).toMatchObject({ charged: 1800, refunded: 0 });
    expect(books.running).toContain(first);
    expect(books.running).toHaveLength(2);
    expect(told).toEqual([]);
  });

  test("two of different groups are no duplicates", async () => {
    await subscribe(world, user);
    await payInAnotherTab(world, user, { planId: "care", group: "support" });
    await deliverAll();
    await work();
    expect((await booksOf(world, user)).running).toHaveLength(2);
    expect(told).toEqual([]);
  });

  test("what was already paid back by hand is not paid back again", async () => {
    const { subscriptionId: first } = await subscribe(world, user);
    world.tick();
    await payInAnotherTab(world, user);
    const customer = await customerOf(world, user);
    const [latest] = (await world.dashboard.charges.list({ customer })).data;
    await world.dashboard.refunds.create({ charge: latest?.id ?? "", amount: 400 });
    await deliverAll();
    await work();
    expect(await booksOf(world, user)).toMatchObject({ running: [first], charged: 1800, refunded: 900 });
    expect(told).toMatchObject([{ refund: { amount: 500, currency: "usd" } }]);
  });

  test("what a bank holds of the second can't be paid back, and keeps nothing from being settled", async () => {
    const { subscriptionId: first } = await subscribe(world, user);
    world.tick();
    const second = await payInAnotherTab(world, user);
    const [latest] = (await world.dashboard.charges.list({ customer: await customerOf(world, user) })).data;
    const contest = { kind: "dispute_fraudulent" };
    await world.dashboard.rawRequest("POST", `/v1/sandbox/charges/${latest?.id}/dispute`, contest);
    await deliverAll();
    await work();
    expect(await booksOf(world, user)).toMatchObject({ running: [first], charged: 1800, refunded: 0 });
    expect(told).toMatchObject([tell(second, first, null, "cancel_and_refund")]);
  });

  test("what comes in for the second after it was cancelled is paid back too, and reported", async () => {
    const { subscriptionId: first } = await subscribe(world, user);
    world.tick();
    const customer = await customerOf(world, user);
    const { id: second } = await world.dashboard.subscriptions.create({
      customer,
      items: [{ price: await starterPrice(world) }],
      metadata: { tollgate_customer: user },
      collection_method: "send_invoice",
      days_until_due: 30,
    });
    world.tick(3700);
    await deliverAll();
    await work();
    expect(await booksOf(world, user)).toMatchObject({ running: [first], charged: 900, refunds: 0 });
    expect(told).toMatchObject([tell(second, first, null, "cancel_and_refund")]);
    const [bill] = (await world.dashboard.invoices.list({ subscription: second, status: "open" })).data;
    const { id: card } = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    await world.dashboard.invoices.pay(bill?.id ?? "", { payment_method: card });
    for (let time = 0; time < 2; time += 1) {
      await deliverAll();
      await work();
      expect(await booksOf(world, user)).toMatchObject({ charged: 1800, refunded: 900, refunds: 1 });
    }
    expect(told).toHaveLength(2);
    expect(told[1]).toMatchObject(tell(second, first, { amount: 900, currency: "usd" }, "cancel_and_refund"));
  });

  test("three tabs: one stays, two are refunded", async () => {
    const { subscriptionId: first } = await subscribe(world, user);
    for (let tab = 0; tab < 2; tab += 1) {
      world.tick();
      await payInAnotherTab(world, user);
    }
    await deliverAll();
    await work();
    expect(await booksOf(world, user)).toEqual({
      running: [first],
      charged: 2700,
      refunded: 1800,
      refunds: 2,
    });
    expect(told).toHaveLength(2);
  });
});

describeOnPostgres("two tabs that both paid, with two instances", (createStore) => {
  let world: World;
  let other: World["billing"];
  const told: Told[] = [];
  const on = { "subscription.duplicate": (data: Told) => void told.push(data) };

  beforeAll(async () => {
    world = await openWorld({ store: createStore(), on, jobs: "manual" });
    other = world.instance({ store: createStore() });
  });
  afterAll(async () => {
    await other.close();
    await world.close();
  });

  test("scenario 14: both accept the events and do the jobs at once; one refund, one subscription", async () => {
    for (let round = 0; round < 3; round += 1) {
      const user = newUser();
      told.length = 0;
      world.tick(60);
      const { subscriptionId: first } = await subscribe(world, user);
      world.tick();
      await payInAnotherTab(world, user);
      const events = world.events(user);
      await Promise.all(
        [...events, ...events].map((event, n) =>
          world.deliver(event, { billing: n % 2 === 0 ? world.billing : other }),
        ),
      );
      const run = (billing: World["billing"]) => billing.runJobs({ maxSeconds: 20 });
      await Promise.all([run(world.billing), run(other), run(world.billing), run(other)]);
      await run(world.billing);
      const books = { running: [first], charged: 1800, refunded: 900, refunds: 1 };
      expect(await booksOf(world, user)).toEqual(books);
      expect(told).toHaveLength(1);
    }
  });
});
