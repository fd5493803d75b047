import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { eventOf, planOf, priceOf, setCancel, subscribe, subscriptionOf } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("in whatever order events come", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const { on, expectCalls } = recordCallbacks("subscription.activated", "subscription.ended");

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  test("the plan opens when the subscription's event arrives", async () => {
    const { activated } = await subscribe(world, user);
    expect(await planOf(world, user)).toBe("free");
    expect(await world.deliver(activated)).toMatchObject({ status: 200, body: { received: true } });
    expect(await planOf(world, user)).toBe("starter");
    await expectCalls(user, ["subscription.activated"]);
  });

  test("an event is applied once when it is delivered again and again", async () => {
    const { activated } = await subscribe(world, user);
    for (let time = 0; time < 3; time += 1) expect((await world.deliver(activated)).status).toBe(200);
    await expectCalls(user, ["subscription.activated"]);
  });

  test("an event is applied once when it is delivered twenty times at once", async () => {
    const { activated } = await subscribe(world, user);
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.deliver(activated)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await expectCalls(user, ["subscription.activated"]);
  });

  test("`updated` before `created` ends with the latest state", async () => {
    const { created, activated, subscriptionId } = await subscribe(world, user);
    world.tick();
    await world.deliver(await setCancel(world, user, subscriptionId, true));
    expect((await subscriptionOf(world, user)).cancelAt).not.toBeNull();
    for (const late of [created, activated]) {
      await world.deliver(late);
      expect(await store.findEvent(late.id, "stripe")).toMatchObject({ state: "stale" });
    }
    expect(await subscriptionOf(world, user)).toMatchObject({
      status: "active",
      cancelAt: expect.any(String),
    });
  });

  test("what has ended stays ended when a late `updated` arrives", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    world.tick();
    const updated = await setCancel(world, user, subscriptionId, true);
    world.tick();
    await world.dashboard.subscriptions.cancel(subscriptionId);
    await world.deliver(activated);
    await world.deliver(eventOf(world, user, "customer.subscription.deleted"));
    expect(await planOf(world, user)).toBe("free");
    await world.deliver(updated);
    expect(await planOf(world, user)).toBe("free");
    expect((await subscriptionOf(world, user)).status).toBe("ended");
    expect(await store.findEvent(updated.id, "stripe")).toMatchObject({ state: "stale" });
    await expectCalls(user, ["subscription.activated", "subscription.ended"]);
  });

  test.each(["as they happened", "the other way round"])(
    "two changes within one second end as the provider has it, delivered %s",
    async (order) => {
      const { activated, subscriptionId } = await subscribe(world, user);
      await world.deliver(activated);
      world.tick();
      const scheduled = await setCancel(world, user, subscriptionId, true);
      const undone = await setCancel(world, user, subscriptionId, false);
      expect(scheduled.created).toBe(undone.created);
      for (const event of order === "as they happened" ? [scheduled, undone] : [undone, scheduled]) {
        expect((await world.deliver(event)).status).toBe(200);
      }
      expect((await subscriptionOf(world, user)).cancelAt).toBeNull();
    },
  );

  test.each(["after", "before"])(
    "the first payment, within the second of `created`, opens the plan if it comes %s it",
    async (place) => {
      const { created, activated } = await subscribe(world, user);
      expect(created.created).toBe(activated.created);
      for (const event of place === "after" ? [created, activated] : [activated, created]) {
        await world.deliver(event);
      }
      expect(await planOf(world, user)).toBe("starter");
      await expectCalls(user, ["subscription.activated"]);
    },
  );

  test("many changes that are delivered all at once end as the provider has it", async () => {
    const { created, activated, subscriptionId } = await subscribe(world, user);
    const events = [created, activated];
    for (let turn = 1; turn <= 9; turn += 1) {
      if (turn % 3 !== 0) world.tick();
      events.push(await setCancel(world, user, subscriptionId, turn % 2 === 1));
    }
    const answers = await Promise.all([...events, ...events].reverse().map((event) => world.deliver(event)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await subscriptionOf(world, user)).cancelAt).toEqual(expect.any(String));
    await expectCalls(user, ["subscription.activated"]);
  });

  test("a store that fails is a 5xx with nothing done, kept with its reason, and the retry succeeds", async () => {
    const { activated } = await subscribe(world, user);
    let failures = 1;
    const settleEvent: Store["settleEvent"] = async (...args) => {
      failures -= 1;
      if (failures >= 0) throw new Error("The disk is full.");
      return store.settleEvent(...args);
    };
    const billing = world.instance({ store: { ...store, settleEvent } });
    const failed = await world.deliver(activated, { billing });
    expect(failed).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
    expect(JSON.stringify(failed.body)).not.toContain("disk");
    expect(world.logged.at(-1)).toMatchObject({
      level: "error",
      fields: { error: { message: "The disk is full." } },
    });
    expect(await planOf(world, user)).toBe("free");
    const record = await store.findEvent(activated.id, "stripe");
    expect(record).toMatchObject({ state: "failed", attempts: 1, event: { id: activated.id } });
    expect(record?.reason).toBe("internal: something went wrong inside; the log tells what");
    expect((await world.deliver(activated, { billing })).status).toBe(200);
    expect(await planOf(world, user)).toBe("starter");
    expect(await store.findEvent(activated.id, "stripe")).toMatchObject({ state: "applied", event: null });
  });

  test("one customer's subscriptions of two groups are never mixed up, nor is a planned change", async () => {
    const main = await subscribe(world, user);
    await world.buy(user, { planId: "care", interval: "month" });
    const care = eventOf(world, user, "customer.subscription.created");
    world.tick(5);
    await scheduleTeam(world, main.subscriptionId);
    const late = [
      ...world.events(user, "subscription_schedule.created", "subscription_schedule.updated"),
      ...world.events(user, "customer.subscription.created", "customer.subscription.updated"),
    ];
    for (const event of late.reverse()) expect((await world.deliver(event)).status).toBe(200);
    const all = await store.listSubscriptions(user);
    expect(all).toHaveLength(2);
    expect(all.find(({ group }) => group === "main")).toMatchObject({
      id: main.subscriptionId,
      planId: "starter",
      group: "main",
      pendingChange: { planId: "team" },
    });
    expect(all.find(({ group }) => group === "support")).toMatchObject({
      id: (care.data.object as { id: string }).id,
      planId: "care",
      status: "active",
      pendingChange: null,
    });
  });
});

/** Plans a change to two seats of the team plan at the end of the period, as a downgrade is planned. */
async function scheduleTeam(world: World, subscriptionId: string): Promise<void> {
  const { subscriptionSchedules } = world.dashboard;
  const schedule = await subscriptionSchedules.create({ from_subscription: subscriptionId });
  const [phase] = schedule.phases;
  if (phase === undefined) throw new Error("The schedule has no phase.");
  const items = phase.items.map(({ price, quantity }) => ({ price: String(price), quantity: quantity ?? 1 }));
  const team = await priceOf(world, "team");
  await subscriptionSchedules.update(schedule.id, {
    phases: [
      { items, start_date: phase.start_date, end_date: phase.end_date },
      { items: [{ price: team, quantity: 2 }], duration: { interval: "month", interval_count: 1 } },
    ],
  });
}
