import type { Callback, Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("webhooks", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const called: { type: string; customerId: string; id: string }[] = [];
  const note =
    (type: Callback["type"]) =>
    (data: { customerId: string }, { id }: { id: string }) => {
      called.push({ type, customerId: data.customerId, id });
    };
  const callsFor = (customer: string) => called.filter(({ customerId }) => customerId === customer);

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({
      store,
      on: {
        "subscription.activated": note("subscription.activated"),
        "subscription.ended": note("subscription.ended"),
        "subscription.cancel_scheduled": note("subscription.cancel_scheduled"),
        "payment.succeeded": note("payment.succeeded"),
        "product.purchased": note("product.purchased"),
      },
    });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const planOf = async (as: string) => (await world.call("GET", "/access", { as })).body.planId;
  const subscriptionOf = async (as: string) => (await world.call("GET", "/access", { as })).body.subscription;

  /** A user who has bought, and the events that tell it; none is delivered yet. */
  async function bought() {
    await world.buy(user);
    const [created] = world.events(user, "customer.subscription.created");
    const [activated] = world.events(user, "customer.subscription.updated");
    if (!created || !activated) throw new Error("The provider did not activate a subscription.");
    const subscriptionId = (created.data.object as { id: string }).id;
    return { created, activated, subscriptionId };
  }

  /** Schedules or undoes a cancellation at the provider and gives the event. */
  async function setCancel(subscriptionId: string, cancel: boolean) {
    await world.dashboard.subscriptions.update(subscriptionId, { cancel_at_period_end: cancel });
    const updated = world.events(user, "customer.subscription.updated").at(-1);
    if (updated === undefined) throw new Error("The provider made no event.");
    return updated;
  }

  test("opens the plan when the subscription's event arrives", async () => {
    const { activated } = await bought();
    expect(await planOf(user)).toBe("free");
    expect(await world.deliver(activated)).toMatchObject({ status: 200, body: { received: true } });
    expect(await planOf(user)).toBe("starter");
    await vi.waitFor(() => expect(callsFor(user)).toMatchObject([{ type: "subscription.activated" }]), {
      timeout: 10_000,
    });
  });

  test.each([
    ["signed with another secret", { secret: "whsec_stranger" }, "invalid_signature"],
    [
      "changed after signing",
      { tamper: (text: string) => text.replace("starter", "pro") },
      "invalid_signature",
    ],
    ["without a signature", { signature: null }, "missing_signature"],
    ["with a signature of another shape", { signature: "nonsense" }, "invalid_signature"],
  ])("refuses an event that comes %s, and stores nothing", async (_name, delivery, code) => {
    const { activated } = await bought();
    const answer = await world.deliver({ ...activated, account: "starter" } as typeof activated, delivery);
    expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
    expect(await planOf(user)).toBe("free");
    expect(await world.deliver(activated)).toMatchObject({ status: 200 });
  });

  test.each([
    ["six minutes ago", -360],
    ["six minutes ahead", 360],
  ])("refuses an event that was signed %s", async (_name, seconds) => {
    const { activated } = await bought();
    const at = new Date(world.sandbox.now().getTime() + seconds * 1000);
    expect(await world.deliver(activated, { at })).toMatchObject({
      status: 400,
      body: { error: { code: "stale_signature" } },
    });
    expect(await planOf(user)).toBe("free");
  });

  test("answers 404 under another provider's name", async () => {
    const answer = await world.call("POST", "/webhook/paddle", { body: {} });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  });

  test("refuses a body beyond a mebibyte before looking at it", async () => {
    const answer = await world.call("POST", "/webhook/stripe", { body: "x".repeat(1024 * 1024 + 1) });
    expect(answer).toMatchObject({ status: 413, body: { error: { code: "body_too_large" } } });
  });

  test("answers 200 to events that mean nothing to it", async () => {
    await bought();
    const [created] = world.events(user, "customer.created");
    if (created === undefined) throw new Error("The provider made no customer.");
    expect((await world.deliver(created)).status).toBe(200);
    expect(await store.findEvent(created.id, "stripe")).toBeNull();
  });

  test("applies an event once when it is delivered again and again", async () => {
    const { activated } = await bought();
    for (let time = 0; time < 3; time += 1) expect((await world.deliver(activated)).status).toBe(200);
    await vi.waitFor(() => expect(callsFor(user)).toHaveLength(1), { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(callsFor(user)).toHaveLength(1);
  });

  test("applies an event once when it is delivered twenty times at once", async () => {
    const { activated } = await bought();
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.deliver(activated)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    await vi.waitFor(() => expect(callsFor(user)).toHaveLength(1), { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(callsFor(user)).toHaveLength(1);
  });

  test("ends with the latest state when `updated` comes before `created`", async () => {
    const { created, activated, subscriptionId } = await bought();
    world.tick();
    const updated = await setCancel(subscriptionId, true);
    await world.deliver(updated);
    expect((await subscriptionOf(user)).cancelAt).not.toBeNull();
    for (const late of [created, activated]) await world.deliver(late);
    expect((await subscriptionOf(user)).cancelAt).not.toBeNull();
    expect(await store.findEvent(created.id, "stripe")).toMatchObject({ state: "stale" });
  });

  test("what has ended stays ended when a late `updated` arrives", async () => {
    const { created, subscriptionId } = await bought();
    world.tick();
    const updated = await setCancel(subscriptionId, true);
    world.tick();
    await world.dashboard.subscriptions.cancel(subscriptionId);
    const [deleted] = world.events(user, "customer.subscription.deleted");
    if (deleted === undefined) throw new Error("The provider did not end it.");
    await world.deliver(created);
    await world.deliver(deleted);
    expect(await planOf(user)).toBe("free");
    await world.deliver(updated);
    expect(await planOf(user)).toBe("free");
    expect((await subscriptionOf(user)).status).toBe("ended");
    expect(await store.findEvent(updated.id, "stripe")).toMatchObject({ state: "stale" });
  });

  test.each(["as they happened", "the other way round"])(
    "two changes within one second end as the provider has it, delivered %s",
    async (order) => {
      const { activated, subscriptionId } = await bought();
      await world.deliver(activated);
      world.tick();
      const scheduled = await setCancel(subscriptionId, true);
      const undone = await setCancel(subscriptionId, false);
      expect(scheduled.created).toBe(undone.created);
      for (const event of order === "as they happened" ? [scheduled, undone] : [undone, scheduled]) {
        expect((await world.deliver(event)).status).toBe(200);
      }
      expect((await subscriptionOf(user)).cancelAt).toBeNull();
    },
  );

  test("the first payment, which comes within the second of `created`, opens the plan in either order", async () => {
    const { created, activated } = await bought();
    expect(created.created).toBe(activated.created);
    for (const event of [created, activated]) await world.deliver(event);
    expect(await planOf(user)).toBe("starter");
    user = newUser();
    const other = await bought();
    for (const event of [other.activated, other.created]) await world.deliver(event);
    expect(await planOf(user)).toBe("starter");
  });

  test("answers 5xx when the store fails, marks nothing as done, and succeeds on the retry", async () => {
    const { activated } = await bought();
    const billing = world.instance({ store: failingOnce(store, "saveSubscription") });
    const failed = await world.deliver(activated, { billing });
    expect(failed).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
    expect(JSON.stringify(failed.body)).not.toContain("disk");
    expect(world.logged.at(-1)).toMatchObject({
      level: "error",
      fields: { error: { message: "The disk is full." } },
    });
    expect(await planOf(user)).toBe("free");
    expect(await store.findEvent(activated.id, "stripe")).toBeNull();
    expect((await world.deliver(activated, { billing })).status).toBe(200);
    expect(await planOf(user)).toBe("starter");
  });

  test("undoes everything when the outbox fails after the save", async () => {
    const { activated } = await bought();
    const on = { "subscription.activated": () => {} };
    const billing = world.instance({ store: failingOnce(store, "enqueueCallbacks"), on });
    expect((await world.deliver(activated, { billing })).status).toBe(500);
    expect(await planOf(user)).toBe("free");
    expect((await world.deliver(activated, { billing })).status).toBe(200);
    expect(await planOf(user)).toBe("starter");
  });

  test("keeps an event whose customer is not known yet, and applies it once they are", async () => {
    const customer = await world.dashboard.customers.create({ email: `${user}@example.com` });
    const price = await findPrice("starter");
    const card = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await world.dashboard.subscriptions.create({
      customer: customer.id,
      items: [{ price }],
      default_payment_method: card.id,
    });
    const [created] = world.events(user, "customer.subscription.created");
    if (created === undefined) throw new Error("The provider made no subscription.");
    expect((await world.deliver(created)).status).toBe(200);
    expect(await store.findEvent(created.id, "stripe")).toMatchObject({ state: "unmatched" });
    expect(await planOf(user)).toBe("free");

    const link = { customerId: user, provider: "stripe", providerCustomerId: customer.id };
    await store.transaction((tx) => tx.linkCustomer(link));
    const body = { planId: "starter", interval: "month" };
    expect(await world.call("POST", "/checkout", { as: user, body })).toMatchObject({
      status: 409,
      body: { error: { code: "already_subscribed" } },
    });
    expect(await planOf(user)).toBe("starter");
    expect(await store.findEvent(created.id, "stripe")).toMatchObject({ state: "applied" });
  });

  test("leaves another product of the same account alone, its payments included", async () => {
    await world.call("POST", "/checkout", { as: user, body: { planId: "starter", interval: "month" } });
    const link = await store.findCustomer(user, "stripe");
    if (link === null) throw new Error("The customer is not linked.");
    const customer = link.providerCustomerId;
    const price = await world.dashboard.prices.create({
      currency: "usd",
      unit_amount: 100,
      recurring: { interval: "month" },
      product_data: { name: "Something else" },
    });
    const card = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    await world.dashboard.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      default_payment_method: card.id,
    });
    const events = world.events(user, "customer.subscription.created", "invoice.paid");
    expect(events.map(({ type }) => type).sort()).toEqual(["customer.subscription.created", "invoice.paid"]);
    for (const event of events) {
      expect((await world.deliver(event)).status).toBe(200);
      expect(await store.findEvent(event.id, "stripe")).toMatchObject({ state: "ignored" });
    }
    expect(await planOf(user)).toBe("free");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(callsFor(user)).toEqual([]);
  });

  test("tells the app once about a payment, even if it comes before its subscription", async () => {
    await bought();
    const [paid] = world.events(user, "invoice.paid");
    if (paid === undefined) throw new Error("The provider took no money.");
    await world.deliver(paid);
    await world.deliver(paid);
    await vi.waitFor(() => expect(callsFor(user)).toMatchObject([{ type: "payment.succeeded" }]), {
      timeout: 10_000,
    });
  });

  test("tells the app once what was bought, and sells it again", async () => {
    const body = { productId: "credits" };
    const id = await world.buy(user, body);
    const [completed] = world.events(user, "checkout.session.completed");
    if (completed === undefined) throw new Error("The checkout is not complete.");
    await world.deliver(completed);
    await world.deliver(completed);
    await vi.waitFor(() => expect(callsFor(user)).toMatchObject([{ type: "product.purchased" }]), {
      timeout: 10_000,
    });
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "complete", url: null });
    const again = await world.call("POST", "/checkout", { as: user, body });
    expect(again.status).toBe(200);
    expect(again.body.id).not.toBe(id);
  });

  test("a checkout that expired at the provider is known to be expired", async () => {
    const body = { planId: "starter", interval: "month" };
    const { body: opened } = await world.call("POST", "/checkout", { as: user, body });
    await world.dashboard.checkout.sessions.expire(opened.id);
    const [expired] = world.events(user, "checkout.session.expired");
    if (expired === undefined) throw new Error("The checkout did not expire.");
    await world.deliver(expired);
    expect(await store.findCheckout(opened.id, user)).toMatchObject({ status: "expired" });
  });

  async function findPrice(planId: string): Promise<string> {
    const change = (await world.billing.pushPlans()).find(
      ({ kind, catalogId, currency }) => kind === "price" && catalogId === planId && currency !== "eur",
    );
    if (change === undefined) throw new Error(`No price was pushed for ${planId}.`);
    return change.providerId;
  }
});

/** The real store, whose one method fails the first time within a transaction. */
function failingOnce(store: Store, method: "saveSubscription" | "enqueueCallbacks"): Store {
  let failed = false;
  return {
    ...store,
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          ...tx,
          [method]: async (argument: never) => {
            if (failed) return tx[method](argument);
            failed = true;
            throw new Error("The disk is full.");
          },
        }),
      ),
  };
}
