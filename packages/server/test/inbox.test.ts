import type { Store } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Billing, BillingOptions } from "../src/index.js";
import { describeEachStore } from "./each-store.js";
import { eventOf, planOf, setCancel, starterPrice, subscribe, subscribeByHand } from "./subscriber.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("the inbox", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", on: { "subscription.cancel_scheduled": () => {} } });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  /** What the periodic job does. */
  async function retry(billing: Pick<Billing, "runJobs"> = world.billing): Promise<void> {
    await store.enqueueJobs([{ type: "retry_events" }]);
    await billing.runJobs();
  }
  const find = (event: { readonly id: string }) => store.findEvent(event.id, "stripe");
  const inSeconds = (seconds: number) =>
    new Date(world.sandbox.now().getTime() + seconds * 1000).toISOString();

  /** An app whose settling fails this many times. */
  function failing(times: number, options: Partial<BillingOptions<ExampleCatalog>> = {}) {
    let left = times;
    const settleEvent: Store["settleEvent"] = async (...args) => {
      left -= 1;
      if (left >= 0) throw new Error("out of disk, said the database of sk_live_secret");
      return store.settleEvent(...args);
    };
    return world.instance({ store: { ...store, settleEvent }, ...options });
  }

  test("a link that is made while an event is looked at is not missed by it", async () => {
    const providerCustomerId = await subscribeByHand(world, user, await starterPrice(world));
    const created = eventOf(world, user, "customer.subscription.created");
    let isLinked = false;
    const findEventFacts: Store["findEventFacts"] = async (event) => {
      const facts = await store.findEventFacts(event);
      const link = { customerId: user, provider: "stripe", providerCustomerId };
      if (!isLinked) await store.linkCustomer(link);
      isLinked = true;
      return facts;
    };
    const billing = world.instance({ store: { ...store, findEventFacts } });
    expect((await world.deliver(created, { billing })).status).toBe(200);
    expect(await find(created)).toMatchObject({ state: "applied" });
  });

  test("an event that failed is tried again in half a minute, without the provider", async () => {
    const { activated } = await subscribe(world, user);
    expect((await world.deliver(activated, { billing: failing(1) })).status).toBe(500);
    const record = await find(activated);
    expect(record).toMatchObject({ state: "failed", attempts: 1 });
    expect(record?.nextAttemptAt?.localeCompare(inSeconds(23))).toBe(1);
    expect(record?.nextAttemptAt?.localeCompare(inSeconds(37))).toBe(-1);
    await retry();
    expect(await planOf(world, user)).toBe("free");
    world.tick(40);
    await retry();
    expect(await planOf(world, user)).toBe("starter");
    expect(await find(activated)).toMatchObject({ state: "applied", attempts: 2, reason: null, event: null });
  });

  test("a genuine event that can't be read is kept and shown, and applied when it comes again as it should be", async () => {
    await world.buy(user, { productId: "credits" });
    const event = eventOf(world, user, "checkout.session.completed");
    const edited = structuredClone(event) as unknown as { data: { object: { metadata: object } } };
    edited.data.object.metadata = { ...edited.data.object.metadata, tollgate_quantity: "some" };
    for (const attempts of [1, 2]) {
      const answer = await world.deliver(edited as unknown as typeof event);
      expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_event" } } });
      expect(await find(event)).toMatchObject({ state: "failed", attempts, nextAttemptAt: null });
    }
    const { events } = await world.billing.events.list({ state: "failed" });
    expect(events).toContainEqual(
      expect.objectContaining({
        id: event.id,
        type: "unreadable",
        reason: "invalid_event: checkout.session.completed: The event's checkout has no whole quantity.",
      }),
    );
    await expect(world.billing.events.replay(event.id)).rejects.toMatchObject({ code: "invalid_event" });
    expect((await world.deliver(event)).status).toBe(200);
    const applied = { state: "applied", type: "checkout.completed", reason: null };
    expect(await find(event)).toMatchObject(applied);
  });

  test("what fails again and again waits longer each time, is given up, stays listed, and can be replayed", async () => {
    const { activated } = await subscribe(world, user);
    const broken = failing(1000);
    await world.deliver(activated, { billing: broken });
    const waits: number[] = [];
    for (let tries = 1; tries < 20; tries += 1) {
      const { nextAttemptAt } = (await find(activated)) ?? {};
      if (!nextAttemptAt) throw new Error(`It was given up after ${tries} tries.`);
      waits.push(Date.parse(nextAttemptAt) - world.sandbox.now().getTime());
      world.tick(Math.ceil((waits.at(-1) ?? 0) / 1000));
      await retry(broken);
    }
    expect(waits[6]).toBeGreaterThan((waits[3] ?? 0) * 4);
    expect(await find(activated)).toMatchObject({ state: "failed", attempts: 20, nextAttemptAt: null });
    const { events } = await world.billing.events.list({ state: "failed" });
    expect(events).toContainEqual(
      expect.objectContaining({ id: activated.id, reason: expect.stringMatching(/^internal: /) }),
    );
    expect(JSON.stringify(events)).not.toMatch(/disk|sk_live/);
    expect(await world.billing.events.replay(activated.id)).toEqual({ id: activated.id, state: "applied" });
    expect(await planOf(world, user)).toBe("starter");
  });

  test("an event that the provider must settle is kept while the provider is asked, and after a crash", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    const tie = await setCancel(world, user, subscriptionId, true);
    let during: unknown;
    // The process dies while it waits: nothing after it runs, not even the keeping of a failure.
    const dying: Store = {
      ...store,
      keepEvent: (head, kept) => (kept.state === "failed" ? never() : store.keepEvent(head, kept)),
    };
    const read = async () => {
      during = await find(tie);
      return never();
    };
    const provider = withParts(world.provider, { subscriptions: { read } });
    void world.deliver(tie, { billing: world.instance({ store: dying, provider }) });
    await expect.poll(() => during).toMatchObject({ state: "received", attempts: 1, event: { id: tie.id } });
    world.tick(60);
    await retry();
    expect(await find(tie)).toMatchObject({ state: "received" });
    world.tick(61);
    await retry();
    expect(await find(tie)).toMatchObject({ state: "applied", attempts: 2 });
    expect((await store.listSubscriptions(user))[0]?.cancelAt).not.toBeNull();
  });

  test("a provider out of reach is reported as such: 503, kept with our words only, applied later", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    const tie = await setCancel(world, user, subscriptionId, true);
    const { BillingError } = await import("../src/index.js");
    const down = { cause: new Error("req_123 of sk_test_x: rate limited") };
    const read = () => Promise.reject(new BillingError("provider_unavailable", "Out of reach.", down));
    const provider = withParts(world.provider, { subscriptions: { read } });
    const answer = await world.deliver(tie, { billing: world.instance({ provider }) });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: "provider_unavailable" } } });
    expect(await find(tie)).toMatchObject({
      state: "failed",
      attempts: 1,
      reason: "provider_unavailable: Out of reach.",
    });
    world.tick(60);
    await retry();
    expect(await find(tie)).toMatchObject({ state: "applied" });
  });

  test("what waits for a customer says so, and the job applies it once they are linked", async () => {
    const providerCustomerId = await subscribeByHand(world, user, await starterPrice(world));
    const created = eventOf(world, user, "customer.subscription.created");
    await world.deliver(created);
    const waiting = {
      state: "unmatched",
      reason: "its customer is not known yet",
      event: { id: created.id },
    };
    expect(await find(created)).toMatchObject(waiting);
    await retry();
    const reason = "nobody knows whose its customer is";
    expect(await find(created)).toMatchObject({ ...waiting, reason });
    await store.linkCustomer({ customerId: user, provider: "stripe", providerCustomerId });
    await retry();
    expect(await find(created)).toMatchObject({ state: "applied", reason: null, event: null });
    expect(await planOf(world, user)).toBe("starter");
  });

  test("of a settled event the store keeps what it was about and why it is as it is, but nothing of its content", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    world.tick(5);
    const scheduled = await setCancel(world, user, subscriptionId, true);
    for (const event of [scheduled, activated]) await world.deliver(event);
    const head = { provider: "stripe", subscriptionId };
    const settled = { attempts: 0, nextAttemptAt: null, event: null };
    const applied = { type: "subscription.updated", state: "applied", reason: null };
    expect(await find(scheduled)).toMatchObject({ ...head, ...settled, ...applied });
    const stale = { type: "subscription.created", state: "stale", reason: "a newer state is stored" };
    expect(await find(activated)).toMatchObject({ ...head, ...settled, ...stale });
  });

  test("lists what arrived, the latest first, page by page", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    world.tick(5);
    const scheduled = await setCancel(world, user, subscriptionId, true);
    await world.deliver(scheduled);
    const first = await world.billing.events.list({ limit: 1 });
    expect(first.events).toMatchObject([{ id: scheduled.id }]);
    const second = await world.billing.events.list({ limit: 1, after: first.next ?? "" });
    expect(second.events).toMatchObject([{ id: created.id }]);
    for (const options of [{ limit: 0 }, { limit: 101 }, { limit: 1.5 }, { after: "x" }]) {
      await expect(world.billing.events.list(options)).rejects.toMatchObject({ code: "invalid_query" });
    }
  });

  test("replaying a settled event brings the provider's state of now, never the event's state of then", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    world.tick(5);
    // Its event is lost.
    await setCancel(world, user, subscriptionId, true);
    expect(await world.billing.events.replay(activated.id)).toEqual({ id: activated.id, state: "applied" });
    expect((await store.listSubscriptions(user))[0]?.cancelAt).not.toBeNull();
    const { callbacks } = await store.listCallbacks({ customerId: user, limit: 10 });
    const told = ["subscription.cancel_scheduled", "subscription.activated"];
    expect(callbacks.map(({ type }) => type)).toEqual(told);
    await expect(world.billing.events.replay("evt_unknown")).rejects.toMatchObject({
      code: "event_not_found",
    });
  });

  test("keeps settled events for the retention, and what could not be settled four times as long", async () => {
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    const scheduled = await setCancel(world, user, subscriptionId, true);
    await world.deliver(scheduled, { billing: failing(1) });
    const pruneIn = async (days: number) => {
      const later = new Date(Date.parse(inSeconds(days * 86_400)));
      await store.enqueueJobs([{ type: "prune" }]);
      // It keeps failing, in case it is tried again meanwhile.
      await failing(1000, { eventRetentionDays: 31, clock: () => later }).runJobs();
    };
    await pruneIn(30);
    expect(await find(created)).not.toBeNull();
    await pruneIn(32);
    expect([await find(created), (await find(scheduled))?.state]).toEqual([null, "failed"]);
    await pruneIn(125);
    expect(await find(scheduled)).toBeNull();
  });
});

/** What a dead process does next. */
function never(): Promise<never> {
  return new Promise(() => {});
}
