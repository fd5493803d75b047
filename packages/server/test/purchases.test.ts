import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { eventOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("payments and purchases", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const { on, expectCalls } = recordCallbacks("payment.succeeded", "product.purchased");

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const deliverFiveTimes = async (type: string) => {
    const event = eventOf(world, user, type);
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.deliver(event)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const states = world.logged.flatMap(({ fields }) => (fields.eventId === event.id ? [fields.state] : []));
    expect(states.sort()).toEqual(["applied", "duplicate", "duplicate", "duplicate", "duplicate"]);
  };

  test("the app is told once about a payment that comes before its subscription", async () => {
    await subscribe(world, user);
    await deliverFiveTimes("invoice.paid");
    await expectCalls(user, ["payment.succeeded"]);
  });

  test("the app is told once about a payment of a subscription that is known", async () => {
    const { activated } = await subscribe(world, user);
    await world.deliver(activated);
    await deliverFiveTimes("invoice.paid");
    await expectCalls(user, ["payment.succeeded"]);
  });

  test("the app is told once what was bought, and it can be bought again", async () => {
    const body = { productId: "credits", quantity: 3 };
    const id = await world.buy(user, body);
    await deliverFiveTimes("checkout.session.completed");
    await expectCalls(user, ["product.purchased"]);
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "complete", url: null });
    const again = await world.call("POST", "/checkout", { as: user, body });
    expect(again.status).toBe(200);
    expect(again.body.id).not.toBe(id);
  });

  test("a checkout that ran out at the provider is known to have", async () => {
    const body = { planId: "starter", interval: "month" };
    const { body: opened } = await world.call("POST", "/checkout", { as: user, body });
    await world.dashboard.checkout.sessions.expire(opened.id);
    await world.deliver(eventOf(world, user, "checkout.session.expired"));
    expect(await store.findCheckout(opened.id, user)).toMatchObject({ status: "expired", url: null });
  });
});
