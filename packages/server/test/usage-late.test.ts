import { definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Changer, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { openWorld, type World } from "./world.js";

const plans = definePlans({
  features: { messages: { type: "metered", name: "Messages", reset: "period" } },
  plans: {
    free: { name: "Free", includes: { messages: 3 } },
    basic: { name: "Basic", prices: { month: { usd: 900 } }, includes: { messages: 10 } },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900 } },
      includes: { messages: 10 },
      usage: { messages: { perUnit: { usd: 2 } } },
    },
  },
}) as unknown as ExampleCatalog;

const [minute, hour] = [60, 3600];

describeEachStore("use that arrives late", (createStore) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ store: createStore(), rateLimits: false, jobs: "manual", plans });
  });
  afterAll(() => world.close());

  const join = (planId = "pro") => newChanger(world, { planId, interval: "month" });
  const toUse = (customerId: string, quantity: number, at?: Date) => ({
    customerId,
    feature: "messages" as const,
    quantity,
    idempotencyKey: crypto.randomUUID(),
    ...(at && { at }),
  });
  const endOf = async (one: Changer) =>
    new Date(((await one.subscription()).items.data[0]?.current_period_end ?? 0) * 1000);
  const tickTo = (at: Date, seconds: number) =>
    world.tick((at.getTime() - world.sandbox.now().getTime()) / 1000 + seconds);
  const before = (at: Date, seconds: number) => new Date(at.getTime() - seconds * 1000);
  const { record, recordMany } = {
    record: (...use: Parameters<typeof toUse>) => world.billing.usage.record(toUse(...use)),
    recordMany: (...uses: Parameters<typeof toUse>[]) =>
      world.billing.usage.recordMany(uses.map((use) => toUse(...use))),
  };
  const tell = async () => expect((await world.billing.usage.report()).failed).toBe(0);

  test("of 23:59, at 00:20, counts in the period that has ended, is billed with it, and told with its own time", async () => {
    const one = await join();
    const end = await endOf(one);
    tickTo(end, -hour);
    await record(one.user, 10);
    await tell();
    tickTo(end, 20 * minute);
    expect(await record(one.user, 4, before(end, minute))).toMatchObject({ used: 14 });
    expect(await record(one.user, 1)).toMatchObject({ used: 1 });
    await tell();
    tickTo(end, 2 * hour);
    const [renewal] = await one.invoices();
    expect(renewal).toMatchObject({ status: "paid", total: 2_900 + 4 * 2 });
    const [meter] = (await world.dashboard.billing.meters.list()).data;
    const start_time = Math.floor(before(end, minute).getTime() / 60_000) * 60;
    const span = { customer: one.customer, start_time, end_time: start_time + 60 };
    const { data } = await world.dashboard.billing.meters.listEventSummaries(meter?.id ?? "", span);
    expect(data.map(({ aggregated_value }) => aggregated_value)).toEqual([4]);
  });

  test("is told as late once the period can't be billed any more, also in a list, whose others are counted", async () => {
    const one = await join();
    const end = await endOf(one);
    tickTo(end, 46 * minute);
    const late = before(end, minute);
    await expect(record(one.user, 4, late)).rejects.toMatchObject({
      code: "usage_late",
      status: 409,
      details: { feature: "messages", at: late.toISOString(), endedAt: end.toISOString() },
    });
    const results = await recordMany([one.user, 2], [one.user, 4, late], [one.user, 3, before(end, -1)]);
    expect(results).toMatchObject([
      { outcome: "counted", used: 2 },
      { outcome: "refused", error: { code: "usage_late" } },
      { outcome: "counted", used: 5 },
    ]);
    const patient = world.instance({ usage: { lateMinutes: 60 } }).usage;
    expect(await patient.record(toUse(one.user, 4, late))).toMatchObject({ used: 4 });
  });

  test("is checked against the period that it belongs to", async () => {
    const one = await join("basic");
    const end = await endOf(one);
    tickTo(end, -minute);
    await record(one.user, 9);
    tickTo(end, 10 * minute);
    await record(one.user, 10);
    expect(await record(one.user, 1, before(end, 1))).toMatchObject({ used: 10, remaining: 0 });
    await expect(record(one.user, 1, before(end, 1))).rejects.toMatchObject({ code: "limit_reached" });
  });

  test("of a subscription that ended with its period leaves nothing unbilled", async () => {
    const one = await join();
    await world.billing.subscriptions.cancel({ customerId: one.user });
    const end = await endOf(one);
    tickTo(end, -minute);
    await record(one.user, 10);
    tickTo(end, 10 * minute);
    await one.hear();
    expect(await record(one.user, 6, before(end, 30))).toMatchObject({ used: 16 });
    await tell();
    tickTo(end, 2 * hour);
    const [last] = await one.invoices();
    expect(last).toMatchObject({ total: 6 * 2 });
  });

  test.each([
    ["in the future", new Date("2030-01-01T00:00:00Z")],
    ["that is none", new Date(Number.NaN)],
    ["as text", "2026-01-01"],
  ])("a time %s is refused, and nothing is counted", async (_name, at) => {
    const one = await join("basic");
    await expect(record(one.user, 1, at as Date)).rejects.toMatchObject({
      code: "invalid_time",
      status: 400,
    });
    await expect(recordMany([one.user, 1], [one.user, 1, at as Date])).rejects.toMatchObject({
      code: "invalid_time",
      details: { index: 1 },
    });
    expect((await world.billing.usage.read(one.user)).messages.used).toBe(0);
  });

  test.each([-1, 4321, Number.NaN, "45"])("an option of %s minutes is refused", (lateMinutes) => {
    expect(() => world.instance({ usage: { lateMinutes: lateMinutes as number } })).toThrow(
      expect.objectContaining({ code: "invalid_options" }),
    );
  });
});
