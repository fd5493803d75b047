import { randomUUID } from "node:crypto";
import { definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const plans = definePlans({
  features: {
    messages: { type: "metered", name: "Messages", reset: "billing_month" },
    calls: { type: "metered", name: "Calls", reset: "day" },
    reports: { type: "metered", name: "Reports", reset: "week" },
    exports: { type: "metered", name: "Exports", reset: "month" },
  },
  plans: {
    free: { name: "Free", includes: { messages: 10, calls: 5, reports: 5, exports: 5 } },
    starter: {
      name: "Starter",
      prices: { month: { usd: 900 }, year: { usd: 9_000 } },
      includes: { messages: 100, calls: 50, reports: 5, exports: 5 },
    },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900 }, year: { usd: 29_000 } },
      includes: { messages: 500, calls: 500, reports: 5, exports: 5 },
    },
  },
});

type Feature = keyof (typeof plans)["features"];

describeEachStore("counts that start again", (createStore) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({
      store: createStore(),
      rateLimits: false,
      jobs: "manual",
      plans: plans as unknown as ExampleCatalog,
    });
    world.tick((Date.parse("2026-12-31T10:00:00.000Z") - world.sandbox.now().getTime()) / 1000);
  });
  afterAll(() => world.close());

  /** The refusal's code, or how many are left. */
  const use = (customerId: string, feature: Feature, quantity: number, at?: Date) =>
    world
      .instance(at === undefined ? {} : { clock: () => at })
      .usage.record({ customerId, feature: feature as "messages", quantity, idempotencyKey: randomUUID() })
      .then(
        ({ remaining }) => remaining,
        ({ code }) => code,
      );
  const read = async (customerId: string, at: Date) =>
    (await world.instance({ clock: () => at }).usage.read(customerId)).messages;

  test("a plan by the year with a quota by the month: twelve resets on the anchor's day, the last one in short months", async () => {
    const one = await newChanger(world, { planId: "starter", interval: "year" });
    const began = new Date((await read(one.user, world.sandbox.now())).startsAt);
    expect(began.toISOString().slice(0, 10)).toBe("2026-12-31");
    const resets: string[] = [];
    let at = began;
    for (let month = 0; month < 12; month += 1) {
      expect(await use(one.user, "messages", 100, at)).toBe(0);
      const { endsAt } = await read(one.user, at);
      if (endsAt === null) throw new Error("It never resets.");
      resets.push(endsAt.slice(0, 10));
      expect(await use(one.user, "messages", 1, new Date(Date.parse(endsAt) - 1))).toBe("limit_reached");
      at = new Date(endsAt);
    }
    expect(resets).toEqual([
      ...["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"],
      ...["2027-07-31", "2027-08-31", "2027-09-30", "2027-10-31", "2027-11-30", "2027-12-31"],
    ]);
    expect(await use(one.user, "messages", 1, at)).toBe(99);
  });

  test("a change in the middle of a month carries the count of that month, and not that of the months before", async () => {
    const one = await newChanger(world, { planId: "starter", interval: "year" });
    expect(await use(one.user, "messages", 100)).toBe(0);
    world.tick(40 * 24 * 3600);
    expect(await use(one.user, "messages", 60)).toBe(40);
    world.tick(24 * 3600);
    await one.agree({ planId: "pro", interval: "month" });
    await one.agree({ planId: "pro", interval: "year" });
    await one.hear();
    expect(await use(one.user, "messages", 1)).toBe(439);
    expect(await read(one.user, world.sandbox.now())).toMatchObject({ used: 61, remaining: 439 });
  });

  test("all of the smaller plan used: the larger one leaves the rest at once, and going back erases nothing", async () => {
    const one = await newChanger(world, { planId: "starter", interval: "month" });
    expect(await use(one.user, "messages", 100)).toBe(0);
    expect(await use(one.user, "messages", 1)).toBe("limit_reached");
    await one.agree({ planId: "pro", interval: "month" });
    expect(await use(one.user, "messages", 100)).toBe(300);
    const { id, items } = await one.subscription();
    const { data } = await world.dashboard.prices.list({ lookup_keys: ["tollgate:plan:starter:month:usd"] });
    await world.dashboard.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id ?? "", price: data[0]?.id ?? "" }],
    });
    await one.hear();
    const now = world.sandbox.now();
    expect(await read(one.user, now)).toMatchObject({ used: 200, limit: 100, remaining: 0 });
    expect(await use(one.user, "messages", 1)).toBe("limit_reached");
    const { endsAt } = await read(one.user, now);
    expect(await use(one.user, "messages", 1, new Date(endsAt ?? ""))).toBe(99);
  });

  describe("by the calendar, whatever was bought", () => {
    test.each([
      ["calls", "2027-05-05T23:59:59.999Z", "2027-05-06T00:00:00.000Z"],
      ["reports", "2027-05-09T23:59:59.999Z", "2027-05-10T00:00:00.000Z"],
      ["exports", "2027-05-31T23:59:59.999Z", "2027-06-01T00:00:00.000Z"],
    ] as const)("%s start again in UTC, to the millisecond", async (feature, last, first) => {
      const user = newUser();
      expect(await use(user, feature, 5, new Date(last))).toBe(0);
      expect(await use(user, feature, 1, new Date(last))).toBe("limit_reached");
      expect(await use(user, feature, 1, new Date(first))).toBe(4);
    });

    test("a plan that is bought during the day continues the day's count", async () => {
      const user = newUser();
      expect(await use(user, "calls", 5)).toBe(0);
      await world.buy(user, { planId: "starter", interval: "month" });
      for (const event of world.events(user)) await world.deliver(event);
      expect(await use(user, "calls", 1)).toBe(44);
    });
  });
});
