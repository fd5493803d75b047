import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { describeEachStore } from "./each-store.js";
import { expectSameAsProvider } from "./reconcile/same-as-provider.js";
import { eventOf, priceOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("a subscription with plans of two groups", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let id: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    user = newUser();
    world.tick(60);
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    world.tick(60);
    id = subscriptionId;
    const price = await priceOf(world, "care");
    await world.dashboard.subscriptions.update(id, { items: [{ price }] });
  });

  const access = async () => (await world.call("GET", "/access", { as: user })).body;
  const both = {
    planId: "starter",
    subscriptions: [
      { planId: "starter", group: "main", unitAmount: 900 },
      { planId: "care", group: "support", unitAmount: 500 },
    ],
    features: { projects: { limit: 10 }, support: { allowed: true } },
  };

  test("grants both, and sells neither again", async () => {
    expect(await access()).toMatchObject({ features: { support: { allowed: false } } });
    await world.deliver(eventOf(world, user, "customer.subscription.updated"));
    expect(await access()).toMatchObject(both);
    for (const planId of ["care", "pro"]) {
      const answer = await world.call("POST", "/checkout", { as: user, body: { planId, interval: "month" } });
      expect(answer).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
    }
    await expectSameAsProvider(world, store, id);
  });

  test("is found by reconciling, which names the plan that is missing here", async () => {
    const found = await world.billing.reconcile({ customerId: user, repair: true });
    expect(found.differences).toMatchObject([{ cause: "missed_event", repaired: true }]);
    expect(found.differences[0]?.message).toMatch(/plans are starter and should be starter and care/);
    expect(await access()).toMatchObject(both);
    expect((await world.billing.reconcile({ customerId: user })).differences).toEqual([]);
  });

  test("is not ended to settle a second subscription: the other plan would go with it", async () => {
    await world.deliver(eventOf(world, user, "customer.subscription.updated"));
    const first = await store.findSubscription(id, "stripe");
    const price = await priceOf(world, "pro");
    const second = await world.dashboard.subscriptions.create({
      customer: first?.providerCustomerId ?? "",
      items: [{ price }],
      metadata: { tollgate_customer: user },
      default_payment_method: (await world.dashboard.subscriptions.retrieve(id))
        .default_payment_method as string,
    });
    await world.deliver(eventOf(world, user, "customer.subscription.created"));
    const statusOf = async (one: string) => (await world.dashboard.subscriptions.retrieve(one)).status;
    await vi.waitFor(async () => expect(await statusOf(second.id)).toBe("canceled"), { timeout: 20_000 });
    expect(await statusOf(id)).toBe("active");
  });

  test("loses one plan alone when its price is taken off again", async () => {
    await world.deliver(eventOf(world, user, "customer.subscription.updated"));
    world.tick(60);
    const { items } = await world.dashboard.subscriptions.retrieve(id);
    const care = items.data.find(({ price }) => price.metadata.tollgate_plan === "care");
    await world.dashboard.subscriptionItems.del(care?.id ?? "");
    await world.deliver(eventOf(world, user, "customer.subscription.updated"));
    expect(await access()).toMatchObject({ planId: "starter", features: { support: { allowed: false } } });
    const checkout = { as: user, body: { planId: "care", interval: "month" } };
    expect(await world.call("POST", "/checkout", checkout)).toMatchObject({ status: 200 });
  });
});
