import { definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newChanger } from "./changer.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { openWorld, type World } from "./world.js";

const plans = definePlans({
  features: { messages: { type: "metered", name: "Messages", reset: "period" } },
  plans: {
    free: { name: "Free", includes: { messages: 20 }, perMember: { messages: 5 } },
    basic: {
      name: "Basic",
      prices: { month: { usd: 900 } },
      includes: { messages: 50 },
      perMember: { messages: { percent: 20 } },
    },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900 } },
      includes: { messages: 100 },
      usage: { messages: { perUnit: { usd: 2 } } },
      perMember: { messages: 30 },
    },
    enterprise: { name: "Enterprise", prices: { month: { usd: 9_900 } }, includes: { messages: 1_000 } },
  },
}) as unknown as ExampleCatalog;

const day = 86_400;

const newOrg = () => `org_${crypto.randomUUID()}`;
const use = (customerId: string, memberId: string | undefined, quantity: number) => ({
  ...{ customerId, feature: "messages" as const, quantity, idempotencyKey: crypto.randomUUID() },
  ...(memberId !== undefined && { memberId }),
});

describeEachStore("limits of members", (createStore) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ store: createStore(), rateLimits: false, jobs: "manual", plans });
  });
  afterAll(() => world.close());

  const record = (...args: Parameters<typeof use>) => world.billing.usage.record(use(...args));
  const readOf = async (customerId: string, memberId: string) =>
    (await world.billing.members.read({ customerId, memberId })).messages;
  const limit = (customerId: string, memberId: string, own: number | "unlimited" | "plan") =>
    world.billing.members.setLimit({ customerId, memberId, feature: "messages", limit: own });

  test("count with their customer's: both must allow it, and a refusal says whose limit it was", async () => {
    const org = newOrg();
    const ada = { used: 4, limit: 5, remaining: 1 };
    expect(await record(org, "ada", 4)).toEqual({
      counted: true,
      used: 4,
      limit: 20,
      remaining: 16,
      member: ada,
    });
    await expect(record(org, "ada", 2)).rejects.toMatchObject({
      code: "limit_reached",
      status: 402,
      details: {
        ...{
          feature: "messages",
          limitOf: "member",
          memberId: "ada",
          limit: 5,
          used: 4,
          remaining: 1,
          quantity: 2,
        },
        // Of all that grants more, these grant each member enough.
        upgradeTo: "basic",
        unlocks: [{ planId: "basic" }, { planId: "pro" }, { planId: "enterprise" }],
      },
    });
    for (const memberId of ["bob", "eve", "joe"]) await record(org, memberId, 5);
    const refused = await record(org, "zoe", 2).catch((error: unknown) => error);
    expect(refused).toMatchObject({ details: { limit: 20, used: 19, remaining: 1 } });
    expect(await readOf(org, "zoe")).toMatchObject({ used: 0, limit: 5, remaining: 1 });
    expect(await record(org, undefined, 1)).toEqual({ counted: true, used: 20, limit: 20, remaining: 0 });
  });

  test("of the app's own take the plan's place, but never exceed what the customer may", async () => {
    const org = newOrg();
    await record(org, "ada", 5);
    await limit(org, "ada", 7);
    expect(await record(org, "ada", 2)).toMatchObject({ member: { used: 7, limit: 7, remaining: 0 } });
    // No plan helps where the app has said how many.
    await expect(record(org, "ada", 1)).rejects.toMatchObject({
      details: { limitOf: "member", limit: 7, upgradeTo: null, unlocks: [] },
    });
    await limit(org, "ada", "unlimited");
    expect(await readOf(org, "ada")).toMatchObject({ used: 7, limit: null, remaining: 13 });
    await expect(record(org, "ada", 14)).rejects.toMatchObject({ details: { limit: 20, used: 7 } });
    expect(await record(org, "ada", 13)).toMatchObject({
      remaining: 0,
      member: { used: 20, remaining: null },
    });
    await limit(org, "ada", "plan");
    expect(await readOf(org, "ada")).toMatchObject({ used: 20, limit: 5, remaining: 0 });
  });

  test("are checked as they are counted: allowed exactly when one more can be recorded, with whose limit it is", async () => {
    const org = newOrg();
    const check = (memberId: string) =>
      world.billing.members.check({ customerId: org, memberId, feature: "messages" });
    expect(await check("ada")).toEqual({ allowed: true, limit: 5, remaining: 5, limitOf: "member" });
    await record(org, "ada", 5);
    expect(await check("ada")).toMatchObject({
      ...{ allowed: false, reason: "limit_reached", limitOf: "member", limit: 5, used: 5, remaining: 0 },
      ...{ upgradeTo: "basic", resetsAt: expect.any(String) },
    });
    await limit(org, "ada", 5);
    expect(await check("ada")).toMatchObject({ limitOf: "member", upgradeTo: null, unlocks: [] });
    await limit(org, "ada", "unlimited");
    expect(await check("ada")).toMatchObject({
      allowed: true,
      limitOf: "customer",
      limit: 20,
      remaining: 15,
    });
    await record(org, undefined, 12);
    expect(await check("bob")).toMatchObject({ allowed: true, limitOf: "customer", remaining: 3 });
    await record(org, undefined, 3);
    expect(await check("bob")).toMatchObject({ allowed: false, limitOf: "customer", limit: 20, used: 20 });
    await expect(record(org, "bob", 1)).rejects.toMatchObject({ code: "limit_reached" });
    const teleport = { customerId: org, memberId: "ada", feature: "teleport" as "messages" };
    await expect(world.billing.members.check(teleport)).rejects.toMatchObject({ code: "unknown_feature" });
  });

  test("are refused where they make no sense, and nothing is changed", async () => {
    const org = newOrg();
    for (const [memberId, own, code] of [
      ["", 5, "invalid_customer_id"],
      ["x".repeat(201), 5, "invalid_customer_id"],
      ["ada", -1, "invalid_quantity"],
      ["ada", 1.5, "invalid_quantity"],
    ] as const)
      await expect(limit(org, memberId, own)).rejects.toMatchObject({ code });
    const wrong = { customerId: org, memberId: "ada", feature: "teleport" as "messages", limit: 1 };
    await expect(world.billing.members.setLimit(wrong)).rejects.toMatchObject({ code: "unknown_feature" });
    await expect(record(org, "", 1)).rejects.toMatchObject({ code: "invalid_customer_id" });
    const lists = world.billing.usage.recordMany([use(org, "ada", 1), use(org, "", 1)]);
    await expect(lists).rejects.toMatchObject({ code: "invalid_customer_id", details: { index: 1 } });
    expect(await readOf(org, "ada")).toMatchObject({ used: 0, limit: 5 });
  });

  test("begin anew with the customer's period, and follow a change within it", async () => {
    const one = await newChanger(world, { planId: "basic", interval: "month" });
    expect(await record(one.user, "ada", 10)).toMatchObject({
      member: { used: 10, limit: 10, remaining: 0 },
    });
    await one.change({ planId: "pro" });
    expect(await readOf(one.user, "ada")).toMatchObject({ used: 10, limit: 30, remaining: 20 });
    // What its plan bills beyond what is included is no member's to use without end.
    await expect(record(one.user, "ada", 21)).rejects.toMatchObject({
      details: { limitOf: "member", limit: 30 },
    });
    expect(await record(one.user, "ada", 20)).toMatchObject({ member: { used: 30 } });
    expect(await record(one.user, undefined, 500)).toMatchObject({ used: 530 });
    world.tick(32 * day);
    for (const event of world.events(one.user)) await world.deliver(event);
    expect(await readOf(one.user, "ada")).toMatchObject({ used: 0, limit: 30, remaining: 30 });
    expect(await record(one.user, "ada", 1)).toMatchObject({ used: 1, member: { used: 1 } });
  });

  test("stay counted for who left until the period is over; who is erased leaves nothing that names them", async () => {
    const org = newOrg();
    await record(org, "ada@example.com", 5);
    await record(org, "bob@example.com", 2);
    await limit(org, "ada@example.com", 9);
    await world.billing.members.remove({ customerId: org, memberId: "ada@example.com" });
    expect(await readOf(org, "ada@example.com")).toMatchObject({ used: 5, limit: 5, remaining: 0 });
    await limit(org, "ada@example.com", 9);
    await world.billing.members.erase({ customerId: org, memberId: "ada@example.com" });
    const kept = await (await world.billing.customers.export({ customerId: org })).json();
    expect(JSON.stringify(kept)).not.toContain("ada@");
    expect(kept.memberUsage).toMatchObject([{ memberId: "bob@example.com", used: 2 }]);
    // The organization goes on as it was.
    expect((await world.billing.usage.read(org)).messages).toMatchObject({ used: 7 });
    await world.billing.members.erase({ customerId: org, memberId: "ada@example.com" });
    expect(await readOf(org, "ada@example.com")).toMatchObject({ used: 0, limit: 5 });
  });

  test("survive a plan's departure from the catalog", async () => {
    const one = await newChanger(world, { planId: "basic", interval: "month" });
    const { basic: _, ...rest } = plans.plans as Record<string, unknown>;
    const later = world.instance({ plans: { ...plans, plans: rest } as unknown as ExampleCatalog });
    const reading = await later.members.read({ customerId: one.user, memberId: "ada" });
    expect(reading.messages).toMatchObject({ used: 0, limit: 10 });
  });
});

describeOnPostgres("limits of members, on two instances", (createStore) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ store: createStore(), rateLimits: false, jobs: "manual", plans });
  });
  afterAll(() => world.close());

  test("let exactly as many through as they allow, of 50 at once on two instances, one by one and in lists", async () => {
    const org = newOrg();
    const other = world.instance({ store: createStore() });
    const instances = [world.billing, other];
    const at = (n: number) => instances[n % 2] ?? other;
    const singles = Array.from({ length: 30 }, (_, n) =>
      at(n)
        .usage.record(use(org, n % 3 ? "ada" : "bob", 1))
        .then(
          () => "counted",
          () => "refused",
        ),
    );
    const lists = Array.from({ length: 4 }, (_, n) =>
      at(n).usage.recordMany(Array.from({ length: 5 }, (_, m) => use(org, m % 2 ? "ada" : "eve", 1))),
    );
    const outcomes = [
      ...(await Promise.all(singles)),
      ...(await Promise.all(lists)).flat().map((one) => one.outcome),
    ];
    expect(outcomes.filter((outcome) => outcome === "counted")).toHaveLength(15);
    for (const name of ["ada", "bob", "eve"])
      expect((await other.members.read({ customerId: org, memberId: name })).messages).toMatchObject({
        used: 5,
      });
    expect((await world.billing.usage.read(org)).messages).toMatchObject({ used: 15 });
  });
});
