import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { planOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("a subscription that is given to somebody else", (createStore) => {
  let world: World;
  let store: Store;
  let ada: string;
  let org: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    ada = newUser();
    org = newUser();
    world.tick(60);
  });

  const begin = async (user: string) => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    return subscriptionId;
  };
  const move = (subscriptionId: string, from = ada, to = org) =>
    world.billing.subscriptions.move({ subscriptionId, from, to });
  const plans = async () => ({ ada: await planOf(world, ada), org: await planOf(world, org) });
  const accountOf = async (user: string) => (await store.findCustomer(user, "stripe"))?.providerCustomerId;

  test("access follows at once, and stays through late webhooks in any order", async () => {
    const id = await begin(ada);
    const account = await accountOf(ada);
    expect(await move(id)).toMatchObject({ outcome: "moved", subscription: { id, customerId: org } });
    expect(await plans()).toEqual({ ada: "free", org: "starter" });
    world.tick(40 * 86_400);
    for (const event of world.events(ada).toReversed()) await world.deliver(event);
    await world.billing.runJobs();
    expect(await plans()).toEqual({ ada: "free", org: "starter" });
    expect(await accountOf(org)).toBe(account);
    expect((await world.provider.customers.read(account ?? ""))?.customerId).toBe(org);
    expect(await move(id)).toMatchObject({ outcome: "unchanged" });
    // The organisation manages it; the person has nothing left to manage.
    expect(await world.call("POST", "/subscription/cancel", { as: org, body: {} })).toMatchObject({
      status: 200,
    });
    expect(await world.call("POST", "/subscription/cancel", { as: ada, body: {} })).toMatchObject({
      status: 409,
    });
    const member = { as: org, role: "member", body: {} } as const;
    expect(await world.call("POST", "/subscription/resume", member)).toMatchObject({ status: 403 });
    expect((await world.billing.reconcile({ customerId: org })).differences).toEqual([]);
  });

  test("whoever gave it away buys as a customer of their own, and what was used is not used anew", async () => {
    const id = await begin(ada);
    const account = await accountOf(ada);
    const use = { feature: "messages", quantity: 3, idempotencyKey: "once" } as const;
    await world.billing.usage.record({ customerId: ada, ...use });
    await move(id);
    expect((await world.billing.usage.read(org)).messages).toMatchObject({ used: 3 });
    await begin(ada);
    expect(await accountOf(ada)).not.toBe(account);
    expect(await plans()).toEqual({ ada: "starter", org: "starter" });
  });

  test("nothing moves onto a second one of its group, nor away from what is billed with it", async () => {
    const id = await begin(ada);
    const second = await begin(org);
    await expect(move(id)).rejects.toMatchObject({ code: "already_subscribed" });
    await expect(move(second, org, ada)).rejects.toMatchObject({ code: "already_subscribed" });
    await expect(move("sub_nobodys")).rejects.toMatchObject({ code: "nothing_to_manage" });
    expect(await plans()).toEqual({ ada: "starter", org: "starter" });
    await world.dashboard.subscriptions.cancel(id);
    await expect(move(id, ada, newUser())).rejects.toMatchObject({ code: "subscription_ended" });
  });

  test("the provider's customer is named anew even where the provider was out of reach, or nobody called again", async () => {
    const id = await begin(ada);
    const account = (await accountOf(ada)) ?? "";
    await move(id);
    const nameOf = async () => (await world.provider.customers.read(account))?.customerId;
    expect(await nameOf()).toBe(ada);
    await world.billing.runJobs();
    expect(await nameOf()).toBe(org);
  });

  test("what was open at either is closed, and moving there and back leaves each as they were", async () => {
    const id = await begin(ada);
    const open = await world.call("POST", "/checkout", { as: org, body: { productId: "credits" } });
    await move(id);
    await expect(world.pay(open.body.id)).rejects.toThrow();
    await move(id, org, ada);
    expect(await plans()).toEqual({ ada: "starter", org: "free" });
    const both = await Promise.allSettled([move(id), move(id), move(id)]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    expect(await plans()).toEqual({ ada: "free", org: "starter" });
  });
});
