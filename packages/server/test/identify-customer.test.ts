import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { planOf, starterPrice, subscribeByHand } from "./subscriber.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };
type Asked = { readonly providerCustomerId: string; readonly email: string | null };

describeEachStore("a customer that somebody made at the provider", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let price: string;
  let asked: Asked[] = [];
  let answer: (customer: Asked) => string | null | Promise<string | null>;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({
      store,
      jobs: "manual",
      rateLimits: false,
      identifyCustomer: (customer) => {
        asked.push(customer);
        return answer(customer);
      },
    });
    price = await starterPrice(world);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    asked = [];
    answer = ({ email }) => email?.replace("@example.com", "") ?? null;
    world.tick(60);
  });

  const click = (body: object = starter) => world.call("POST", "/checkout", { as: user, body });
  const deliverAll = async () => {
    const outcomes: number[] = [];
    for (const event of world.events(user)) outcomes.push((await world.deliver(event)).status);
    expect(new Set(outcomes)).toEqual(new Set([200]));
  };
  const waiting = async (customer: string) =>
    (await store.listUnmatchedEvents(customer, "stripe")).map(({ reason }) => reason);
  const linked = async () => (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? null;

  test("has access as soon as an event of theirs has arrived and the app has said who they are", async () => {
    const customer = await subscribeByHand(world, user, price);
    await deliverAll();
    expect((await waiting(customer)).length).toBeGreaterThan(0);
    expect(asked).toEqual([]);
    await world.billing.runJobs();
    expect(asked[0]).toMatchObject({ providerCustomerId: customer, email: `${user}@example.com` });
    expect(await planOf(world, user)).toBe("starter");
    expect(await waiting(customer)).toEqual([]);
    expect(await linked()).toBe(customer);
    expect(await click()).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
  });

  test("keeps waiting when the app doesn't know them, and the events say so", async () => {
    answer = () => null;
    const customer = await subscribeByHand(world, user, price);
    await deliverAll();
    await world.billing.runJobs();
    expect(new Set(await waiting(customer))).toEqual(new Set(["nobody knows whose its customer is"]));
    const times = asked.length;
    await deliverAll();
    await world.billing.runJobs();
    expect(asked).toHaveLength(times);
    expect(await linked()).toBeNull();
  });

  test("is asked about again when the app's function failed", async () => {
    const customer = await subscribeByHand(world, user, price);
    answer = () => {
      throw new Error("The users' database is away.");
    };
    await deliverAll();
    await world.billing.runJobs();
    expect((await waiting(customer)).length).toBeGreaterThan(0);
    answer = ({ email }) => email?.replace("@example.com", "") ?? null;
    // The engine's own clock: the second attempt comes a second later.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await world.billing.runJobs();
    expect(await planOf(world, user)).toBe("starter");
    expect(await waiting(customer)).toEqual([]);
  });

  test("can't buy a second subscription: no event came, and the checkout finds out by itself", async () => {
    const customer = await subscribeByHand(world, user, price);
    expect(await click()).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
    expect(await planOf(world, user)).toBe("starter");
    expect(await linked()).toBe(customer);
    expect(world.events(user, "customer.created")).toHaveLength(1);
    const { metadata } = (await world.dashboard.customers.retrieve(customer)) as { metadata: object };
    expect(metadata).toMatchObject({ tollgate_customer: user, tollgate_database: expect.any(String) });
  });

  test.each(["findByEmail", "listOf", "claim"] as const)(
    "nor by a click while %s is under way for another: whoever is linked is known to subscribe",
    async (method) => {
      const { provider } = world;
      const others: number[] = [];
      const methods: Record<string, unknown> = { ...provider.subscriptions, ...provider.customers };
      const own = {
        async [method](input: never) {
          others.push((await click()).status);
          return (methods[method] as (input: never) => unknown)(input);
        },
      };
      const meanwhile = withParts(
        provider,
        method === "listOf" ? { subscriptions: own } : { customers: own },
      );
      const identifyCustomer = () => user;
      const billing = world.instance({ store, provider: meanwhile, jobs: "manual", identifyCustomer });
      await subscribeByHand(world, user, price);
      const answer = await world.call("POST", "/checkout", { as: user, body: starter, billing });
      expect([answer.status, ...new Set(others)]).toEqual([409, 409]);
      expect(await world.checkouts(user)).toEqual([]);
    },
  );

  test("of several with the address, the one that subscribes is theirs", async () => {
    const email = `${user}@example.com`;
    await world.dashboard.customers.create({ email });
    const customer = await subscribeByHand(world, user, price);
    world.tick();
    await world.dashboard.customers.create({ email });
    expect(await click()).toMatchObject({ status: 409 });
    expect(await linked()).toBe(customer);
  });

  test("without a subscription they buy as the customer that they already are, not as a second one", async () => {
    const { id } = await world.dashboard.customers.create({ email: `${user}@example.com` });
    const { body } = await click();
    expect((await world.dashboard.checkout.sessions.retrieve(body.id)).customer).toBe(id);
    expect(asked).toHaveLength(1);
    await click();
    expect(asked).toHaveLength(1);
  });

  test("whoever is taken in elsewhere while the app is asked about them gets no second one", async () => {
    const customer = await subscribeByHand(world, user, price);
    let others: unknown = null;
    answer = async () => {
      if (asked.length === 1) others = await click();
      return user;
    };
    expect(await click()).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
    expect(others).toMatchObject({ status: 409 });
    expect(await linked()).toBe(customer);
    expect(world.events(user, "customer.created")).toHaveLength(1);
  });

  test("nor does whoever is taken in by an event while the app is asked about another with the address", async () => {
    const email = `${user}@example.com`;
    const customer = await subscribeByHand(world, user, price);
    world.tick();
    const { id: stranger } = await world.dashboard.customers.create({ email });
    answer = async ({ providerCustomerId }) => {
      if (providerCustomerId !== stranger) return user;
      await deliverAll();
      await world.billing.runJobs();
      return null;
    };
    expect(await click()).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
    expect(await linked()).toBe(customer);
    expect(world.events(user, "customer.created")).toHaveLength(2);
  });

  test("finds their invoices in the portal, before they ever bought here", async () => {
    const customer = await subscribeByHand(world, user, price);
    expect((await world.call("POST", "/portal", { as: user, body: {} })).status).toBe(200);
    expect(await linked()).toBe(customer);
  });

  test("an address alone makes nobody theirs: it is the app that says so", async () => {
    answer = () => "somebody_else";
    const customer = await subscribeByHand(world, user, price);
    expect((await click()).status).toBe(200);
    expect(await linked()).not.toBe(customer);
    expect(await store.findCustomer("somebody_else", "stripe")).toBeNull();
  });

  test("one that belongs to another app or another database is nobody's here, whatever the app would say", async () => {
    const email = `${user}@example.com`;
    const marks = [{ tollgate_app: "shop" }, { tollgate_database: "another" }];
    for (const mark of marks) {
      const metadata = { tollgate_customer: user, ...mark };
      const { id: customer } = await world.dashboard.customers.create({ email, metadata });
      await subscribeByHand(world, user, price, customer);
    }
    expect((await click()).status).toBe(200);
    expect(asked).toEqual([]);
    const others = (await world.dashboard.customers.list({ email })).data.filter(
      ({ metadata }) => metadata.tollgate_app === "shop" || metadata.tollgate_database === "another",
    );
    expect(others).toHaveLength(2);
    expect(others.map(({ id }) => id)).not.toContain(await linked());
  });

  test("nobody buys while the app's function fails: they might buy what they have", async () => {
    await subscribeByHand(world, user, price);
    answer = () => {
      throw new Error("The users' database is away.");
    };
    expect(await click()).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
    expect(world.events(user, "customer.created")).toHaveLength(1);
  });

  test("whoever already has a customer here keeps that one, and the other's events wait", async () => {
    await click({ productId: "credits" });
    const own = await linked();
    const { id: second } = await world.dashboard.customers.create({ email: `${user}@example.com` });
    await subscribeByHand(world, user, price, second);
    await deliverAll();
    await world.billing.runJobs();
    expect(await linked()).toBe(own);
    expect(new Set(await waiting(second))).toEqual(new Set(["its customer's owner has another"]));
  });
});

describeOnPostgres("a customer that somebody made at the provider, with two instances", (createStore) => {
  let world: World;
  let store: Store;
  let other: World["billing"];

  beforeAll(async () => {
    store = createStore();
    const identifyCustomer = ({ email }: Asked) => email?.replace("@example.com", "") ?? null;
    const options = { jobs: "manual", rateLimits: false, identifyCustomer } as const;
    world = await openWorld({ ...options, store });
    other = world.instance({ store: createStore() });
  });
  afterAll(async () => {
    await other.close();
    await world.close();
  });

  test("clicks on both while their events arrive find the same one, and sell nothing twice", async () => {
    const price = await starterPrice(world);
    for (let round = 0; round < 3; round += 1) {
      const user = newUser();
      const customer = await subscribeByHand(world, user, price);
      const clicks = Array.from({ length: 6 }, (_, n) =>
        world.call("POST", "/checkout", {
          as: user,
          body: starter,
          billing: n % 2 === 0 ? world.billing : other,
        }),
      );
      const events = world.events(user).map((event) => world.deliver(event, { billing: other }));
      const answers = await Promise.all(clicks);
      await Promise.all([...events, other.runJobs()]);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([409]));
      expect((await store.findCustomer(user, "stripe"))?.providerCustomerId).toBe(customer);
      expect(await planOf(world, user)).toBe("starter");
      expect(world.events(user, "customer.created")).toHaveLength(1);
    }
  });
});
