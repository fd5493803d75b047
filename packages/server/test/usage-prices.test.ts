import { definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { newChanger } from "./changer.js";
import { openWorld, type World } from "./world.js";

const plans = definePlans({
  features: { messages: { type: "metered", name: "Messages", reset: "period" } },
  plans: {
    free: { name: "Free", includes: { messages: 3 } },
    basic: {
      name: "Basic",
      prices: { month: { usd: 900 }, year: { usd: 9_000 } },
      includes: { messages: 5 },
    },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900 }, year: { usd: 29_000 } },
      includes: { messages: 10 },
      usage: { messages: { perUnit: { usd: 2 } } },
    },
    packs: {
      name: "Packs",
      prices: { month: { base: { usd: 4_900 }, perSeat: { usd: 900 }, included: 5 } },
      includes: {},
      usage: { messages: { perPackage: { usd: 100 }, size: 10 } },
    },
  },
});

let world: World;
beforeAll(async () => {
  // The catalog has plans of its own; what a world does with it is the same.
  const catalog = plans as unknown as ExampleCatalog;
  world = await openWorld({ store: memory(), rateLimits: false, jobs: "manual", plans: catalog });
});
afterAll(() => world.close());

const record = (customerId: string, quantity: number) =>
  world.billing.usage.record({
    customerId,
    feature: "messages",
    quantity,
    idempotencyKey: crypto.randomUUID(),
  });
const lookup = async (key: string) =>
  (await world.dashboard.prices.list({ lookup_keys: [key], expand: ["data.tiers"] })).data[0];
const linesOf = async (id: string) => (await world.dashboard.subscriptions.retrieve(id)).items.data;

test("a push makes a meter and a price for each plan and interval, once", async () => {
  const { data } = await world.dashboard.billing.meters.list();
  expect(data).toMatchObject([{ event_name: "tollgate_messages", display_name: "Messages" }]);
  expect(await lookup("tollgate:usage:pro:messages:month:usd")).toMatchObject({
    recurring: { usage_type: "metered", meter: data[0]?.id, interval: "month" },
    tiers_mode: "graduated",
    tiers: [
      { up_to: 10, unit_amount: 0, flat_amount: null },
      { up_to: null, unit_amount: 2 },
    ],
  });
  expect(await world.billing.comparePlans()).toMatchObject({ isUpToDate: true, changes: [] });
  const again = await world.billing.pushPlans();
  expect(new Set(again.map(({ action }) => action))).toEqual(new Set(["unchanged"]));
  const next = {
    ...plans,
    plans: { ...plans.plans, pro: { ...plans.plans.pro, includes: { messages: 20 } } },
  };
  expect((await world.billing.comparePlans({ plans: next })).summary).toContain(
    "Messages with Pro per month in USD was nothing up to 10, then $0.02 each and is nothing up to 20, then $0.02 each from now on; nobody pays the old one.",
  );
});

test("what is used beyond what a plan includes is billed, and never denied", async () => {
  const one = await newChanger(world, { planId: "pro", interval: "month" });
  const { id, latest_invoice } = await one.subscription();
  expect(await linesOf(id)).toHaveLength(2);
  expect((await one.invoices())[0]?.total).toBe(2_900);
  const { body } = await world.call("GET", "/access", { as: one.user });
  expect(body.features.messages).toMatchObject({ allowed: true, limit: 10, overage: "billed" });
  for (const key of ["a", "b"]) {
    await world.billing.usage.record({
      customerId: one.user,
      feature: "messages",
      quantity: 9,
      idempotencyKey: key,
    });
  }
  expect((await world.billing.usage.read(one.user)).messages).toMatchObject({
    used: 18,
    limit: 10,
    remaining: null,
  });
  const access = await world.billing.access(new Headers({ "x-user": one.user }));
  expect(access.check("messages")).toEqual({ allowed: true, limit: null, remaining: null });
  world.tick();
  expect(await world.billing.usage.report({ customerId: one.user })).toEqual({ told: 1, failed: 0 });
  expect(await world.billing.usage.report()).toEqual({ told: 0, failed: 0 });
  world.tick(32 * 24 * 3600);
  const renewal = (await one.invoices()).find((invoice) => invoice.id !== latest_invoice);
  expect(renewal?.total).toBe(2_900 + 8 * 2);
});

test("a plan that bills no use ends it at what it includes", async () => {
  const one = await newChanger(world, { planId: "basic", interval: "month" });
  const record = (quantity: number) =>
    world.billing.usage.record({
      customerId: one.user,
      feature: "messages",
      quantity,
      idempotencyKey: String(quantity),
    });
  await record(4);
  await expect(record(2)).rejects.toMatchObject({ code: "limit_reached" });
});

test("lines for use come and go with their plan: now, at the period's end, and in the preview", async () => {
  const one = await newChanger(world, { planId: "basic", interval: "month" });
  const { id } = await one.subscription();
  const up = await one.agree({ planId: "pro" });
  expect(up.answer.status).toBe(200);
  const pro = await linesOf(id);
  expect(pro.map(({ price }) => price.lookup_key)).toEqual([
    "tollgate:plan:pro:month:usd",
    "tollgate:usage:pro:messages:month:usd",
  ]);
  await one.hear();
  const down = await one.change({ planId: "basic" });
  expect(down.body.status).toBe("scheduled");
  world.tick(32 * 24 * 3600);
  expect((await linesOf(id)).map(({ price }) => price.lookup_key)).toEqual(["tollgate:plan:basic:month:usd"]);
});

test("a change that ends the billing of use charges what was used, as previewed", async () => {
  const one = await newChanger(world, { planId: "pro", interval: "month" });
  await record(one.user, 25);
  world.tick(5 * 24 * 3600);
  const { body: shown } = await one.preview({ planId: "packs", quantity: 6 });
  const before = await one.charged();
  const changed = await one.change({ planId: "packs", quantity: 6, preview: shown.token });
  expect(changed.body.status).toBe("changed");
  expect((await one.charged()) - before).toBe(shown.dueNow);
  expect(shown.lines.some(({ amount }: { amount: number }) => amount === 15 * 2)).toBe(true);
});

test("use between the preview and the change is not charged without being shown", async () => {
  const one = await newChanger(world, { planId: "pro", interval: "month" });
  world.tick(3600);
  const { body: shown } = await one.preview({ planId: "packs", quantity: 5 });
  await record(one.user, 500);
  world.tick(60);
  const answer = await one.change({ planId: "packs", quantity: 5, preview: shown.token });
  expect(answer.body.error?.code).toBe("preview_outdated");
});

test("an end at once bills what was used until then", async () => {
  const one = await newChanger(world, { planId: "pro", interval: "month" });
  await record(one.user, 60);
  world.tick(3600);
  await world.billing.subscriptions.cancel({ customerId: one.user, at: "now", settlement: "nothing" });
  world.tick(2 * 3600);
  expect((await one.invoices()).map(({ total, status }) => [total, status])).toContainEqual([100, "paid"]);
});
