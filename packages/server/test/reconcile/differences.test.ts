import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "../each-store.js";
import { setCancel, starterPrice, subscribe, subscribeByHand } from "../subscriber.js";
import { newUser, openWorld, type World } from "../world.js";
import { expectSameAsProvider } from "./same-as-provider.js";

describeEachStore("reconciling one customer", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const find = async () => (await world.billing.reconcile({ customerId: user })).differences;
  const repair = async () => (await world.billing.reconcile({ customerId: user, repair: true })).differences;

  test("finds nothing where every event arrived", async () => {
    await subscribeAndDeliver();
    expect(await world.billing.reconcile({ customerId: user })).toEqual({
      checked: 1,
      found: 0,
      repaired: 0,
      skipped: { otherApp: 0, otherDatabase: 0 },
      differences: [],
      complete: true,
      resumed: false,
    });
  });

  test("names the event that never arrived, and the fields that it changed", async () => {
    const { subscriptionId } = await subscribeAndDeliver();
    world.tick(60);
    const missed = await setCancel(world, user, subscriptionId, true);
    const [difference, ...others] = await find();
    expect(others).toEqual([]);
    expect(difference).toMatchObject({
      cause: "missed_event",
      subscriptionId,
      customerId: user,
      fields: [{ field: "cancelAt", stored: null, actual: expect.any(String) }],
      eventIds: [missed.id],
      repaired: false,
    });
    expect(difference?.message).toContain(missed.id);
    expect((await store.findSubscription(subscriptionId, "stripe"))?.cancelAt).toBeNull();
  });

  test("repairs a missed event, so that the store equals the provider and a second run finds nothing", async () => {
    const { subscriptionId } = await subscribeAndDeliver();
    world.tick(60);
    const missed = await setCancel(world, user, subscriptionId, true);
    expect(await repair()).toMatchObject([{ cause: "missed_event", repaired: true }]);
    await expectSameAsProvider(world, store, subscriptionId);
    expect(await store.findEvent(missed.id, "stripe")).toMatchObject({ state: "applied" });
    expect(await repair()).toEqual([]);
  });

  test("finds a whole purchase of which nothing arrived", async () => {
    const { subscriptionId } = await subscribe(world, user);
    expect(await find()).toMatchObject([{ cause: "missed_event", subscriptionId, customerId: user }]);
    expect(await repair()).toMatchObject([{ cause: "missed_event", repaired: true }]);
    await expectSameAsProvider(world, store, subscriptionId);
    expect(await repair()).toEqual([]);
  });

  test("knows a subscription that no checkout of ours opened as made by hand", async () => {
    const { providerCustomerId } = await subscribeAndDeliver();
    world.tick(60);
    await subscribeByHand(world, user, await starterPrice(world), providerCustomerId);
    const [difference] = await repair();
    expect(difference).toMatchObject({ cause: "manual_change", customerId: user, repaired: true });
    expect(difference?.message).toContain("not by a checkout");
    await expectSameAsProvider(world, store, difference?.subscriptionId ?? "");
    expect(await repair()).toEqual([]);
  });

  async function subscribeAndDeliver() {
    const { subscriptionId } = await subscribe(world, user);
    for (const event of world.events(user)) expect((await world.deliver(event)).status).toBe(200);
    const link = await store.findCustomer(user, "stripe");
    return { subscriptionId, providerCustomerId: link?.providerCustomerId ?? "" };
  }
});
