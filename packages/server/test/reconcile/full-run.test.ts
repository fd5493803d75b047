import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ReconcileOptions } from "../../src/index.js";
import { describeEachStore } from "../each-store.js";
import { recordCallbacks } from "../record-callbacks.js";
import { eventOf, setCancel, subscribe } from "../subscriber.js";
import { withParts } from "../with-parts.js";
import { newUser, openWorld, type World } from "../world.js";
import { subscribeExisting } from "./existing-account.js";
import { expectSameAsProvider } from "./same-as-provider.js";

describeEachStore("comparing everything", (createStore) => {
  let world: World;
  let store: Store;
  let foreign: string;
  let user: string;
  const { on, expectCalls } = recordCallbacks("subscription.activated", "subscription.ended");

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
    foreign = await createForeignPrice(world);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(3600);
  });

  /** What a run over everything says about this one; the other tests' subscriptions are there too. */
  const findAbout = async (
    subscriptionId: string,
    options: Partial<ReconcileOptions> = {},
    billing = world.billing,
  ) => {
    const { differences, complete } = await billing.reconcile({ repair: true, ...options });
    expect(complete).toBe(true);
    return differences.filter((one) => one.subscriptionId === subscriptionId);
  };
  const buyAndDeliver = async (who = user) => {
    const { subscriptionId } = await subscribe(world, who);
    for (const event of world.events(who)) expect((await world.deliver(event)).status).toBe(200);
    world.tick(3600);
    return subscriptionId;
  };

  test("tells the app of a repaired activation, once, and logs it", async () => {
    const { subscriptionId } = await subscribe(world, user);
    world.tick(3600);
    expect(await findAbout(subscriptionId)).toMatchObject([{ cause: "missed_event", repaired: true }]);
    await expectSameAsProvider(world, store, subscriptionId);
    const warned = world.logged.filter(({ fields }) => fields.subscriptionId === subscriptionId);
    expect(warned).toMatchObject([
      { level: "warn", fields: { cause: "missed_event", customerId: user, repaired: true } },
    ]);
    for (const event of world.events(user)) expect((await world.deliver(event)).status).toBe(200);
    await expectCalls(user, ["subscription.activated"]);
  });

  test("waits for an event that may be on its way, and repairs it an hour later", async () => {
    const subscriptionId = await buyAndDeliver();
    await setCancel(world, user, subscriptionId, true);
    expect(await findAbout(subscriptionId)).toEqual([]);
    expect((await store.findSubscription(subscriptionId, "stripe"))?.cancelAt).toBeNull();
    world.tick(3600);
    expect(await findAbout(subscriptionId)).toMatchObject([{ cause: "missed_event", repaired: true }]);
    await expectSameAsProvider(world, store, subscriptionId);
  });

  test("does not take a read that a webhook overtook for a difference", async () => {
    const subscriptionId = await buyAndDeliver();
    await setCancel(world, user, subscriptionId, true);
    world.tick(3600);
    const event = eventOf(world, user, "customer.subscription.updated");
    const provider = withParts(world.provider, {
      subscriptions: {
        async inspect(subscription) {
          const read = await world.provider.subscriptions.inspect(subscription);
          if (subscription.id === subscriptionId) await world.deliver(event);
          return read;
        },
      },
    });
    expect(await findAbout(subscriptionId, {}, world.instance({ provider }))).toEqual([]);
    await expectSameAsProvider(world, store, subscriptionId);
  });

  test("names the event that failed, with its reason", async () => {
    const subscriptionId = await buyAndDeliver();
    const event = await setCancel(world, user, subscriptionId, true);
    const settleEvent = async () => Promise.reject(new Error("The disk is full."));
    const billing = world.instance({ store: { ...store, settleEvent } });
    expect((await world.deliver(event, { billing })).status).toBe(500);
    const [difference] = await findAbout(subscriptionId, { repair: false });
    expect(difference).toMatchObject({ cause: "missed_event", eventIds: [event.id] });
    expect(difference?.message).toContain(`${event.id} (subscription.updated) could not be applied`);
    expect(await findAbout(subscriptionId)).toMatchObject([{ repaired: true }]);
    expect(await store.findEvent(event.id, "stripe")).toMatchObject({ state: "applied" });
  });

  test("ends what a deleted customer subscribed to, and forgets the customer", async () => {
    const subscriptionId = await buyAndDeliver();
    const link = await store.findCustomer(user, "stripe");
    await world.dashboard.customers.del(link?.providerCustomerId ?? "");
    world.tick(3600);
    expect(await findAbout(subscriptionId)).toMatchObject([
      { cause: "customer_deleted", customerId: user, repaired: true },
    ]);
    expect((await store.findSubscription(subscriptionId, "stripe"))?.status).toBe("ended");
    expect(await store.findCustomer(user, "stripe")).toBeNull();
    await expectCalls(user, ["subscription.activated", "subscription.ended"]);
    expect(await findAbout(subscriptionId)).toEqual([]);
  });

  test("closes the plan of a subscription that was moved to a foreign price, then ends it", async () => {
    const subscriptionId = await buyAndDeliver();
    const { data } = await world.dashboard.subscriptionItems.list({ subscription: subscriptionId });
    const items = [{ id: data[0]?.id ?? "", price: foreign }];
    await world.dashboard.subscriptions.update(subscriptionId, { items });
    world.tick(3600);
    const [difference] = await findAbout(subscriptionId);
    expect(difference).toMatchObject({ cause: "unknown_price", repaired: true });
    expect(difference?.message).toContain(foreign);
    expect((await world.call("GET", "/access", { as: user })).body.planId).toBe("free");
    expect(await findAbout(subscriptionId)).toEqual([]);

    await world.dashboard.subscriptions.cancel(subscriptionId);
    world.tick(3600);
    expect(await findAbout(subscriptionId)).toMatchObject([{ repaired: true }]);
    expect((await store.findSubscription(subscriptionId, "stripe"))?.status).toBe("ended");
    expect(await findAbout(subscriptionId)).toEqual([]);
  });

  test("leaves other products of the account alone", async () => {
    const { subscriptionId } = await subscribeExisting(world, foreign, "somebody");
    world.tick(3600);
    expect(await findAbout(subscriptionId)).toEqual([]);
  });

  test("ends what the provider no longer has, unless it doesn't know the customer either", async () => {
    const gone = await buyAndDeliver();
    const other = newUser();
    const elsewhere = await buyAndDeliver(other);
    const { providerCustomerId } = (await store.findCustomer(other, "stripe")) ?? {};
    const isHidden = (id: string) => id === gone || id === elsewhere;
    const { subscriptions, customers } = world.provider;
    const provider = withParts(world.provider, {
      subscriptions: {
        async listAll(input) {
          const page = await subscriptions.listAll?.(input);
          if (page === undefined) throw new Error("There is no list.");
          return { ...page, items: page.items.filter(({ id }) => !isHidden(id)) };
        },
        inspect: async (subscription) =>
          isHidden(subscription.id)
            ? { value: null, asOf: "1970-01-01T00:00:00.000Z" }
            : subscriptions.inspect(subscription),
      },
      customers: { read: async (id) => (id === providerCustomerId ? null : customers.read(id)) },
    });
    const { differences } = await world.instance({ provider }).reconcile({ repair: true });
    const byId = new Map(differences.map((one) => [one.subscriptionId, one]));
    expect(byId.get(gone)).toMatchObject({ cause: "missing_at_provider", customerId: user, repaired: true });
    expect(byId.get(elsewhere)).toMatchObject({ cause: "missing_at_provider", repaired: false });
    expect(byId.get(elsewhere)?.message).toContain("another account");
    expect((await store.findSubscription(gone, "stripe"))?.status).toBe("ended");
    expect((await store.findSubscription(elsewhere, "stripe"))?.status).toBe("active");
    expect(await findAbout(gone)).toMatchObject([{ cause: "ended_in_store", repaired: false }]);
  });

  test("reads a subscription with a schedule by itself, because the list can't say its plans", async () => {
    const subscriptionId = await buyAndDeliver();
    await world.dashboard.subscriptionSchedules.create({ from_subscription: subscriptionId });
    world.tick(3600);
    await findAbout(subscriptionId);
    await expectSameAsProvider(world, store, subscriptionId);
    expect(await findAbout(subscriptionId)).toEqual([]);
  });
});

async function createForeignPrice(world: World): Promise<string> {
  const price = await world.dashboard.prices.create({
    currency: "usd",
    unit_amount: 4200,
    recurring: { interval: "month" },
    product_data: { name: "Something else" },
  });
  return price.id;
}
