import type { CallbackData, Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { openBilling } from "./recipes/in-memory.js";
import { eventOf, planOf, setCancel, starterPrice, subscribe, subscribeByHand } from "./subscriber.js";
import { booksOf, payInAnotherTab } from "./two-tabs.js";
import { newUser, openWorld, type World } from "./world.js";

type Told = CallbackData["subscription.duplicate"];

describe("an app over memory()", () => {
  let world: World;
  let store: Store;
  let user: string;
  let time = Date.parse("2026-11-21T10:00:00Z");
  const told: string[] = [];
  const second: Told[] = [];

  beforeAll(async () => {
    store = memory({ clock: () => new Date(time) });
    world = await openWorld({
      store,
      jobs: "manual",
      on: {
        "subscription.activated": ({ customerId }) => void told.push(customerId),
        "subscription.duplicate": (data) => void second.push(data),
      },
    });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  it("sells, hears of it once, opens and closes access, and tells the app", async () => {
    expect(await planOf(world, user)).toBe("free");
    const { activated, subscriptionId } = await subscribe(world, user);
    for (let n = 0; n < 2; n += 1) expect((await world.deliver(activated)).status).toBe(200);
    expect(await planOf(world, user)).toBe("starter");
    await world.billing.runJobs();
    expect(told.filter((one) => one === user)).toEqual([user]);
    expect((await world.deliver(await setCancel(world, user, subscriptionId, true))).status).toBe(200);
    expect((await store.listSubscriptions(user))[0]?.cancelAt).toEqual(expect.any(String));
    const again = await world.call("POST", "/checkout", {
      as: user,
      body: { planId: "starter", interval: "month" },
    });
    expect(again).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
  });

  it("is the example's: each test has billing that knows nothing of another's", async () => {
    vi.stubEnv("STRIPE_SECRET_KEY", world.sandbox.secretKey);
    vi.stubEnv("STRIPE_WEBHOOK_SECRET", world.sandbox.webhookSecret);
    vi.stubEnv("STRIPE_API_BASE", world.sandbox.url);
    const [mine, another] = [openBilling(user), openBilling(user)];
    const toldOf: (readonly string[])[] = [];
    for (const billing of [mine, another]) {
      const { callbacks } = await billing.callbacks.list();
      toldOf.push(callbacks.map(({ id }) => id));
      expect((await billing.access(new Headers())).state.customerId).toBe(user);
      await billing.close();
    }
    expect(toldOf).toEqual([[], []]);
    vi.unstubAllEnvs();
  });

  it("gives one open checkout to twenty clicks at once", async () => {
    const body = { planId: "starter", interval: "month" };
    const click = () => world.call("POST", "/checkout", { as: user, body });
    const answers = await Promise.all(Array.from({ length: 20 }, click));
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
  });

  it("keeps an event of a customer who is not known, and applies it once they are", async () => {
    const providerCustomerId = await subscribeByHand(world, user, await starterPrice(world));
    const created = eventOf(world, user, "customer.subscription.created");
    await world.deliver(created);
    expect(await store.findEvent(created.id, "stripe")).toMatchObject({ state: "unmatched" });
    await store.linkCustomer({ customerId: user, provider: "stripe", providerCustomerId });
    await store.enqueueJobs([{ type: "retry_events" }]);
    await world.billing.runJobs();
    expect(await store.findEvent(created.id, "stripe")).toMatchObject({ state: "applied" });
    expect(await planOf(world, user)).toBe("starter");
  });

  it("gives the second of two payments back, and tells the app once", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    world.tick();
    await payInAnotherTab(world, user);
    for (const event of world.events(user)) await world.deliver(event);
    await world.billing.runJobs();
    await world.billing.runJobs();
    const books = { running: [subscriptionId], charged: 1800, refunded: 900, refunds: 1 };
    expect(await booksOf(world, user)).toEqual(books);
    expect(second.filter(({ customerId }) => customerId === user)).toHaveLength(1);
  });

  it("finds what was missed by comparing with the provider", async () => {
    await subscribe(world, user);
    world.tick(3600);
    const report = await world.billing.reconcile({ repair: true });
    expect(report.complete).toBe(true);
    expect(await planOf(world, user)).toBe("starter");
  });

  it("tries what failed again by its own clock", async () => {
    await world.billing.runJobs();
    let failures = 1;
    const billing = world.instance({
      store,
      jobs: "manual",
      on: {
        "subscription.activated": () => {
          failures -= 1;
          if (failures >= 0) throw new Error("The mail server is away.");
        },
      },
    });
    await world.deliver((await subscribe(world, user)).activated, { billing });
    expect(await billing.runJobs()).toMatchObject({ failed: 1 });
    const stateOf = async () => (await store.listCallbacks({ customerId: user, limit: 9 })).callbacks;
    expect(await stateOf()).toMatchObject([{ state: "waiting", attempts: 1 }]);
    time += 3_600_000;
    await billing.runJobs();
    expect(await stateOf()).toMatchObject([{ state: "delivered", attempts: 2 }]);
    await billing.close();
  });
});
