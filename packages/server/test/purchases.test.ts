import type { Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { toRequest } from "./requests.js";
import { eventOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

type Billing = World["billing"];

const ibans = { paid: "DE89370400440532013000", refused: "DE62370400440532013001" };

describeEachStore("payments and purchases", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const { on, expectCalls } = recordCallbacks("payment.succeeded", "product.purchased");

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const deliverFiveTimes = async (type: string) => {
    const event = eventOf(world, user, type);
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.deliver(event)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const states = world.logged.flatMap(({ fields }) => (fields.eventId === event.id ? [fields.state] : []));
    expect(states.sort()).toEqual(["applied", "duplicate", "duplicate", "duplicate", "duplicate"]);
  };

  test("the app is told once about a payment that comes before its subscription", async () => {
    await subscribe(world, user);
    await deliverFiveTimes("invoice.paid");
    await expectCalls(user, ["payment.succeeded"]);
  });

  test("the app is told once about a payment for a subscription that is known", async () => {
    const { activated } = await subscribe(world, user);
    await world.deliver(activated);
    await deliverFiveTimes("invoice.paid");
    await expectCalls(user, ["payment.succeeded"]);
  });

  test("the app is told once what was bought, and it can be bought again", async () => {
    const body = { productId: "credits", quantity: 3 };
    const id = await world.buy(user, body);
    await deliverFiveTimes("checkout.session.completed");
    await expectCalls(user, ["product.purchased"]);
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "complete", url: null });
    const again = await world.call("POST", "/checkout", { as: user, body });
    expect(again.status).toBe(200);
    expect(again.body.id).not.toBe(id);
  });

  const owned = async () => (await world.call("GET", "/access", { as: user })).body.owned;

  test("what was bought is theirs from its event on, counted once however often the event comes", async () => {
    await world.buy(user, { productId: "credits", quantity: 3 });
    expect(await owned()).toEqual({ credits: 0 });
    await deliverFiveTimes("checkout.session.completed");
    expect(await owned()).toEqual({ credits: 3 });
    world.tick();
    const id = await world.buy(user, { productId: "credits", quantity: 2 });
    // Whoever comes back from paying does not wait for the event.
    const { body } = await world.call("GET", `/checkout/${id}`, { as: user });
    expect(body.access.owned).toEqual({ credits: 5 });
    await world.deliver(eventOf(world, user, "checkout.session.completed"));
    expect(await owned()).toEqual({ credits: 5 });
    await expectCalls(user, ["product.purchased", "product.purchased"]);
  });

  test("money that is on its way buys nothing yet, and what fails to come never does", async () => {
    const buyByDebit = async (iban: string) => {
      const body = { productId: "credits", quantity: 1, currency: "eur" };
      const { body: opened } = await world.call("POST", "/checkout", { as: user, body });
      await world.debit(opened.id, iban);
      await world.call("GET", `/checkout/${opened.id}`, { as: user });
      await world.deliver(eventOf(world, user, "checkout.session.completed"));
      expect(await owned()).toEqual({ credits: 0 });
      world.tick(60);
      return opened.id;
    };
    await buyByDebit(ibans.refused);
    await world.deliver(eventOf(world, user, "checkout.session.async_payment_failed"));
    expect(await owned()).toEqual({ credits: 0 });
    await buyByDebit(ibans.paid);
    await world.deliver(eventOf(world, user, "checkout.session.async_payment_succeeded"));
    expect(await owned()).toEqual({ credits: 1 });
  });

  describe("a product that is sold once", () => {
    const handbook = { productId: "handbook" };
    const { products } = buildCatalog();
    const once = { handbook: { name: "Handbook", price: { usd: 4900, eur: 4500 }, once: true } };
    let shop: Billing;
    beforeAll(async () => {
      const plans = { ...buildCatalog(), products: { ...products, ...once } };
      shop = world.instance({ plans, jobs: "manual" });
      await shop.pushPlans();
    });
    const open = (body: object = handbook) =>
      world.call("POST", "/checkout", { as: user, body, billing: shop });
    const refused = { status: 409, body: { error: { code: "already_owned" } } };

    test("is refused to whoever owns it, before and after its event, in every tab", async () => {
      const opened = await open();
      expect((await open()).body.id).toBe(opened.body.id);
      await world.pay(opened.body.id);
      expect(await open()).toMatchObject(refused);
      await world.deliver(eventOf(world, user, "checkout.session.completed"), { billing: shop });
      expect(await open()).toMatchObject(refused);
      expect(await open({ ...handbook, currency: "eur" })).toMatchObject(refused);
      expect(await world.checkouts(user)).toHaveLength(1);
    });

    test("is refused while its money is on the way, and sold again once that has failed to come", async () => {
      const { body: opened } = await open({ ...handbook, currency: "eur" });
      await world.debit(opened.id, ibans.refused);
      expect(await open()).toMatchObject(refused);
      world.tick(60);
      expect((await open()).status).toBe(200);
    });

    test("is sold one at a time", async () => {
      expect(await open({ ...handbook, quantity: 2 })).toMatchObject({
        status: 400,
        body: { error: { code: "invalid_quantity" } },
      });
    });
  });

  test("the server's own answer is the same, to anybody who acts for the customer", async () => {
    const id = await world.buy(user, { productId: "credits" });
    await world.call("GET", `/checkout/${id}`, { as: user });
    const request = toRequest("GET", "/access", { as: user, role: "member" });
    const access = await world.billing.access(request);
    expect(access.owns("credits")).toBe(true);
    expect((await world.billing.access(toRequest("GET", "/access", { as: newUser() }))).owns("credits")).toBe(
      false,
    );
    expect(() => access.owns("credit" as "credits")).toThrow(/no product "credit"/);
  });

  test("a quantity that somebody edited at the provider keeps nobody from coming back", async () => {
    const id = await world.buy(user, { productId: "credits", quantity: 3 });
    await world.dashboard.checkout.sessions.update(id, { metadata: { tollgate_quantity: "lots" } });
    expect(await world.call("GET", `/checkout/${id}`, { as: user })).toMatchObject({
      status: 200,
      body: { status: "complete", payment: "paid" },
    });
  });

  test("a checkout that expired at the provider is known to have expired", async () => {
    const body = { planId: "starter", interval: "month" };
    const { body: opened } = await world.call("POST", "/checkout", { as: user, body });
    await world.dashboard.checkout.sessions.expire(opened.id);
    await world.deliver(eventOf(world, user, "checkout.session.expired"));
    expect(await store.findCheckout(opened.id, user)).toMatchObject({ status: "expired", url: null });
  });
});
