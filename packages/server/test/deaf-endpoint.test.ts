import type { Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { expectSameAsProvider } from "./reconcile/same-as-provider.js";
import { recordCallbacks } from "./record-callbacks.js";
import { eventOf, planOf, subscribe, subscriptionOf } from "./subscriber.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("an endpoint that does not hear of subscriptions", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let reads = 0;
  const { on, expectCalls } = recordCallbacks(
    "subscription.activated",
    "subscription.past_due",
    "subscription.recovered",
    "payment.succeeded",
    "payment.failed",
  );

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
    reads = 0;
  });

  /** The same app, whose looks at the provider are counted. */
  const counting = () => {
    const { provider } = world;
    const counted = withParts(provider, {
      subscriptions: {
        read(subscription) {
          reads += 1;
          return provider.subscriptions.read(subscription);
        },
      },
    });
    return world.instance({ provider: counted, on: {} });
  };

  /** The latest event of a subscription's customer; after a month, the provider forgets what `eventOf` goes by. */
  const latest = async (type: string, subscriptionId: string): Promise<StripeEvent> => {
    const { customer } = await world.dashboard.subscriptions.retrieve(subscriptionId);
    const events = world.sandbox.events().filter((event) => event.type === type);
    const mine = events.filter(({ data }) => (data.object as { customer?: unknown }).customer === customer);
    return mine.at(-1) ?? expect.fail(`The provider made no ${type}.`);
  };
  const deliver = async (type: string, subscriptionId: string) => {
    expect((await world.deliver(await latest(type, subscriptionId))).status).toBe(200);
  };
  const chargeTo = async (subscriptionId: string, token: string) => {
    const { customer } = await world.dashboard.subscriptions.retrieve(subscriptionId);
    const card = await world.dashboard.paymentMethods.attach(token, { customer: String(customer) });
    await world.dashboard.subscriptions.update(subscriptionId, { default_payment_method: card.id });
  };

  test.each(["checkout.session.completed", "invoice.paid"])("opens the plan by %s alone", async (type) => {
    const { subscriptionId } = await subscribe(world, user);
    expect(await planOf(world, user)).toBe("free");
    await deliver(type, subscriptionId);
    expect(await planOf(world, user)).toBe("starter");
    await expectSameAsProvider(world, store, subscriptionId);
    await expectCalls(user, [
      "subscription.activated",
      ...(type === "invoice.paid" ? (["payment.succeeded"] as const) : []),
    ]);
  });

  test("follows a renewal, a payment that fails and one that recovers", async () => {
    const { subscriptionId } = await subscribe(world, user);
    await deliver("checkout.session.completed", subscriptionId);
    const first = (await subscriptionOf(world, user)).currentPeriod;
    world.tick(32 * 86_400);
    await deliver("invoice.paid", subscriptionId);
    expect((await subscriptionOf(world, user)).currentPeriod.start).toBe(first.end);
    await expectSameAsProvider(world, store, subscriptionId);
    await chargeTo(subscriptionId, "pm_card_chargeCustomerFail");
    world.tick(32 * 86_400);
    await deliver("invoice.payment_failed", subscriptionId);
    expect(await subscriptionOf(world, user)).toMatchObject({ status: "past_due" });
    await chargeTo(subscriptionId, "pm_card_visa");
    world.tick(60);
    const { latest_invoice } = await world.dashboard.subscriptions.retrieve(subscriptionId);
    await world.dashboard.invoices.pay(String(latest_invoice));
    await deliver("invoice.paid", subscriptionId);
    await expectSameAsProvider(world, store, subscriptionId);
    await expectCalls(user, [
      ...(["subscription.activated", "payment.succeeded", "subscription.past_due"] as const),
      ...(["payment.failed", "subscription.recovered", "payment.succeeded"] as const),
    ]);
  });

  test("asks the provider once, whatever arrives together about a new subscription", async () => {
    const { subscriptionId } = await subscribe(world, user);
    const billing = counting();
    for (const type of ["checkout.session.completed", "invoice.paid"]) {
      await world.deliver(await latest(type, subscriptionId), { billing });
    }
    await world.deliver(await latest("invoice.paid", subscriptionId), { billing });
    expect(reads).toBe(1);
  });

  test("costs no look at the provider where the subscription's events are heard", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    const billing = counting();
    for (const event of [activated, eventOf(world, user, "checkout.session.completed")]) {
      await world.deliver(event, { billing });
    }
    await world.deliver(eventOf(world, user, "invoice.paid"), { billing });
    world.tick(32 * 86_400);
    for (const type of ["customer.subscription.updated", "invoice.paid"]) {
      await world.deliver(await latest(type, subscriptionId), { billing });
    }
    expect(reads).toBe(0);
    await expectSameAsProvider(world, store, subscriptionId);
  });

  test("asks nothing about a checkout that opened no subscription", async () => {
    await world.buy(user, { productId: "credits" });
    const billing = counting();
    await world.deliver(eventOf(world, user, "checkout.session.completed"), { billing });
    expect(reads).toBe(0);
  });
});
