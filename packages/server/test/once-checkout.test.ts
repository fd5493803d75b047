import { definePlans, type Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { createMortal } from "./fail-at.js";
import { newUser, openWorld, type World } from "./world.js";

const plain = buildCatalog();
/** With two plans that have a trial, in two groups. */
const plans = definePlans({
  ...plain,
  plans: { ...plain.plans, care: { ...plain.plans.care, trialDays: 7 } },
}) as typeof plain;

const pro = { planId: "pro", interval: "month" };
const yearly = { planId: "pro", interval: "year" };
const care = { planId: "care", interval: "month" };
const starter = { planId: "starter", interval: "month" };

/** What a user has open at the provider, and which of it offers a trial. */
async function openSessions(world: World, store: Store, user: string) {
  const link = await store.findCustomer(user, "stripe");
  const customer = link?.providerCustomerId ?? "";
  const { data } = await world.dashboard.checkout.sessions.list({ customer, limit: 100 });
  const open = data.filter(({ status }) => status === "open");
  const records = await store.listTrialCheckouts(user);
  const offering = open.filter(({ id }) => records.some((one) => one.id === id && one.status === "open"));
  return { open, offering };
}

async function trialsOf(world: World, store: Store, user: string) {
  const link = await store.findCustomer(user, "stripe");
  const { data } = await world.dashboard.subscriptions.list({
    customer: link?.providerCustomerId ?? "",
    status: "all",
  });
  return data.filter(({ trial_end }) => trial_end !== null);
}

describeEachStore("one open checkout, one trial", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, plans });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const click = (body: unknown, billing = world.billing) =>
    world.call("POST", "/checkout", { as: user, body, billing });
  const open = async (body: unknown) => {
    const { status, body: opened } = await click(body);
    expect(status).toBe(200);
    return opened.id as string;
  };

  test("scenario 13: twenty clicks at once give one open checkout", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => click(starter)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await openSessions(world, store, user)).open).toHaveLength(1);
  });

  test("a trial that a checkout gave stays used, though the checkout is reported as expired afterwards", async () => {
    const id = await open(pro);
    await world.pay(id);
    // The checkout's own event alone: nothing is known about the subscription yet.
    const [completed] = world.events(user, "checkout.session.completed");
    if (completed === undefined) throw new Error("The checkout has no event.");
    await world.deliver(completed);
    await world.deliver({ ...completed, id: `${completed.id}late`, type: "checkout.session.expired" });
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "complete", trialDays: 14 });
    await open(care);
    expect(await store.findLatestCheckout(user, "plan:support")).toMatchObject({ trialDays: 0 });
  });

  test("scenario 20: a second tab with another trial closes the first one's page", async () => {
    const first = await open(pro);
    const second = await open(care);
    const { offering } = await openSessions(world, store, user);
    expect(offering.map(({ id }) => id)).toEqual([second]);
    expect(await world.dashboard.checkout.sessions.retrieve(first)).toMatchObject({ status: "expired" });
    expect(await store.findCheckout(first, user)).toMatchObject({ status: "expired", trialDays: 14 });
  });

  test("scenario 20: when the first tab has paid meanwhile, the second one offers no trial", async () => {
    await world.pay(await open(pro));
    await world.pay(await open(care));
    expect(await trialsOf(world, store, user)).toHaveLength(1);
  });

  test("scenario 20: nor when only the checkout's event has come, and not the subscription's", async () => {
    const first = await open(pro);
    await world.pay(first);
    const [completed] = world.events(user, "checkout.session.completed");
    if (completed === undefined) throw new Error("The checkout was not completed.");
    await world.deliver(completed);
    expect(await store.listSubscriptions(user)).toMatchObject([{ status: "trialing" }]);
    await world.pay(await open(care));
    expect(await trialsOf(world, store, user)).toHaveLength(1);
  });

  test("scenario 20: nor when the checkout is known to be complete, and its subscription is not stored", async () => {
    const first = await open(pro);
    await world.pay(first);
    // As left by a release that did not save a subscription when its checkout's event came.
    await store.settleCheckout({
      id: first,
      provider: "stripe",
      customerId: user,
      status: "complete",
      purchase: null,
    });
    expect(await store.listSubscriptions(user)).toEqual([]);
    await world.pay(await open(care));
    expect(await trialsOf(world, store, user)).toHaveLength(1);
  });

  test("scenario 20: no second trial on any plan after one that was cancelled", async () => {
    const first = await open(pro);
    await world.pay(first);
    await world.call("GET", `/checkout/${first}`, { as: user });
    const [{ id } = { id: "" }] = await store.listSubscriptions(user);
    world.tick();
    await world.dashboard.subscriptions.cancel(id);
    for (const event of world.events(user)) await world.deliver(event);
    for (const body of [yearly, care]) await world.pay(await open(body));
    expect(await trialsOf(world, store, user)).toHaveLength(1);
  });

  test("a checkout without a trial stays open beside one that offers a trial", async () => {
    await open(pro);
    await open({ productId: "credits" });
    expect((await openSessions(world, store, user)).open).toHaveLength(2);
  });

  test("what is bought once may be bought again, even while it is being paid in another tab", async () => {
    const body = { productId: "credits" };
    const first = await open(body);
    await world.pay(first);
    const second = await open(body);
    expect(second).not.toBe(first);
    await world.pay(second);
    expect(world.events(user, "checkout.session.completed")).toHaveLength(2);
    expect(world.events(user, "refund.created")).toEqual([]);
  });

  test.each(["before", "after"] as const)(
    "a crash %s any call of the store or the provider leaves one open checkout after the next click",
    async (when) => {
      for (let at = 1; ; at += 1) {
        user = newUser();
        const mortal = createMortal({ store, provider: world.provider }, { at, when });
        const billing = world.instance({ ...mortal, jobs: "manual", rateLimits: false });
        const { status } = await click(pro, billing);
        const again = await open(pro);
        const { open: left } = await openSessions(world, store, user);
        expect(
          left.map(({ id }) => id),
          `after a crash at call ${at}`,
        ).toEqual([again]);
        expect(world.events(user, "customer.created")).toHaveLength(1);
        if (status === 200) return expect(mortal.calls()).toBeLessThan(at + 1);
      }
    },
  );
});

describeOnPostgres("one open checkout, one trial, with two instances", (createStore) => {
  let world: World;
  let store: Store;
  let other: World["billing"];

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, plans, rateLimits: false });
    other = world.instance({ store: createStore() });
  });
  afterAll(async () => {
    await other.close();
    await world.close();
  });

  test("scenario 20: clicks on two plans with a trial, on both at once, leave one open offer", async () => {
    for (let round = 0; round < 5; round += 1) {
      const user = newUser();
      const clicks = Array.from({ length: 6 }, (_, n) =>
        world.call("POST", "/checkout", {
          as: user,
          body: n % 3 === 0 ? care : pro,
          billing: n % 2 === 0 ? world.billing : other,
        }),
      );
      const answers = await Promise.all(clicks);
      expect(answers.some(({ status }) => status === 200)).toBe(true);
      expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
      const { offering, open } = await openSessions(world, store, user);
      expect(offering).toHaveLength(1);
      expect(open).toHaveLength(1);
      for (const { id } of open) await world.pay(id);
      for (const body of [care, pro]) {
        const { status, body: opened } = await world.call("POST", "/checkout", { as: user, body });
        if (status === 200) await world.pay(opened.id);
      }
      expect(await trialsOf(world, store, user)).toHaveLength(1);
    }
  });
});
