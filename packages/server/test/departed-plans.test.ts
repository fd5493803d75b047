import type { Catalog, Store } from "@tollgate/core";
import {
  buildCareItem,
  buildCatalog,
  buildSubscription,
  type ExampleCatalog,
  putSubscription,
} from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { appUrl } from "./requests.js";
import { watchDriver } from "./watch-driver.js";
import { newUser, openWorld, type World } from "./world.js";

const full = buildCatalog();

/** The example's catalog as it is after a deployment; no type knows a plan that is gone. */
function catalogOf(plans: Catalog["plans"]): ExampleCatalog {
  return { ...full, plans } as unknown as ExampleCatalog;
}

const { starter, ...others } = full.plans;
const withoutStarter = catalogOf(others);
const withRetired = catalogOf({ ...full.plans, starter: { ...starter, retired: true } });

describeEachStore("a plan that is removed from the catalog", (createStore) => {
  const watch = watchDriver();
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore(watch.wrap);
    world = await openWorld({ store, jobs: "manual" });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    user = newUser();
    world.tick(120);
    const id = await world.buy(user);
    await world.call("GET", `/checkout/${id}`, { as: user });
  });

  /** An instance of the release that has these plans; it must not close the store that it shares. */
  function release(plans: ExampleCatalog): World["billing"] {
    return world.instance({ plans, store: { ...store, close: async () => {} } });
  }
  const as = (id: string) => new Request(`${appUrl}/page`, { headers: { "x-user": id } });
  const accessOn = async (billing: World["billing"], id = user) => (await billing.access(as(id))).state;
  const isForSale = async () => (await world.dashboard.products.retrieve("tollgate_plan_starter")).active;

  test("stays with those who have it, as it was, and nobody else sees it", async () => {
    const before = await accessOn(world.billing);
    const next = release(withoutStarter);
    const { decidedAt: _, ...kept } = await accessOn(next);
    expect(before).toMatchObject(kept);
    expect(kept).toMatchObject({ planId: "starter", attention: null, features: { projects: { limit: 10 } } });
    const { body } = await world.call("GET", "/access", { as: user, billing: next });
    expect(body).toMatchObject({ planId: "starter", subscription: { planId: "starter", group: "main" } });
    const plans = (await world.call("GET", "/plans", { billing: next })).body.plans;
    expect(plans.map(({ id }: { id: string }) => id)).not.toContain("starter");
    expect(
      await next.usage.record({ customerId: user, feature: "messages", idempotencyKey: "1" }),
    ).toMatchObject({
      limit: 1000,
    });
    expect(await accessOn(next, newUser())).toMatchObject({ planId: "free" });
  });

  test("costs a cold check one statement, as any plan does", async () => {
    const next = release(withoutStarter);
    await accessOn(next, newUser());
    watch.start();
    await accessOn(next);
    expect(watch.count()).toBe(1);
  });

  test("is named by health, with how many are on it, until it is declared retired", async () => {
    const named = async (billing: World["billing"]) =>
      (await billing.health({ timeoutSeconds: 50 })).problems.filter((one) => one.includes("starter"));
    expect(await named(release(withoutStarter))).toEqual([
      expect.stringMatching(
        /no longer has the plan "starter", which \d+ customers? (is|are) on: they keep what it granted/,
      ),
    ]);
    expect(await named(release(withRetired))).toEqual([]);
    expect(await named(world.billing)).toEqual([]);
  });

  test("is not withdrawn by a push, unless the push is told to drop it or the plan is declared retired", async () => {
    await world.billing.pushPlans();
    const next = release(withoutStarter);
    const { length } = await store.countSubscribers([]);
    expect(length).toBeGreaterThan(0);
    const refused = next.pushPlans();
    await expect(refused).rejects.toMatchObject({
      code: "plan_in_use",
      status: 409,
      details: { plans: ["starter"] },
    });
    await expect(refused).rejects.toThrow(/"starter", which \d+ customers? (is|are) on.*retired.*drop/);
    expect(await isForSale()).toBe(true);
    await next.pushPlans({ drop: ["starter"] });
    expect(await isForSale()).toBe(false);
    expect(await accessOn(next)).toMatchObject({ planId: "starter" });

    await world.billing.pushPlans();
    await release(withRetired).pushPlans();
    expect(await isForSale()).toBe(false);
    await world.billing.pushPlans();
  });

  test("can't be dropped while the catalog has it", async () => {
    const dropping = world.billing.pushPlans({ drop: ["starter"] });
    await expect(dropping).rejects.toMatchObject({ code: "invalid_options" });
    expect(await isForSale()).toBe(true);
  });

  test("is remembered as it last was, even when it was never pushed", async () => {
    const richer = { ...starter, includes: { ...starter.includes, projects: 12 } };
    await accessOn(release(catalogOf({ ...full.plans, starter: richer })));
    const kept = await accessOn(release(withoutStarter));
    expect(kept.features.projects).toMatchObject({ limit: 12 });
    await accessOn(release(full));
  });

  test("is remembered as it is on sale: a push has the last word over an instance that started meanwhile", async () => {
    const selling = release(full);
    await accessOn(selling);
    const richer = { ...starter, includes: { ...starter.includes, projects: 12 } };
    await accessOn(release(catalogOf({ ...full.plans, starter: richer })));
    await selling.pushPlans();
    const { features } = await accessOn(release(withoutStarter));
    expect(features.projects).toMatchObject({ limit: 10 });
  });

  test("is met by an instance that never had it: the next release brought it", async () => {
    const old = release(full);
    await accessOn(old);
    const ultra = { ...starter, name: "Ultra", includes: { projects: 777 } };
    const planId = `ultra_${user}`;
    const on = async (id: string) =>
      putSubscription(store, buildSubscription({ id: `sub_${id}`, customerId: id, planId }));
    const [early, late] = [newUser(), newUser()];
    await on(early);
    await on(late);
    expect(await accessOn(old, early)).toMatchObject({ planId: "free", attention: "unknown_plan" });
    await accessOn(release(catalogOf({ ...full.plans, [planId]: ultra })));
    world.tick(61);
    expect(await accessOn(old, late)).toMatchObject({ planId, features: { projects: { limit: 777 } } });
    const second = newUser();
    const added = buildCareItem({ planId: `addon_${user}` });
    const items = [...buildSubscription().items, added];
    await putSubscription(store, buildSubscription({ id: `sub_${second}`, customerId: second, items }));
    await accessOn(
      release(catalogOf({ ...full.plans, [`addon_${user}`]: { ...full.plans.care, name: "Add-on" } })),
    );
    world.tick(61);
    expect(await accessOn(old, second)).toMatchObject({
      planId: "pro",
      features: { support: { allowed: true } },
    });
    for (const id of [early, late, second]) {
      await putSubscription(store, buildSubscription({ id: `sub_${id}`, customerId: id, status: "ended" }));
    }
  });

  test("that nothing is known about is asked for once a minute, not on every check", async () => {
    const [first, second] = [newUser(), newUser()];
    for (const id of [first, second]) {
      const subscription = buildSubscription({ id: `sub_${id}`, customerId: id, planId: "legacy" });
      await putSubscription(store, subscription);
    }
    const next = release(withoutStarter);
    await accessOn(next, newUser());
    watch.start();
    expect(await accessOn(next, first)).toMatchObject({ planId: "free", attention: "unknown_plan" });
    expect(watch.count()).toBe(2);
    await accessOn(next, second);
    expect(watch.count()).toBe(3);
    expect((await next.health({ timeoutSeconds: 50 })).problems).toContainEqual(
      expect.stringMatching(/"legacy", which 2 customers are on: nothing tells what it granted/),
    );
  });
});
