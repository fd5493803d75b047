import type { Store } from "@tollgate/core";
import { putSubscription } from "@tollgate/core/testing";
import type { StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { eventOf, planOf, setCancel, starterPrice, subscribe, subscribeByHand } from "./subscriber.js";
import { watchDriver } from "./watch-driver.js";
import { newUser, openWorld, type World } from "./world.js";

/** A delivery that is about to be made, and what holds once it was dealt with. */
interface Trial {
  readonly user: string;
  readonly event: StripeEvent;
  readonly settled: "applied" | "unmatched" | "ignored";
  /** The callbacks that it puts into the outbox, by type. */
  readonly callbacks: readonly string[];
  readonly plan: string;
}

/** A database that stays away is the harder case; `npm run prove` tries one that is back at once, too. */
const outages = process.env.TOLLGATE_CRASHES === "all" ? [true, false] : [true];

describeEachStore("a delivery whose database goes away", (createStore) => {
  const watch = watchDriver();
  let world: World;
  let store: Store;

  beforeAll(async () => {
    store = createStore(watch.wrap);
    // Nothing runs in the background, so that all statements are the delivery's.
    const on = {
      "subscription.activated": () => {},
      "subscription.cancel_scheduled": () => {},
      "payment.succeeded": () => {},
      "product.purchased": () => {},
    };
    world = await openWorld({ store, jobs: "manual", on });
  });
  afterAll(() => world.close());

  const trials: readonly [string, () => Promise<Trial>][] = [
    [
      "the first payment of a subscription",
      async () => {
        const user = newUser();
        const { activated } = await subscribe(world, user);
        const callbacks = ["subscription.activated"];
        return { user, event: activated, settled: "applied", callbacks, plan: "starter" };
      },
    ],
    [
      "a change that the app does not listen to",
      async () => {
        const user = newUser();
        const { activated, subscriptionId } = await subscribe(world, user);
        await world.deliver(activated);
        world.tick(10);
        await world.dashboard.subscriptions.update(subscriptionId, { metadata: { note: "x" } });
        const event = eventOf(world, user, "customer.subscription.updated");
        return { user, event, settled: "applied", callbacks: [], plan: "starter" };
      },
    ],
    [
      "a change within the second of another, which the provider settles",
      async () => {
        const user = newUser();
        const { activated, subscriptionId } = await subscribe(world, user);
        await world.deliver(activated);
        const event = await setCancel(world, user, subscriptionId, true);
        const callbacks = ["subscription.cancel_scheduled"];
        return { user, event, settled: "applied", callbacks, plan: "starter" };
      },
    ],
    [
      "an event of a customer who is not known",
      async () => {
        const user = newUser();
        await subscribeByHand(world, user, await starterPrice(world));
        const event = eventOf(world, user, "customer.subscription.created");
        return { user, event, settled: "unmatched", callbacks: [], plan: "free" };
      },
    ],
    [
      "a payment",
      async () => {
        const user = newUser();
        const { activated } = await subscribe(world, user);
        await world.deliver(activated);
        const event = eventOf(world, user, "invoice.paid");
        return { user, event, settled: "applied", callbacks: ["payment.succeeded"], plan: "starter" };
      },
    ],
    [
      "a product that was bought",
      async () => {
        const user = newUser();
        await world.buy(user, { productId: "credits" });
        const event = eventOf(world, user, "checkout.session.completed");
        return { user, event, settled: "applied", callbacks: ["product.purchased"], plan: "free" };
      },
    ],
  ];

  test("an event that only changes the store costs one statement while the subscription is remembered", async () => {
    const [, prepare] = trials[1] ?? [];
    if (prepare === undefined) throw new Error("There is such an event.");
    const { event } = await prepare();
    watch.start();
    await world.deliver(event);
    expect(watch.count()).toBe(1);
    // A duplicate is recognised by the same statement.
    await world.deliver(event);
    expect(watch.count()).toBe(2);
  });

  test("an event whose subscription somebody else saved meanwhile is settled all the same, by what is stored", async () => {
    const [, prepare] = trials[1] ?? [];
    if (prepare === undefined) throw new Error("There is such an event.");
    const { event, user, plan } = await prepare();
    const [subscription] = await store.listSubscriptions(user);
    if (subscription === undefined) throw new Error("The user has a subscription.");
    await putSubscription(store, subscription);
    watch.start();
    expect((await world.deliver(event)).status).toBe(200);
    // The one that lost, a read, and the one that won.
    expect(watch.count()).toBe(3);
    expect(await store.findEvent(event.id, "stripe")).toMatchObject({ state: "applied" });
    expect(await planOf(world, user)).toBe(plan);
  });

  const callbacksOf = async (user: string) => {
    const { callbacks } = await store.listCallbacks({ customerId: user, limit: 100 });
    return callbacks.map(({ type }) => type).reverse();
  };

  test.each(trials)(
    "%s: done once, by the retry at the latest, at whichever statement",
    async (_, prepare) => {
      const dry = await prepare();
      watch.start();
      expect((await world.deliver(dry.event)).status).toBe(200);
      const statements = watch.count();
      expect(statements).toBeGreaterThan(0);
      for (const forGood of outages) {
        for (const when of ["before", "after"] as const) {
          for (let n = 1; n <= statements; n += 1) {
            const trial = await prepare();
            const before = await callbacksOf(trial.user);
            watch.failAt(n, when, forGood);
            const { status, body } = await world.deliver(trial.event);
            watch.start();
            const where = `${when} statement ${n} of ${statements}${forGood ? ", for good" : ""}`;
            expect([200, 503], where).toContain(status);
            if (status === 503) expect(body.error.code, where).toBe("store_unavailable");
            expect((await world.deliver(trial.event)).status, where).toBe(200);
            const record = await store.findEvent(trial.event.id, "stripe");
            expect(record, where).toMatchObject({ state: trial.settled });
            expect(await planOf(world, trial.user), where).toBe(trial.plan);
            const after = await callbacksOf(trial.user);
            expect(after.slice(before.length), where).toEqual(trial.callbacks);
          }
        }
      }
    },
  );
});
