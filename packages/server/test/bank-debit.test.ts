import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { eventOf } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

const arrives = "DE89370400440532013000";
const fails = "DE62370400440532013001";
const failed = "checkout.session.async_payment_failed";

describeEachStore("a bank debit", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const { on, expectCalls } = recordCallbacks("checkout.failed", "product.purchased", "payment.failed");

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    // Long enough after the other tests' events that none of them is in the list.
    world.tick(7200);
  });

  const products = { productId: "credits", quantity: 2, currency: "eur" };
  const plan = { planId: "starter", interval: "month", currency: "eur" };
  const open = async (body: object) => {
    const opened = await world.call("POST", "/checkout", { as: user, body });
    expect(opened.status).toBe(200);
    return opened.body.id as string;
  };
  const paymentOf = async (id: string) =>
    (await world.call("GET", `/checkout/${id}`, { as: user })).body.payment as string;
  const deliver = async (type: string) => {
    expect((await world.deliver(eventOf(world, user, type))).status).toBe(200);
  };

  test.each([
    ["a product", products],
    ["a plan", plan],
  ])("for %s that fails is on its way first, then failed, and the app is told once", async (_, body) => {
    const id = await open(body);
    await world.debit(id, fails);
    await deliver("checkout.session.completed");
    expect(await paymentOf(id)).toBe("processing");
    world.tick(10);
    expect(await paymentOf(id)).toBe("failed");
    const event = eventOf(world, user, failed);
    for (const name of ["", "_twin"]) await world.deliver({ ...event, id: `${event.id}${name}` });
    await expectCalls(user, ["checkout.failed"]);
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "failed", url: null });
    expect(await paymentOf(id)).toBe("failed");
    const { callbacks } = await world.billing.callbacks.list({ customerId: user });
    expect(callbacks.find(({ type }) => type === "checkout.failed")).toMatchObject({
      id: `${id}:checkout.failed`,
      data: {
        checkoutId: id,
        productId: body === products ? "credits" : null,
        subscriptionId: body === products ? null : expect.stringMatching(/^sub_/),
        amount: body === products ? 1800 : 800,
        currency: "eur",
      },
    });
  });

  test("that fails is known as failed by the return alone, and the product can be bought again", async () => {
    const id = await open(products);
    await world.debit(id, fails);
    world.tick(10);
    expect(await paymentOf(id)).toBe("failed");
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "failed" });
    const again = await open(products);
    expect(again).not.toBe(id);
    await world.pay(again);
    await deliver("checkout.session.completed");
    await expectCalls(user, ["product.purchased"]);
  });

  test("for a plan that fails takes the plan's access away as any failed payment does", async () => {
    const id = await open(plan);
    await world.debit(id, fails);
    await paymentOf(id);
    world.tick(10);
    await deliver("invoice.payment_failed");
    await deliver("customer.subscription.updated");
    const { body } = await world.call("GET", "/access", { as: user });
    expect(body.subscription).toMatchObject({ planId: "starter", status: "past_due" });
    await expectCalls(user, ["payment.failed"]);
  });

  test("that arrives is paid, and only then reported as bought", async () => {
    const id = await open(products);
    await world.debit(id, arrives);
    await deliver("checkout.session.completed");
    expect(await paymentOf(id)).toBe("processing");
    await expectCalls(user, []);
    world.tick(10);
    await deliver("checkout.session.async_payment_succeeded");
    await expectCalls(user, ["product.purchased"]);
    expect(await paymentOf(id)).toBe("paid");
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "complete" });
  });

  test("whose failure was never delivered is found by reconciling", async () => {
    const since = new Date(world.sandbox.now().getTime() - 60_000);
    const id = await open(products);
    await world.debit(id, fails);
    world.tick(3600);
    const { differences } = await world.billing.reconcile({ since, repair: true });
    expect(differences).toContainEqual(
      expect.objectContaining({
        cause: "missed_event",
        customerId: user,
        eventIds: [eventOf(world, user, failed).id],
        repaired: true,
      }),
    );
    await expectCalls(user, ["checkout.failed"]);
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "failed" });
  });
});
