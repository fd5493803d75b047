import { type BillingProvider, type Catalog, definePlans, type PlanDefinition } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createBilling } from "../src/index.js";

import { memory } from "../src/stores/memory/memory.js";
import { appUrl, readIdentity } from "./requests.js";
import { portalOf, withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const includes = { export: true } as const;
const features = { export: { type: "switch", name: "Export" } } as const;
const perSeat = (usd: number, minimum: number, maximum: number) => ({
  month: { perSeat: { usd }, minimum, maximum },
});

const plans = definePlans({
  features,
  plans: {
    solo: { name: "Solo", prices: { month: { usd: 900 }, year: { usd: 9000 } }, includes },
    pro: {
      name: "Pro",
      trialDays: 14,
      prices: { month: { usd: 2900 }, year: { usd: 29_000 } },
      includes,
    },
    max: { name: "Max", prices: { month: { usd: 9900 } }, includes },
    team: { name: "Team", prices: perSeat(1500, 2, 20), includes },
    guild: { name: "Guild", prices: perSeat(2500, 5, 20), includes },
  },
});

let world: World;
let user: string;
let billing: ReturnType<typeof billingFor>;

const billingFor = (catalog: Catalog, provider: BillingProvider = world.provider) =>
  createBilling({
    plans: catalog,
    provider,
    store,
    appUrl,
    identify: readIdentity,
    environment: "development",
    clock: world.sandbox.now,
    reconcileEveryHours: 0,
    jobs: "manual",
  });

const store = memory();

beforeAll(async () => {
  world = await openWorld({ store });
  billing = billingFor(plans);
  await billing.pushPlans();
});
afterAll(() => world.close());
beforeEach(() => {
  user = newUser();
  world.tick(60);
});

const call = (method: string, path: string, body?: unknown, by = billing) =>
  world.call(method, path, { as: user, billing: by, ...(body !== undefined && { body }) });

/** Buys, and returns the provider's id of the subscription. */
async function buy(
  planId: string,
  more: { interval?: "month" | "year"; quantity?: number } = {},
  by = billing,
) {
  const opened = await call("POST", "/checkout", { planId, interval: "month", ...more }, by);
  expect(opened.status).toBe(200);
  await world.pay(opened.body.id);
  await call("GET", `/checkout/${opened.body.id}`, undefined, by);
  const [subscription] = await store.listSubscriptions(user);
  if (subscription === undefined) throw new Error("Nothing was bought.");
  return subscription.id;
}

async function openPortal(flow?: string, by = billing): Promise<string> {
  const { body, status } = await call(
    "POST",
    "/portal",
    { returnUrl: "/account", ...(flow && { flow }) },
    by,
  );
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.url;
}

const priceOf = async (planId: string, interval = "month") => {
  const lookup_keys = [`tollgate:plan:${planId}:${interval}:usd`];
  const [price] = (await world.dashboard.prices.list({ lookup_keys })).data;
  if (price === undefined) throw new Error(`${planId} was not pushed.`);
  return price.id;
};

/** Confirms a switch on the portal's page; the page's status. */
async function switchTo(id: string, planId: string, { interval = "month", query = "" } = {}) {
  const portal = await openPortal("switch_plan");
  const page = `${portal}/switch/${id}/${await priceOf(planId, interval)}${query}`;
  return (await fetch(page, { method: "POST", redirect: "manual" })).status;
}

async function read(id: string) {
  const { items, status, schedule, customer } = await world.dashboard.subscriptions.retrieve(id);
  const [item] = items.data;
  const { data } = await world.dashboard.invoices.list({ customer: String(customer) });
  const paid = data.map(({ amount_paid }) => amount_paid);
  const waits = schedule !== null;
  return { price: item?.price.unit_amount, quantity: item?.quantity, status, waits, paid };
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, one) => sum + one, 0);

describe("a switch in the provider's portal keeps our rules", () => {
  test("seats never become several of a flat plan, nor a flat plan a team of one", async () => {
    const team = await buy("team", { quantity: 5 });
    expect(await switchTo(team, "solo")).toBe(404);
    expect(await read(team)).toMatchObject({ price: 1500, quantity: 5, paid: [7500] });
    user = newUser();
    const solo = await buy("solo");
    expect(await switchTo(solo, "team")).toBe(404);
    expect(await read(solo)).toMatchObject({ price: 900, quantity: 1, paid: [900] });
  });

  test("seats stay within what the plan sells", async () => {
    const team = await buy("team", { quantity: 3 });
    for (const [query, quantity] of [
      ["?quantity=1", 3],
      ["?quantity=21", 3],
      ["?quantity=4", 4],
    ] as const) {
      await switchTo(team, "team", { query });
      expect(await read(team)).toMatchObject({ price: 1500, quantity });
    }
    expect(await switchTo(team, "guild")).toBe(303);
    expect(await read(team)).toMatchObject({ price: 2500, quantity: 5, waits: false });
  });

  test("a switch during a trial keeps the trial and charges nothing", async () => {
    const pro = await buy("pro");
    expect(await switchTo(pro, "pro", { interval: "year" })).toBe(303);
    expect(await read(pro)).toMatchObject({ price: 29_000, status: "trialing", waits: false });
    expect((await read(pro)).paid.every((paid) => paid === 0)).toBe(true);
  });

  test.each<[string, Parameters<typeof buy>, Parameters<typeof switchTo>[1], Parameters<typeof switchTo>[2]]>(
    [
      ["a cheaper plan", ["guild", { quantity: 5 }], "team", {}],
      ["fewer seats", ["team", { quantity: 5 }], "team", { query: "?quantity=2" }],
      ["a shorter interval", ["solo", { interval: "year" }], "solo", {}],
      ["a plan that costs more per month than the one per year", ["solo", { interval: "year" }], "max", {}],
    ],
  )("%s waits for the period's end, and gives nothing back", async (_name, bought, planId, to) => {
    const id = await buy(...bought);
    const before = await read(id);
    const offer = (await call("GET", "/access")).body.offers[planId];
    if (planId !== bought[0]) expect(offer).toMatchObject({ kind: "change", at: "period_end" });
    expect(await switchTo(id, planId, to)).toBe(303);
    expect(await read(id)).toEqual({ ...before, waits: true });
    for (const event of world.events(user)) await world.deliver(event, { billing });
    const [known] = await store.listSubscriptions(user);
    expect(known?.pendingChange).toMatchObject({ planId, interval: "month", at: known?.currentPeriod?.end });
    const { customer } = await world.dashboard.subscriptions.retrieve(id);
    expect(await world.dashboard.customers.retrieve(String(customer))).toMatchObject({ balance: 0 });
  });

  test("a dearer plan begins and is paid at once", async () => {
    const solo = await buy("solo");
    expect(await switchTo(solo, "solo", { interval: "year" })).toBe(303);
    const { price, waits, paid } = await read(solo);
    expect({ price, waits }).toEqual({ price: 9000, waits: false });
    expect(sumOf(paid)).toBe(9000);
    user = newUser();
    const other = await buy("solo");
    expect((await call("GET", "/access")).body.offers.pro).toEqual({
      kind: "change",
      to: "higher",
      at: "now",
    });
    expect(await switchTo(other, "pro")).toBe(303);
    const now = await read(other);
    expect(now).toMatchObject({ price: 2900, waits: false });
    expect(sumOf(now.paid)).toBe(2900);
  });

  test("while a change waits, the portal opens where it can be taken back", async () => {
    const id = await buy("guild", { quantity: 5 });
    await switchTo(id, "team");
    for (const flow of ["cancel", "switch_plan"]) {
      expect(await (await fetch(await openPortal(flow))).text()).toContain(`/keep/${id}`);
    }
  });

  test("what a portal can't switch is refused in words: a flat plan times three, several lines, sent invoices", async () => {
    const refused = { status: 409, body: { error: { code: "nothing_to_manage" } } };
    const solo = await buy("solo");
    const { items } = await world.dashboard.subscriptions.retrieve(solo);
    const item = items.data[0]?.id ?? "";
    const set = world.dashboard.subscriptions;
    await set.update(solo, { items: [{ id: item, quantity: 3 }] });
    expect(await call("POST", "/portal", { flow: "switch_plan" })).toMatchObject(refused);
    await set.update(solo, {
      items: [
        { id: item, quantity: 1 },
        { price: await priceOf("team"), quantity: 2 },
      ],
    });
    expect(await call("POST", "/portal", { flow: "switch_plan" })).toMatchObject(refused);
    user = newUser();
    const sent = await buy("solo");
    await set.update(sent, { collection_method: "send_invoice", days_until_due: 30 });
    expect(await call("POST", "/portal", { flow: "switch_plan" })).toMatchObject(refused);
    expect((await call("POST", "/portal", {})).status).toBe(200);
  });

  test("plans that were not pushed yet are no reason for a portal without them", async () => {
    const solo = await buy("solo");
    const { solo: soloPlan, pro } = plans.plans;
    const regrouped = { solo: { ...soloPlan, prices: perSeat(900, 1, 5) }, pro };
    const newer = billingFor(definePlans({ features, plans: { ...regrouped, guild: plans.plans.guild } }));
    await world.dashboard.billingPortal.configurations.list({ limit: 100 }).autoPagingEach(async (one) => {
      if (one.metadata?.tollgate_portal?.includes("per_seat"))
        await world.dashboard.billingPortal.configurations.update(one.id, { active: false });
    });
    expect(solo).toMatch(/^sub_/);
    expect(await call("POST", "/portal", { flow: "switch_plan" }, newer)).toMatchObject({
      body: { error: { code: "price_not_pushed" } },
    });
    await billing.pushPlans();
  });
});

/** The plans that access offers to switch to, theirs included. */
async function offered(by = billing): Promise<ReadonlySet<string>> {
  const { body } = await call("GET", "/access", undefined, by);
  const offers = Object.entries<{ kind: string }>(body.offers);
  return new Set(offers.filter(([, { kind }]) => kind === "change" || kind === "current").map(([id]) => id));
}

test("access offers the switches that the portal's page lists, and no others", async () => {
  for (const [planId, quantity] of [
    ["solo", 1],
    ["team", 5],
  ] as const) {
    user = newUser();
    await buy(planId, { quantity });
    const page = await (await fetch(await openPortal("switch_plan"))).text();
    const { plans: all } = plans;
    const shown = Object.entries(all).filter(([, { name }]) => page.includes(`>${name}<`));
    expect(await offered()).toEqual(new Set(shown.map(([id]) => id)));
    const { body } = await call("GET", "/access");
    expect(body.offers[planId === "solo" ? "team" : "solo"]).toMatchObject({ kind: "switch" });
  }
});

test("what the provider's pages can't do is neither offered nor opened", async () => {
  const portal = { ...portalOf(world.provider), cancels: false, switches: null, updatesPaymentMethod: false };
  const poor = withParts(world.provider, { manage: { portal } });
  const own = billingFor(plans, poor);
  await buy("solo", {}, own);
  const { body } = await call("GET", "/access", undefined, own);
  expect(body.offers).toMatchObject({
    // Our own change can.
    solo: { kind: "current", changes: false, switches: true },
    pro: { kind: "switch", to: "higher", at: "now" },
  });
  for (const flow of ["cancel", "switch_plan"]) {
    expect(await call("POST", "/portal", { flow }, own)).toMatchObject({
      status: 501,
      body: { error: { code: "not_supported", details: { provider: "stripe", flow } } },
    });
  }
  expect((await call("POST", "/portal", {}, own)).status).toBe(200);
  // The start page has a place for it.
  expect((await call("POST", "/portal", { flow: "update_payment_method" }, own)).status).toBe(200);
});

test("in a group of more plans than a portal shows, each is offered those next to it", async () => {
  const many = definePlans({
    features,
    plans: Object.fromEntries(
      Array.from({ length: 14 }, (_, n): [string, PlanDefinition<typeof features>] => [
        `step${n + 1}`,
        { name: `Step ${n + 1}`, group: "steps", prices: { month: { usd: 100 * (n + 1) } }, includes },
      ]),
    ),
  });
  const own = billingFor({ ...many, plans: { ...plans.plans, ...many.plans } });
  await own.pushPlans();
  const id = await buy("step12", {}, own);
  const page = await (await fetch(await openPortal("switch_plan", own))).text();
  const shown = [...page.matchAll(/Step \d+(?=<)/g)].map(([name]) => name);
  expect(new Set(shown)).toEqual(new Set([5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((n) => `Step ${n}`)));
  const names = [...(await offered(own))].map((planId) => planId.replace("step", "Step "));
  expect(new Set(names)).toEqual(new Set(shown));
  const url = `${await openPortal("switch_plan", own)}/switch/${id}/${await priceOf("step14")}`;
  expect((await fetch(url, { method: "POST", redirect: "manual" })).status).toBe(303);
  expect(await read(id)).toMatchObject({ price: 1400, quantity: 1 });
});
