import type { BillingProvider, Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { eventOf, planOf, subscribe, subscriptionOf } from "./subscriber.js";
import { customersOf, withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };

describeEachStore("one customer at the provider", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const click = (email = `${user}@example.com`, billing = world.billing) =>
    world.call("POST", "/checkout", { as: user, body: starter, headers: { "x-email": email }, billing });
  const linked = async () => (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
  const emailAtProvider = async () => (await world.provider.customers.read(await linked()))?.email;

  test("scenario 13: twenty clicks at once make one customer, though the email changes between them", async () => {
    const emails = Array.from({ length: 20 }, (_, n) => `${user}.${n % 2}@example.com`);
    const answers = await Promise.all(emails.map((email) => click(email)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(world.events(user, "customer.created")).toHaveLength(1);
  });

  test("a changed email is pushed at the next checkout, an unchanged one costs nothing", async () => {
    await click();
    expect(await emailAtProvider()).toBe(`${user}@example.com`);
    const before = world.events(user, "customer.updated").length;
    await click();
    expect(world.events(user, "customer.updated")).toHaveLength(before);
    await click("new@example.com");
    expect(await emailAtProvider()).toBe("new@example.com");
    await click();
    expect(await emailAtProvider()).toBe(`${user}@example.com`);
  });

  test("the app finds the provider's id of a customer, once there is one and until it is deleted there", async () => {
    const { find } = world.billing.customers;
    expect(await find(user)).toBeNull();
    await click();
    const [created] = world.events(user, "customer.created");
    const providerCustomerId = created && String(created.data.object.id);
    expect(await find(user)).toEqual({ customerId: user, provider: "stripe", providerCustomerId });
    await world.dashboard.customers.del(await linked());
    await world.deliver(eventOf(world, user, "customer.deleted"));
    expect(await find(user)).toBeNull();
    await expect(find("x".repeat(201))).rejects.toMatchObject({ code: "invalid_customer_id" });
    await expect(find("")).rejects.toMatchObject({ code: "invalid_options" });
  });

  test("an email that the provider refuses keeps nobody from paying: it stays as it was, and the log says so", async () => {
    expect((await click("a b@example.com")).status).toBe(200);
    expect(await emailAtProvider()).toBeNull();
    const warnings = () => world.logged.filter(({ fields }) => fields.customerId === user);
    const refused = { level: "warn", fields: { refused: ["email"] } };
    expect(warnings()).toMatchObject([refused]);
    expect(JSON.stringify(warnings())).not.toContain("a b@");
    await click("a b@example.com");
    expect(warnings()).toHaveLength(1);
    expect((await click("a@example.com")).status).toBe(200);
    expect(await emailAtProvider()).toBe("a@example.com");
  });

  test("after different emails at once, the next checkout's is what the provider has", async () => {
    await Promise.all(["a", "b", "c", "d"].map((name) => click(`${name}@example.com`)));
    await click("a@example.com");
    expect(await emailAtProvider()).toBe("a@example.com");
    await click("b@example.com");
    expect(await emailAtProvider()).toBe("b@example.com");
  });

  test("a crash between creating the customer and linking it leaves one customer after the next click", async () => {
    const billing = world.instance({ store, provider: dyingAfter(world.provider) });
    expect((await click(undefined, billing)).status).toBe(500);
    expect(await store.findCustomer(user, "stripe")).toBeNull();
    expect((await click("new@example.com")).status).toBe(200);
    expect(world.events(user, "customer.created")).toHaveLength(1);
    expect(await emailAtProvider()).toBe("new@example.com");
  });

  test("a customer whom the provider gives twice stays with its first owner: nobody pays for somebody else", async () => {
    const victim = user;
    await click();
    const stolen = await linked();
    user = newUser();
    const make = async () => ({ providerCustomerId: stolen });
    const mixedUp = withParts(world.provider, { customers: { make } });
    const billing = world.instance({ store, provider: mixedUp, jobs: "manual" });
    const sessions = () => world.dashboard.checkout.sessions.list({ customer: stolen });
    const before = (await sessions()).data.length;
    expect((await click(undefined, billing)).status).toBe(500);
    expect(await store.findCustomer(user, "stripe")).toBeNull();
    expect(await store.findCustomerByProviderId(stolen, "stripe")).toMatchObject({ customerId: victim });
    expect((await sessions()).data).toHaveLength(before);
    expect((await world.provider.customers.read(stolen))?.email).toBe(`${victim}@example.com`);
  });

  test("a customer deleted at the provider, as its event says: the next checkout makes a new one", async () => {
    const { activated } = await subscribe(world, user);
    await world.deliver(activated);
    const old = await linked();
    await world.dashboard.customers.del(old);
    for (const event of world.events(user)) await world.deliver(event);
    expect(await planOf(world, user)).toBe("free");
    expect(await world.call("POST", "/portal", { as: user, body: {} })).toMatchObject({
      status: 409,
      body: { error: { code: "not_a_customer" } },
    });
    const access = await world.call("GET", "/access", { as: user });
    expect(access.body.hasBillingAccount).toBe(false);
    await world.buy(user);
    expect(await linked()).not.toBe(old);
    await world.deliver(eventOf(world, user, "customer.subscription.created"));
    expect(await planOf(world, user)).toBe("starter");
  });

  test("late events of the old customer still find their owner", async () => {
    const { activated } = await subscribe(world, user);
    world.tick();
    await world.dashboard.customers.del(await linked());
    await world.deliver(eventOf(world, user, "customer.deleted"));
    for (const late of [activated, eventOf(world, user, "customer.subscription.deleted")]) {
      await world.deliver(late);
      expect(await store.findEvent(late.id, "stripe")).toMatchObject({ state: "applied" });
    }
    expect(await store.listSubscriptions(user)).toMatchObject([{ status: "ended" }]);
  });

  test("a customer deleted without a word: the next checkout finds out and makes a new one", async () => {
    const { subscriptionId, activated } = await subscribe(world, user);
    await world.deliver(activated);
    const old = await linked();
    await world.dashboard.customers.del(old);
    // A product may be bought alongside the plan, so this gets as far as the provider.
    const body = { productId: "credits" };
    const bought = await world.call("POST", "/checkout", { as: user, body });
    expect(bought.status).toBe(200);
    expect(await linked()).not.toBe(old);
    expect(await store.findSubscription(subscriptionId, "stripe")).toMatchObject({ status: "ended" });
    expect((await click()).status).toBe(200);
    expect(world.events(user, "customer.created")).toHaveLength(2);
  });

  test("a customer deleted while the checkout was open: the next click opens another, that can be paid", async () => {
    const first = await click();
    await world.dashboard.customers.del(await linked());
    const second = await click();
    expect(second.status).toBe(200);
    expect(second.body.id).not.toBe(first.body.id);
    await world.pay(second.body.id);
    await world.call("GET", `/checkout/${second.body.id}`, { as: user });
    expect(await planOf(world, user)).toBe("starter");
  });

  test("a customer deleted without a word: the portal says that there is none, and ends what they had", async () => {
    const { activated } = await subscribe(world, user);
    await world.deliver(activated);
    await world.dashboard.customers.del(await linked());
    for (let time = 0; time < 2; time += 1) {
      expect(await world.call("POST", "/portal", { as: user, body: {} })).toMatchObject({
        status: 409,
        body: { error: { code: "not_a_customer" } },
      });
    }
    expect(await subscriptionOf(world, user)).toMatchObject({ status: "ended" });
    expect(await store.listRetiredCustomers(user, "stripe")).toHaveLength(1);
  });

  test("a customer deleted again and again is made again and again", async () => {
    const ids = new Set<string>();
    for (let time = 0; time < 3; time += 1) {
      expect((await click()).status).toBe(200);
      ids.add(await linked());
      await world.dashboard.customers.del(await linked());
    }
    expect(ids.size).toBe(3);
  });
});

describeOnPostgres("one customer at the provider, with two instances", (createStore) => {
  let world: World;
  let other: World["billing"];

  beforeAll(async () => {
    world = await openWorld({ store: createStore() });
    other = world.instance({ store: createStore() });
  });
  afterAll(async () => {
    await other.close();
    await world.close();
  });

  test("scenario 13: twenty clicks on both, with two emails, make one customer", async () => {
    const user = newUser();
    const clicks = Array.from({ length: 20 }, (_, n) =>
      world.call("POST", "/checkout", {
        as: user,
        body: starter,
        headers: { "x-email": `${user}.${n % 3}@example.com` },
        billing: n % 2 === 0 ? world.billing : other,
      }),
    );
    const answers = await Promise.all(clicks);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(world.events(user, "customer.created")).toHaveLength(1);
  });

  test("a deleted customer is replaced by one, however many clicks find out at once", async () => {
    const user = newUser();
    const click = (n: number) =>
      world.call("POST", "/checkout", {
        as: user,
        body: starter,
        billing: n % 2 === 0 ? world.billing : other,
      });
    const { body: first } = await click(0);
    const session = await world.dashboard.checkout.sessions.retrieve(first.id);
    await world.dashboard.customers.del(String(session.customer));
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => click(n)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(world.events(user, "customer.created")).toHaveLength(2);
  });
});

/** A provider that does what it is asked, and whose answer is lost. */
function dyingAfter(provider: BillingProvider): BillingProvider {
  return withParts(provider, {
    customers: {
      async make(input) {
        await customersOf(provider).make(input);
        throw new Error("The process died.");
      },
    },
  });
}
