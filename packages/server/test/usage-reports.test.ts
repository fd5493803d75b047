import { definePlans, type Store, type UsageReport } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { type Changer, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { type StoringProxy, startStoringProxy } from "./storing-proxy.js";
import { openWorld, type World } from "./world.js";

const plans = definePlans({
  features: { messages: { type: "metered", name: "Messages", reset: "period" } },
  plans: {
    free: { name: "Free", includes: { messages: 3 } },
    basic: { name: "Basic", prices: { month: { usd: 900 } }, includes: { messages: 1_000 } },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900 } },
      includes: { messages: 10 },
      usage: { messages: { perUnit: { usd: 2 } } },
    },
  },
}) as unknown as ExampleCatalog;

const events = "/v1/billing/meter_events";
const [hour, day] = [3600, 24 * 3600];

describeEachStore("use that a plan bills", (createStore) => {
  let world: World;
  let store: Store;
  let proxy: StoringProxy;
  let flaky: World["billing"];

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, rateLimits: false, jobs: "manual", plans });
    proxy = await startStoringProxy(world.sandbox.url);
    const { secretKey, webhookSecret } = world.sandbox;
    flaky = world.instance({
      provider: stripe({ secretKey, webhookSecret, apiBase: proxy.url, requestsPerSecond: 1_000 }),
    });
  });
  afterAll(async () => {
    await proxy.close();
    await world.close();
  });

  const join = (planId = "pro") => newChanger(world, { planId, interval: "month" });
  const use = (customerId: string, quantity: number, billing = world.billing) =>
    billing.usage.record({
      customerId,
      feature: "messages",
      quantity,
      idempotencyKey: crypto.randomUUID(),
    });
  /** What the provider's meter has counted of somebody in all. */
  const metered = async ({ customer }: Changer) => {
    const [meter] = (await world.dashboard.billing.meters.list()).data;
    const now = Math.ceil(world.sandbox.now().getTime() / 60_000) * 60;
    const span = { customer, start_time: now - 60 * day, end_time: now + 60 };
    const { data } = await world.dashboard.billing.meters.listEventSummaries(meter?.id ?? "", span);
    return data.reduce((sum, { aggregated_value }) => sum + aggregated_value, 0);
  };

  test("is told by the jobs, once, and billed with the period that it belongs to, also when told after its end", async () => {
    const one = await join();
    await use(one.user, 12);
    expect((await world.billing.runJobs()).failed).toBe(0);
    await world.billing.usage.report();
    expect(await metered(one)).toBe(12);
    const { items } = await one.subscription();
    const end = items.data[0]?.current_period_end ?? 0;
    world.tick(end - 30 - world.sandbox.now().getTime() / 1000);
    await use(one.user, 7);
    world.tick(10 * 60);
    await world.billing.usage.report();
    world.tick(2 * hour);
    const [renewal] = await one.invoices();
    expect(renewal).toMatchObject({ status: "paid", total: 2_900 + 9 * 2 });
    expect(await metered(one)).toBe(19);
  });

  test("is told by nobody where no plan bills it", async () => {
    const one = await join("basic");
    await use(one.user, 500);
    expect(await world.billing.usage.report({ customerId: one.user })).toEqual({ told: 0, failed: 0 });
    await one.agree({ planId: "pro" });
    await one.hear();
    await use(one.user, 3);
    await world.billing.usage.report();
    expect(await metered(one)).toBe(3);
  });

  test("is shown in the next invoice, and billed with an end at once, though no job has run", async () => {
    const one = await join();
    await use(one.user, 60);
    world.tick(hour);
    const upcoming = await world.billing.invoices.upcoming({ customerId: one.user });
    expect(upcoming?.due).toBe(2_900 + 50 * 2);
    await use(one.user, 5);
    await world.billing.subscriptions.cancel({ customerId: one.user, at: "now", settlement: "nothing" });
    world.tick(2 * hour);
    expect((await one.invoices()).map(({ total }) => total)).toEqual([55 * 2, 2_900]);
  });

  test.each([
    ["never arrived", "cut", false],
    ["arrived, though the answer was lost", "cut", true],
    ["failed at the provider", "stored", false],
  ] as const)(
    "is counted once where a report %s, and holds up nothing that comes later",
    async (_, how, executed) => {
      const one = await join();
      await use(one.user, 4);
      proxy.failNext({ path: events, how, executed });
      // What was only cut off the SDK tries once more by itself.
      const first = how === "cut" ? { told: 1, failed: 0 } : { told: 0, failed: 1 };
      expect(await flaky.usage.report({ customerId: one.user })).toEqual(first);
      await use(one.user, 3);
      await flaky.usage.report({ customerId: one.user });
      world.tick(hour);
      await flaky.usage.report({ customerId: one.user });
      expect(await flaky.usage.report({ customerId: one.user })).toEqual({ told: 0, failed: 0 });
      expect(await metered(one)).toBe(7);
    },
  );

  test("ends nothing at once while it can't be told, and is billed with the next try", async () => {
    const one = await join();
    await use(one.user, 30);
    world.tick(60);
    const end = () => flaky.subscriptions.cancel({ customerId: one.user, at: "now", settlement: "nothing" });
    proxy.failNext({ path: events, how: "stored", executed: false });
    await expect(end()).rejects.toMatchObject({ status: 503 });
    expect((await one.subscription()).status).toBe("active");
    expect(await end()).toMatchObject({ outcome: "done" });
    world.tick(2 * hour);
    expect((await one.invoices()).map(({ total }) => total)).toEqual([20 * 2, 2_900]);
  });

  test.each([
    ["and was counted", true],
    ["and was not", false],
  ])("is counted once where nobody could say for days what became of a report %s", async (_, counted) => {
    const one = await join();
    await use(one.user, 4);
    const now = world.sandbox.now().toISOString();
    const asked = { now, limit: 9, leaseSeconds: 60, customerId: one.user };
    const [taken] = await store.takeUsageReports(asked);
    if (taken === undefined) throw new Error("There is no report.");
    // The process dies here, before the end is recorded.
    if (counted) await world.provider.usage?.report({ report: taken.report, now: world.sandbox.now() });
    world.tick(3 * day);
    expect(await world.billing.usage.report({ customerId: one.user })).toEqual({ told: 1, failed: 0 });
    expect(await metered(one)).toBe(4);
  });

  test("is kept and named by health for as long as it can't be told, and told as soon as it can", async () => {
    const one = await join();
    const { secretKey, webhookSecret } = world.sandbox;
    const apart = world.instance({
      provider: stripe({ secretKey, webhookSecret, apiBase: "http://127.0.0.1:9", requestsPerSecond: 1_000 }),
    });
    await use(one.user, 4);
    expect(await apart.usage.report({ customerId: one.user })).toEqual({ told: 0, failed: 1 });
    expect((await world.billing.health()).problems.filter((one) => one.includes("reports of use"))).toEqual(
      [],
    );
    world.tick(hour);
    await apart.usage.report({ customerId: one.user });
    expect((await world.billing.health()).problems).toContainEqual(
      expect.stringMatching(/^1 reports of use could not be told since /),
    );
    expect(JSON.stringify(world.logged)).not.toContain(secretKey);
    world.tick(2 * hour);
    expect(await world.billing.usage.report({ customerId: one.user })).toEqual({ told: 1, failed: 0 });
    expect((await world.billing.health()).problems.filter((one) => one.includes("reports of use"))).toEqual(
      [],
    );
    expect(await metered(one)).toBe(4);
  });

  test("adds up to the unit, whoever counts and tells at once, on two instances, while answers get lost", async () => {
    const one = await join();
    const amounts = Array.from({ length: 40 }, (_, n) => (n % 7) + 1);
    const instances = [world.billing, flaky];
    for (let round = 0; round < 4; round += 1) {
      proxy.failNext({ path: events, how: "cut", executed: round % 2 === 0 });
      await Promise.all([
        ...amounts.slice(round * 10, round * 10 + 10).map((n, i) => use(one.user, n, instances[i % 2])),
        ...instances.map((billing) => billing.usage.report()),
      ]);
    }
    const sum = amounts.reduce((all, n) => all + n, 0);
    expect((await world.billing.usage.read(one.user)).messages?.used).toBe(sum);
    world.tick(hour);
    await world.billing.usage.report();
    expect(await metered(one)).toBe(sum);
  });

  test("goes to a function of the app, again when it throws, or to nobody", async () => {
    const one = await join();
    const told: UsageReport[] = [];
    const own = world.instance({
      usage: {
        async reportTo(report) {
          told.push(report);
          if (told.length === 1) throw new Error("not now");
        },
      },
    });
    await use(one.user, 4, own);
    expect(await own.usage.report({ customerId: one.user })).toEqual({ told: 0, failed: 1 });
    world.tick(hour);
    expect(await own.usage.report({ customerId: one.user })).toEqual({ told: 1, failed: 0 });
    expect(told[0]).toMatchObject({ customerId: one.user, feature: "messages", quantity: 4 });
    expect(told[1]).toEqual(told[0]);
    const silent = world.instance({ usage: { reportTo: "none" } });
    await use(one.user, 4, silent);
    expect(await silent.usage.report({ customerId: one.user })).toEqual({ told: 0, failed: 0 });
    expect(await metered(one)).toBe(0);
    expect(() => world.instance({ usage: { reportTo: "stripe" as never } })).toThrow(
      "`usage.reportTo` must be",
    );
  });
});
