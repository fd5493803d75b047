import type { Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { eventOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

/** The same fact in another event: as it comes from a second endpoint, another API version or a resend. */
function twinOf(event: StripeEvent, name = "twin"): StripeEvent {
  return { ...event, id: `${event.id}_${name}` };
}

describeEachStore("one fact that several events tell", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const { on, expectCalls } = recordCallbacks(
    "subscription.activated",
    "payment.succeeded",
    "payment.failed",
    "product.purchased",
    "trial.ending",
  );

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const deliverTwins = async (event: StripeEvent) => {
    for (const name of ["one", "two", "three"]) {
      expect((await world.deliver(twinOf(event, name))).status).toBe(200);
    }
  };

  test("is told to the app once when it is a payment, even by all of them at once", async () => {
    const { activated } = await subscribe(world, user);
    await world.deliver(activated);
    await deliverTwins(eventOf(world, user, "invoice.paid"));
    const event = eventOf(world, user, "invoice.paid");
    await Promise.all(
      Array.from({ length: 5 }, (_, index) => world.deliver(twinOf(event, `at_once_${index}`))),
    );
    await expectCalls(user, ["subscription.activated", "payment.succeeded"]);
  });

  test("is told once when it is an attempt that failed, and the next attempt is another fact", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    const { customer } = await world.dashboard.subscriptions.retrieve(subscriptionId);
    const card = await world.dashboard.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: String(customer),
    });
    await world.dashboard.subscriptions.update(subscriptionId, { default_payment_method: card.id });
    // By then the provider has forgotten the events by which `eventOf` knows a user.
    const latestFailure = () => {
      const failures = world.sandbox.events().filter(({ type }) => type === "invoice.payment_failed");
      const failure = failures.filter(
        ({ data }) => (data.object as { customer?: unknown }).customer === customer,
      );
      return failure.at(-1) ?? expect.fail("No payment failed.");
    };
    world.tick(32 * 86_400);
    await deliverTwins(latestFailure());
    await expectCalls(user, ["subscription.activated", "payment.failed"]);
    world.tick(4 * 86_400);
    await deliverTwins(latestFailure());
    await expectCalls(user, ["subscription.activated", "payment.failed", "payment.failed"]);
  });

  test("is told once when it is a purchase", async () => {
    await world.buy(user, { productId: "credits" });
    await deliverTwins(eventOf(world, user, "checkout.session.completed"));
    await expectCalls(user, ["product.purchased"]);
  });

  test("is told once when it is the coming end of a trial", async () => {
    await world.buy(user, { planId: "pro", interval: "month" });
    await world.deliver(eventOf(world, user, "customer.subscription.created"));
    world.tick(12 * 86_400);
    await deliverTwins(eventOf(world, user, "customer.subscription.trial_will_end"));
    await expectCalls(user, ["subscription.activated", "trial.ending"]);
  });

  const ways = {
    event: () => world.deliver(twinOf(eventOf(world, user, "customer.subscription.created"))),
    return: (checkoutId: string) => world.call("GET", `/checkout/${checkoutId}`, { as: user }),
    reconcile: () => world.billing.reconcile({ customerId: user, repair: true }),
  };
  type Way = keyof typeof ways;

  test.each<readonly [Way, Way, Way]>([
    ["event", "return", "reconcile"],
    ["return", "event", "reconcile"],
    ["reconcile", "return", "event"],
    ["reconcile", "event", "return"],
  ])("is told once, whether it is learned from %s, then %s, then %s", async (...order) => {
    const checkoutId = await world.buy(user);
    world.tick(5);
    for (const way of order) await ways[way](checkoutId);
    await world.deliver(twinOf(eventOf(world, user, "invoice.paid")));
    await expectCalls(user, ["subscription.activated", "payment.succeeded"]);
  });

  test("is not the same as another subscription's", async () => {
    const other = newUser();
    for (const one of [user, other]) {
      await subscribe(world, one);
      await world.deliver(eventOf(world, one, "customer.subscription.created"));
      await world.deliver(eventOf(world, one, "invoice.paid"));
    }
    for (const one of [user, other]) await expectCalls(one, ["subscription.activated", "payment.succeeded"]);
  });
});

describeEachStore("a fact that is told again weeks later", (createStore) => {
  let world: World;
  let store: Store;
  const { on, expectCalls } = recordCallbacks("product.purchased");

  beforeAll(async () => {
    store = createStore();
    // Nobody else prunes with another retention.
    world = await openWorld({ store, on, jobs: "manual" });
  });
  afterAll(() => world.close());

  /** With the shortest retention that there is. What is deleted was finished by the database's clock. */
  async function pruneIn(days: number): Promise<void> {
    const later = new Date(Date.now() + days * 86_400_000);
    await store.enqueueJobs([{ type: "prune" }]);
    await world.instance({ eventRetentionDays: 31, clock: () => later }).runJobs();
  }

  test("is not told to the app again on the last day on which the provider sends it", async () => {
    const user = newUser();
    await world.buy(user, { productId: "credits" });
    const event = eventOf(world, user, "checkout.session.completed");
    const deliver = async (one: StripeEvent) => {
      expect((await world.deliver(one)).status).toBe(200);
      await world.billing.runJobs();
    };
    const kept = async () => (await world.billing.callbacks.list({ customerId: user })).callbacks.length;
    await deliver(event);
    await expectCalls(user, ["product.purchased"]);
    await pruneIn(30.5);
    expect(await kept()).toBe(1);
    for (const one of [twinOf(event), event]) await deliver(one);
    await expectCalls(user, ["product.purchased"]);
    await pruneIn(31.5);
    expect(await kept()).toBe(0);
  });
});
