import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "../each-store.js";
import { starterPrice, subscribe } from "../subscriber.js";
import { newUser, openWorld, type World } from "../world.js";
import { subscribeExisting } from "./existing-account.js";

describeEachStore("customers that nobody is linked to", (createStore) => {
  let world: World;
  let store: Store;
  let price: string;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    // By hand, so that a run finds what the background would have seen to.
    world = await openWorld({ store, jobs: "manual" });
    price = await starterPrice(world);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(3600);
  });

  const findAbout = async (subscriptionId: string, billing = world.billing) => {
    const { differences } = await billing.reconcile({ repair: true });
    return differences.filter((one) => one.subscriptionId === subscriptionId);
  };

  test("reports a customer that nobody knows, and links one that Tollgate made, with what waited", async () => {
    const unknown = await subscribeExisting(world, price, "unknown", {});
    const known = await subscribeExisting(world, price, "known", { tollgate_customer: user });
    const isCreation = (event: { readonly type: string; readonly data: { readonly object: object } }) =>
      event.type === "customer.subscription.created" &&
      (event.data.object as { readonly id?: string }).id === known.subscriptionId;
    const waiting = world.sandbox.events().find(isCreation);
    if (waiting === undefined) throw new Error("The subscription has no event.");
    await world.deliver(waiting);
    expect(await store.findEvent(waiting.id, "stripe")).toMatchObject({ state: "unmatched" });
    world.tick(3600);
    expect(await findAbout(unknown.subscriptionId)).toMatchObject([
      {
        cause: "orphaned_customer",
        providerCustomerId: unknown.customer,
        customerId: null,
        repaired: false,
      },
    ]);
    expect(await findAbout(known.subscriptionId)).toEqual([]);
    expect(await store.listSubscriptions(user)).toMatchObject([{ id: known.subscriptionId }]);
    // The subscription was read with the link, so its first event says nothing new.
    expect(await store.findEvent(waiting.id, "stripe")).toMatchObject({ state: "stale" });
  });

  test("never takes a customer from somebody who is linked already", async () => {
    await subscribe(world, user);
    for (const event of world.events(user)) await world.deliver(event);
    world.tick(3600);
    const before = await store.findCustomer(user, "stripe");
    const { subscriptionId } = await subscribeExisting(world, price, "twin", { tollgate_customer: user });
    world.tick(3600);
    const [difference] = await findAbout(subscriptionId);
    expect(difference).toMatchObject({ cause: "orphaned_customer", repaired: false });
    expect(difference?.message).toContain(before?.providerCustomerId);
    expect(await store.findCustomer(user, "stripe")).toEqual(before);
    expect(await store.findSubscription(subscriptionId, "stripe")).toBeNull();
  });

  test("whose customer is linked is known to subscribe: no click in between sells the plan again", async () => {
    await subscribeExisting(world, price, "known", { tollgate_customer: user });
    world.tick(3600);
    const clicks: number[] = [];
    const clicked: Store = {
      ...store,
      async linkCustomer(...args) {
        const outcome = await store.linkCustomer(...args);
        const body = { planId: "starter", interval: "month" };
        clicks.push((await world.call("POST", "/checkout", { as: user, body })).status);
        return outcome;
      },
    };
    await world.instance({ store: clicked }).reconcile({ repair: true });
    expect(clicks).toEqual([409]);
    expect(await world.checkouts(user)).toEqual([]);
  });

  test("treats hostile metadata as what it is: words", async () => {
    const hostile = await subscribeExisting(world, price, "hostile", { constructor: "a", toString: "b" });
    // The SDK itself can't send this key.
    await fetch(`${world.sandbox.url}/v1/customers/${hostile.customer}`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.sandbox.secretKey}` },
      body: new URLSearchParams({ "metadata[__proto__]": "polluted" }),
    });
    const named = await subscribeExisting(world, price, "named", { tollgate_customer: "__proto__" });
    world.tick(3600);
    const seen = new Map<string, readonly string[]>();
    const billing = world.instance({
      identifyCustomer: ({ providerCustomerId, metadata }) => {
        seen.set(providerCustomerId, Object.keys(metadata).sort());
        return "owner" in metadata || "hasOwnProperty" in metadata ? "somebody" : null;
      },
    });
    expect(await findAbout(hostile.subscriptionId, billing)).toMatchObject([{ repaired: false }]);
    expect(seen.get(hostile.customer)).toEqual(expect.arrayContaining(["constructor", "toString"]));
    expect(await store.listSubscriptions("__proto__")).toMatchObject([{ id: named.subscriptionId }]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("continues when `identifyCustomer` throws or returns nonsense", async () => {
    const names = ["throws", "nonsense", "fine"];
    for (const name of names) await subscribeExisting(world, price, `${user}_${name}`);
    world.tick(3600);
    const billing = world.instance({
      identifyCustomer: ({ metadata: { app_user: name = "" } }) => {
        if (name === `${user}_throws`) throw new Error("The users' database is away.");
        if (name === `${user}_nonsense`) return "";
        return name.startsWith(user) ? name : null;
      },
    });
    await billing.reconcile({ repair: true });
    expect(world.logged.filter(({ message }) => message === "identifyCustomer failed")).toHaveLength(2);
    for (const name of names) {
      expect(await store.listSubscriptions(`${user}_${name}`)).toHaveLength(name === "fine" ? 1 : 0);
    }
  });
});
