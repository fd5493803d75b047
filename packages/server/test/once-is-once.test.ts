import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SqlRunner } from "../src/stores/driver/sql-driver.js";
import { describeOnPostgres } from "./each-store.js";
import { eventOf, setCancel, starterPrice, subscribe, subscribeByHand } from "./subscriber.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

describeOnPostgres("two instances over one database", (createStore) => {
  let world: World;
  let store: Store;
  let other: World["billing"];
  let user: string;
  let beforeLink = async () => {};

  /** A link that is being made: its lock is held, and nothing is written yet. */
  const delayed = (tx: SqlRunner): SqlRunner => ({
    ...tx,
    async query(text, ...rest) {
      if (text.includes("INSERT INTO tollgate.customers")) await beforeLink();
      return tx.query(text, ...rest);
    },
  });

  beforeAll(async () => {
    store = createStore((driver) => ({
      ...driver,
      transaction: (work) => driver.transaction((tx) => work(delayed(tx))),
    }));
    world = await openWorld({ store });
    other = world.instance({ store: createStore() });
  });
  afterAll(async () => {
    await other.close();
    await world.close();
  });
  beforeEach(() => {
    user = newUser();
    beforeLink = async () => {};
    world.tick(60);
  });

  const clickOn = (billing: World["billing"], body: unknown) =>
    world.call("POST", "/checkout", { as: user, body, billing });
  const openSessions = async () => {
    const link = await store.findCustomer(user, "stripe");
    const sessions = await world.dashboard.checkout.sessions.list({
      customer: link?.providerCustomerId ?? "",
    });
    return sessions.data.filter(({ status }) => status === "open");
  };

  test("the same click on both gives one customer and one open checkout", async () => {
    const body = { planId: "starter", interval: "month" };
    const clicks = Array.from({ length: 8 }, (_, n) => clickOn(n % 2 === 0 ? world.billing : other, body));
    const answers = await Promise.all(clicks);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
    expect(world.events(user, "customer.created")).toHaveLength(1);
    expect(await openSessions()).toHaveLength(1);
  });

  test("different clicks on both leave one open checkout, the one that is stored", async () => {
    const answers = await Promise.all([
      clickOn(world.billing, { planId: "starter", interval: "month" }),
      clickOn(other, { planId: "pro", interval: "month" }),
      clickOn(world.billing, { planId: "pro", interval: "year" }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const open = await openSessions();
    expect(open).toHaveLength(1);
    expect(await store.findLatestCheckout(user, "plan:main")).toMatchObject({
      id: open[0]?.id,
      status: "open",
    });
  });

  test("the same event on both is applied once, and every answer is 200", async () => {
    const { created } = await subscribe(world, user);
    const deliveries = Array.from({ length: 10 }, (_, n) =>
      world.deliver(created, { billing: n % 2 === 0 ? world.billing : other }),
    );
    const answers = await Promise.all(deliveries);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await store.listSubscriptions(user)).toHaveLength(1);
  });

  test("a burst of changes within one second, delivered to both at once, ends as the provider has it", async () => {
    const { subscriptionId } = await subscribe(world, user);
    for (const cancel of [true, false, true, false, true])
      await setCancel(world, user, subscriptionId, cancel);
    const events = world.events(user, "customer.subscription.created", "customer.subscription.updated");
    const deliveries = [...events, ...events.toReversed()].map((event, n) =>
      world.deliver(event, { billing: n % 2 === 0 ? world.billing : other }),
    );
    const answers = await Promise.all(deliveries);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const [subscription] = await store.listSubscriptions(user);
    expect(subscription?.cancelAt).not.toBeNull();
  });

  test("an event that comes while its customer is being linked is applied, not left waiting", async () => {
    const customer = await subscribeByHand(world, user, await starterPrice(world));
    const event = eventOf(world, user, "customer.subscription.created");
    let delivery: Promise<unknown> | undefined;
    beforeLink = async () => {
      delivery = world.deliver(event, { billing: other });
      await new Promise((resolve) => setTimeout(resolve, 200));
    };
    await store.linkCustomer({ customerId: user, provider: "stripe", providerCustomerId: customer });
    await delivery;
    expect(await store.findEvent(event.id, "stripe")).toMatchObject({ state: "applied" });
    expect(await store.listSubscriptions(user)).toHaveLength(1);
  });

  test("a read from the provider that was overtaken within its second is not stored over the newer one", async () => {
    const { subscriptionId } = await subscribe(world, user);
    await world.deliver(await setCancel(world, user, subscriptionId, true));
    const tied = await setCancel(world, user, subscriptionId, false);
    let reads = 0;
    const overtaken = world.instance({
      store,
      provider: withParts(world.provider, {
        subscriptions: {
          async read(subscription) {
            const read = await world.provider.subscriptions.read(subscription);
            reads += 1;
            if (reads === 1) await world.deliver(await setCancel(world, user, subscriptionId, true));
            return read;
          },
        },
      }),
    });
    expect((await world.deliver(tied, { billing: overtaken })).status).toBe(200);
    expect(reads).toBe(2);
    expect((await store.listSubscriptions(user))[0]?.cancelAt).not.toBeNull();
  });
});
