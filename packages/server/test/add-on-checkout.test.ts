import { afterAll, beforeAll, expect, test } from "vitest";
import { addOnCatalog } from "./add-on-catalog.js";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };

describeEachStore("a plan that is bought with add-ons", (createStore) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ store: createStore(), jobs: "manual", rateLimits: false, plans: addOnCatalog });
  });
  afterAll(() => world.close());

  const open = (as: string, body: object) => world.call("POST", "/checkout", { as, body });
  const accessOf = async (as: string) => (await world.call("GET", "/access", { as })).body;

  test("is shown with them by GET /plans, in the asked currency", async () => {
    const { body } = await world.call("GET", "/plans?currency=eur");
    expect(body.addOns).toMatchObject([
      { id: "storage", maximum: 20, prices: [{ amount: 450 }, { amount: 4_500 }] },
      { id: "help", plans: ["pro", "team"], prices: [] },
    ]);
  });

  test("is one subscription with a line for each, paid at once, and grants what they add up to", async () => {
    const user = newUser();
    const checkout = await world.buy(user, { ...starter, addOns: { storage: 2 } });
    const [session] = await world.checkouts(user);
    expect(session).toMatchObject({ amount_total: 1_900 });
    await world.call("GET", `/checkout/${checkout}`, { as: user });
    expect(await accessOf(user)).toMatchObject({
      planId: "starter",
      addOns: { storage: 2 },
      features: { projects: { limit: 30 } },
      subscription: { unitAmount: 900, addOns: [{ addOnId: "storage", quantity: 2, unitAmount: 500 }] },
    });
    for (const event of world.events(user)) await world.deliver(event);
    expect(await accessOf(user)).toMatchObject({ addOns: { storage: 2 } });
  });

  test("begins with a trial that is theirs as well", async () => {
    const user = newUser();
    const checkout = await world.buy(user, { planId: "pro", interval: "year", addOns: { storage: 1 } });
    expect((await world.checkouts(user))[0]).toMatchObject({ amount_total: 0 });
    await world.call("GET", `/checkout/${checkout}`, { as: user });
    expect(await accessOf(user)).toMatchObject({
      subscription: { status: "trialing", interval: "year", addOns: [{ unitAmount: 5_000 }] },
      features: { projects: { limit: 60 } },
    });
  });

  test("is one open checkout: the same add-ons find it again, others close it and open another", async () => {
    const user = newUser();
    const first = await open(user, { ...starter, addOns: { storage: 2 } });
    const again = await open(user, { ...starter, addOns: { storage: 2, help: 0 } });
    expect(again.body).toEqual(first.body);
    const more = await open(user, { ...starter, addOns: { storage: 3 } });
    const none = await open(user, starter);
    expect(new Set([first, more, none].map(({ body }) => body.id)).size).toBe(3);
    const states = (await world.checkouts(user)).map(({ id, status }) => [id, status]);
    expect(Object.fromEntries(states)).toEqual({
      [first.body.id]: "expired",
      [more.body.id]: "expired",
      [none.body.id]: "open",
    });
  });

  test("takes a code off all of it, or off what the code is for", async () => {
    const { coupons, promotionCodes } = world.dashboard;
    const code = async (params: object) => {
      const { id: coupon } = await coupons.create({ percent_off: 33.3, duration: "forever", ...params });
      return (await promotionCodes.create({ promotion: { type: "coupon", coupon } })).code;
    };
    const addOns = { storage: 1 };
    for (const [promotionCode, total] of [
      [await code({}), 1_400 - 466],
      [await code({ applies_to: { products: ["tollgate_plan_starter"] } }), 1_400 - 300],
    ] as const) {
      const user = newUser();
      const asked = { ...starter, addOns, code: promotionCode };
      const told = await world.call("POST", "/promotion-code", { as: user, body: asked });
      expect(told.body).toMatchObject({ fits: true, dueNow: total, regular: 1_400 });
      expect(await open(user, { ...starter, addOns, promotionCode })).toMatchObject({ status: 200 });
      expect((await world.checkouts(user))[0]).toMatchObject({ amount_total: total });
    }
  });

  test.each<[string, object, string, object]>([
    ["that there is not", { toString: 1 }, "unknown_add_on", { reason: "unknown" }],
    ["that is retired", { fax: 1 }, "unknown_add_on", { addOnId: "fax", reason: "retired" }],
    ["of another plan", { help: 1 }, "unknown_add_on", { addOnId: "help", reason: "plan" }],
    ["of which there are too many", { storage: 21 }, "invalid_quantity", { maximum: 20 }],
    ["of which there are less than none", { storage: -1 }, "invalid_body", {}],
    ["of which there is half", { storage: 0.5 }, "invalid_body", {}],
  ])("is refused with an add-on %s, and nothing is opened", async (_, addOns, code, details) => {
    const user = newUser();
    const refused = await open(user, { ...starter, addOns });
    expect(refused).toMatchObject({ status: 400, body: { error: { code, details } } });
    expect(await world.checkouts(user)).toEqual([]);
  });

  test("is refused with an add-on that is not sold by the plan's interval or in its currency", async () => {
    const yearly = { planId: "pro", interval: "year", addOns: { help: 1 } };
    const euros = { planId: "pro", interval: "month", currency: "eur", addOns: { help: 1 } };
    for (const [body, reason] of [
      [yearly, "interval"],
      [euros, "currency"],
    ] as const) {
      expect(await open(newUser(), body)).toMatchObject({
        status: 400,
        body: { error: { code: "unknown_add_on", details: { addOnId: "help", reason } } },
      });
    }
  });

  test("is not changed to what its add-ons can't be billed with, and nothing happens", async () => {
    const user = newUser();
    const checkout = await world.buy(user, { planId: "team", interval: "month", addOns: { help: 1 } });
    await world.call("GET", `/checkout/${checkout}`, { as: user });
    const ask = (body: object) => world.call("POST", "/subscription/preview", { as: user, body });
    const refused = (reason: string) => ({
      status: 400,
      body: { error: { code: "unknown_add_on", details: { addOnId: "help", reason } } },
    });
    expect(await ask({ planId: "starter" })).toMatchObject(refused("plan"));
    expect(await ask({ planId: "pro", interval: "year" })).toMatchObject(refused("interval"));
    expect(await ask({ planId: "pro" })).toMatchObject({ status: 200 });
  });

  test("is seen with an add-on that somebody added in the dashboard, at whatever price", async () => {
    const user = newUser();
    const checkout = await world.buy(user, starter);
    await world.call("GET", `/checkout/${checkout}`, { as: user });
    const link = await world.billing.customers.find(user);
    const { data } = await world.dashboard.subscriptions.list({ customer: link?.providerCustomerId ?? "" });
    const { data: prices } = await world.dashboard.prices.list({
      lookup_keys: ["tollgate:addon:storage:month:usd"],
    });
    const [subscription, price] = [data[0]?.id ?? "", prices[0]?.id ?? ""];
    await world.dashboard.subscriptionItems.create({ subscription, price, quantity: 4 });
    for (const event of world.events(user, "customer.subscription.updated")) await world.deliver(event);
    expect(await accessOf(user)).toMatchObject({
      addOns: { storage: 4 },
      features: { projects: { limit: 50 } },
    });
  });
});
