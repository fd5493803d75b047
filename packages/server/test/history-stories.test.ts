import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { eventOf, setCancel, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("the history", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const timeline = async (of = user) => (await world.billing.timeline(of)).entries;
  const changes = async (of = user) =>
    (await timeline(of))
      .filter(({ kind }) => kind === "subscription")
      .map(({ what, cause }) => [what, cause.kind]);
  const begun = "Starter per month began, and is active. It brings in $9 more a month.";

  test("has each change once, whatever arrives twice, late or after it was read", async () => {
    const checkoutId = await world.buy(user);
    await world.call("GET", `/checkout/${checkoutId}`, { as: user });
    expect(await changes()).toEqual([[begun, "command"]]);
    world.tick(60);
    for (const event of [...world.events(user), ...world.events(user).toReversed()])
      await world.deliver(event);
    expect(await changes()).toEqual([[begun, "command"]]);
    const payments = (await timeline()).filter(({ kind }) => kind === "payment");
    expect(payments).toMatchObject([
      { what: "A payment of $9: succeeded.", status: "succeeded", amount: { amount: 900, currency: "usd" } },
    ]);
  });

  test("says what the provider told, when it happened there and when it counted here", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    world.tick(60);
    const cancelled = await setCancel(world, user, subscriptionId, true);
    const occurredAt = world.sandbox.now().toISOString();
    world.tick(3600);
    await world.deliver(cancelled);
    const [last] = await timeline();
    expect(last).toMatchObject({
      what: expect.stringMatching(/^Starter per month will end on 2026-1\d-\d\d\.$/),
      why: `The provider told it: subscription.updated, ${cancelled.id}.`,
      cause: { kind: "event", id: cancelled.id, type: "subscription.updated" },
      at: world.sandbox.now().toISOString(),
      occurredAt,
      changed: ["cancelAt"],
      monthly: { amount: 0, currency: "usd" },
      subscriptionId,
    });
    expect(last?.subscription?.cancelAt).not.toBeNull();
  });

  test("tells what was asked for here, and what a comparison repaired", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    world.tick(60);
    await world.billing.subscriptions.cancel({ customerId: user });
    world.tick(60);
    await world.dashboard.subscriptions.update(subscriptionId, { cancel_at_period_end: false });
    world.tick(60);
    await world.billing.reconcile({ customerId: user, repair: true });
    const causes = (await changes()).map(([, kind]) => kind);
    expect(causes.at(-1)).toBe("event");
    expect(causes.at(-2)).toBe("command");
    expect(causes).toHaveLength(3);
  });

  test("ends with what ended, and why the money stopped", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    world.tick(60);
    await world.dashboard.subscriptions.cancel(subscriptionId);
    await world.deliver(eventOf(world, user, "customer.subscription.deleted"));
    const [last] = (await store.listHistory({ customerId: user, after: null, limit: 9 })).entries;
    expect(last).toMatchObject({ status: "ended", mrr: 0, ending: "voluntary" });
    expect((await changes())[0]?.[0]).toBe("Starter per month has ended. It brings in $9 less a month.");
  });

  test("goes with what is given away, is exported, and keeps its numbers when its customer is deleted", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    const org = newUser();
    world.tick(60);
    await world.billing.subscriptions.move({ subscriptionId, from: user, to: org });
    expect(await changes(org)).toEqual([
      [`Starter per month was given to ${org}, and is active.`, "move"],
      [begun, "event"],
    ]);
    const exported = await (await world.billing.customers.export({ customerId: org })).json();
    expect(exported.history).toHaveLength(2);
    world.tick(60);
    const deleted = await world.billing.customers.delete({ customerId: org });
    const reference = deleted.outcome === "done" ? deleted.reference : "";
    expect(await timeline(org)).toEqual([]);
    const kept = await store.listHistory({ customerId: reference, after: null, limit: 9 });
    expect(kept.entries.map(({ mrr }) => mrr > 0)).toEqual([false, true, true]);
    expect(JSON.stringify(kept.entries)).not.toContain(`"${org}"`);
  });

  test("is read page by page, and by nothing but whole numbers", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    for (const cancel of [true, false, true]) {
      world.tick(60);
      await world.deliver(await setCancel(world, user, subscriptionId, cancel));
    }
    const all = await timeline();
    const first = await world.billing.timeline(user, { limit: 3 });
    const rest = await world.billing.timeline(user, { after: first.next ?? "" });
    expect([...first.entries, ...rest.entries]).toEqual(all);
    const refused = { code: "invalid_query" };
    await expect(world.billing.timeline(user, { limit: 0 })).rejects.toMatchObject(refused);
    await expect(world.billing.timeline(user, { after: "next" })).rejects.toMatchObject(refused);
    await expect(world.billing.timeline("")).rejects.toMatchObject({ code: "invalid_options" });
  });

  test("keeps the latest state of each subscription when it is pruned", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    world.tick(60);
    await world.deliver(await setCancel(world, user, subscriptionId, true));
    const later = new Date(world.sandbox.now().getTime() + 401 * 86_400_000);
    const instance = world.instance({ historyRetentionDays: 400, clock: () => later });
    await store.enqueueJobs([{ type: "prune" }]);
    await instance.runJobs();
    expect((await timeline()).map(({ cause }) => cause.kind)).toEqual(["beginning"]);
  });
});
