import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeEachStore } from "./each-store.js";
import { starterPrice, subscribe, subscribeByHand } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

/** A busy machine may take its time to open a store. */
const patient = { timeoutSeconds: 50 };

describeEachStore("what a probe is told", (createStore) => {
  let world: World;
  let store: Store;
  let broken = false;

  beforeAll(async () => {
    store = createStore();
    const on = {
      "subscription.activated": () => {
        if (broken) throw new Error("The app's own mistake.");
      },
    };
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());

  test("all is well while nothing waits", async () => {
    expect(await world.billing.health(patient)).toEqual({
      status: "ok",
      problems: [],
      store: {
        events: { unmatched: 0, failed: 0, givenUp: 0, oldestReceivedAt: null },
        callbacks: { waiting: 0, dead: 0, oldestWaitingAt: null, unheard: [] },
        usage: { failing: 0, oldestUsedAt: null },
      },
      loops: expect.any(Array),
      webhooks: { accepted: 0, refused: 0, lastAcceptedAt: null, lastRefusedAt: null },
      drift: { stripe: { comparedAt: null, oldestUndetectedSeconds: null, found: 0, repaired: 0 } },
    });
  });

  test("drift is how old a difference can be that no comparison has found, and what the last one found", async () => {
    const user = newUser();
    await subscribe(world, user);
    world.tick(3_600);
    const comparedAt = world.sandbox.now().toISOString();
    const { differences } = await world.billing.reconcile({ repair: true });
    world.tick(90);
    await world.billing.reconcile({ customerId: user });
    const found = differences.length;
    expect(found).toBeGreaterThan(0);
    const repaired = differences.filter((one) => one.repaired).length;
    const { drift } = await world.billing.health(patient);
    expect(drift).toEqual({ stripe: { comparedAt, oldestUndetectedSeconds: 90, found, repaired } });
  });

  test("an event about somebody unknown is counted and is nothing to worry about", async () => {
    const user = newUser();
    await subscribeByHand(world, user, await starterPrice(world));
    const [created] = world.events(user, "customer.subscription.created");
    if (created === undefined) throw new Error("The provider made no event.");
    expect((await world.deliver(created)).status).toBe(200);
    expect(await world.billing.health(patient)).toMatchObject({
      status: "ok",
      store: { events: { unmatched: 1 } },
    });
  });

  test("an event that failed degrades it until another try succeeds", async () => {
    const { activated } = await subscribe(world, newUser());
    const failing = world.instance({
      store: { ...store, findEventFacts: () => Promise.reject(new Error("A page is damaged.")) },
    });
    expect((await world.deliver(activated, { billing: failing })).status).toBe(500);
    expect(await world.billing.health(patient)).toMatchObject({
      status: "degraded",
      problems: ["1 events failed and will be tried again."],
    });
    expect((await world.deliver(activated)).status).toBe(200);
    await vi.waitFor(async () => expect((await world.billing.health(patient)).status).toBe("ok"));
  });

  test("callbacks that have waited for a quarter of an hour degrade it", async () => {
    broken = true;
    const { activated } = await subscribe(world, newUser());
    await world.deliver(activated);
    const { store: waiting } = await world.billing.health(patient);
    expect(waiting?.callbacks.waiting).toBeGreaterThan(0);
    const later = world.instance({ store, clock: () => new Date(Date.now() + 16 * 60_000), jobs: "manual" });
    expect(await later.health(patient)).toMatchObject({
      status: "degraded",
      problems: ["Callbacks have waited for long: do the jobs run?"],
    });
  });

  test("a store that is away is down, and so is one that does not answer in time", async () => {
    const away = world.instance({ store: { ...store, readHealth: () => Promise.reject(new Error("gone")) } });
    const down = {
      status: "down",
      problems: ["The store is out of reach."],
      store: null,
      loops: expect.any(Array),
      webhooks: { accepted: 0, refused: 0, lastAcceptedAt: null, lastRefusedAt: null },
    };
    expect(await away.health(patient)).toEqual(down);
    const slow = world.instance({ store: { ...store, readHealth: () => new Promise(() => undefined) } });
    expect(await slow.health({ timeoutSeconds: 0.05 })).toEqual(down);
  });
});
