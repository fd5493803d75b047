import { type Catalog, definePlans, type Store } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const full = buildCatalog();
const { starter, pro, care, ...others } = full.plans;

/** Starter is dearer and grants fewer messages, Pro is sold by the quarter and no longer in euros, Care is left out. */
const next = definePlans({
  features: full.features,
  plans: {
    free: others.free,
    starter: {
      ...starter,
      prices: { month: { usd: 1_200, eur: 800 } },
      includes: { projects: 10, messages: 2 },
    },
    pro: { ...pro, prices: { month: { usd: 2_900 }, "3_months": { usd: 8_100 }, year: { usd: 29_000 } } },
    team: others.team,
    enterprise: others.enterprise,
  },
  products: full.products,
});

describeEachStore("before a catalog is pushed", (createStore) => {
  let world: World;
  let store: Store;
  const early = newUser();

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, rateLimits: false });
    for (const [user, planId] of [
      [early, "starter"],
      [newUser(), "starter"],
      [newUser(), "care"],
    ] as const) {
      const { body } = await world.call("POST", "/checkout", {
        as: user,
        body: { planId, interval: "month" },
      });
      await world.pay(body.id);
      await world.call("GET", `/checkout/${body.id}`, { as: user });
    }
    for (const idempotencyKey of ["1", "2", "3"]) {
      await world.billing.usage.record({ customerId: early, feature: "messages", idempotencyKey });
    }
  });
  afterAll(() => world.close());

  /** An instance of the release that has these plans; it must not close the store that it shares. */
  const release = (plans: Catalog) =>
    world.instance({
      plans: plans as unknown as ExampleCatalog,
      store: { ...store, close: async () => {} },
      jobs: "manual",
    });

  const everything = async () => {
    const [prices, products] = await Promise.all([
      world.dashboard.prices.list({ limit: 100 }),
      world.dashboard.products.list({ limit: 100 }),
    ]);
    return JSON.stringify([prices.data, products.data]);
  };

  test("nothing is to be done about the one that was", async () => {
    expect(await world.billing.comparePlans()).toEqual({
      provider: "stripe",
      isUpToDate: true,
      changes: [],
      inUse: [],
      summary: [],
    });
  });

  test("another one is compared in money, with the number of those who keep what they have; nothing is changed", async () => {
    const before = await everything();
    const compared = await world.billing.comparePlans({ plans: next });
    expect(compared.isUpToDate).toBe(false);
    expect(compared.summary).toEqual([
      "Starter per month in USD was $9 and is $12 from now on; 2 customers keep the old one.",
      "Pro per 3 months in USD is sold for $81 from now on.",
      "Pro per year in EUR was €270 and is no longer sold; nobody pays the old one.",
      "Pro per month in EUR was €27 and is no longer sold; nobody pays the old one.",
      "Care per month in USD was $5 and is no longer sold; 1 customer keeps the old one.",
      "Care is no longer in the catalog.",
      'The catalog no longer has the plan "care", which 1 customer is on: a push is refused until it is `retired`.',
    ]);
    expect(compared.inUse).toEqual([{ planId: "care", customers: 1 }]);
    expect(compared.changes).toContainEqual(
      expect.objectContaining({
        action: "replaced",
        catalogId: "starter",
        amounts: { was: 900, is: 1_200 },
        customers: 2,
      }),
    );
    expect(await everything()).toBe(before);
    await expect(release(next).pushPlans()).rejects.toMatchObject({ code: "plan_in_use" });
  });

  test("its impact is what everybody's access becomes, and no more", async () => {
    const impact = await world.billing.impact(next);
    expect(impact).toMatchObject({
      customers: 3,
      features: [
        { planId: "starter", feature: "messages", change: "lowered", from: 1_000, to: 2, customers: 2 },
      ],
      overLimit: [{ customerId: early, feature: "messages", used: 3, limit: 2 }],
      revenue: [{ currency: "usd", now: 2_300, atNewPrices: 2_900, customers: 2 }],
    });
    // And so it comes when that release runs.
    const asked = new Headers({ "x-user": early });
    expect((await release(next).access(asked)).check("messages")).toMatchObject({
      allowed: false,
      reason: "limit_reached",
    });
    expect((await world.billing.access(asked)).check("messages")).toMatchObject({ allowed: true });
  });

  test("after the push nothing is left to do, and those who keep the old price are still counted", async () => {
    const kept = definePlans({
      features: full.features,
      plans: { ...next.plans, care: { ...care, retired: true } },
      products: full.products,
    });
    const told = (await release(kept).comparePlans()).changes.map(({ action, catalogId }) => [
      action,
      catalogId,
    ]);
    const done = (await release(kept).pushPlans()).filter(({ action }) => action !== "unchanged");
    expect(done.map(({ action, catalogId }) => [action, catalogId])).toEqual(told);
    expect(await release(kept).comparePlans()).toMatchObject({ isUpToDate: true, changes: [] });
    expect((await world.billing.comparePlans()).summary[0]).toBe(
      "Starter per month in USD was $12 and is $9 from now on; nobody pays the old one.",
    );
  });

  test("an invalid catalog is refused by both", async () => {
    const wrong = { ...next, plans: {} };
    await expect(world.billing.comparePlans({ plans: wrong })).rejects.toMatchObject({
      code: "invalid_catalog",
    });
    await expect(world.billing.impact(wrong)).rejects.toMatchObject({ code: "invalid_catalog" });
    await expect(world.billing.comparePlans({ provider: "paddle" })).rejects.toMatchObject({
      code: "provider_not_configured",
    });
  });
});
