import { BillingError, type ProfileCallbackData, type Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { eventOf } from "./subscriber.js";
import { customersOf, withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };

describeEachStore("a customer's email and name", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let outage = false;
  const told: ProfileCallbackData[] = [];

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({
      store,
      jobs: "manual",
      rateLimits: false,
      on: { "customer.updated": (data) => void told.push(data) },
    });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    user = newUser();
    told.length = 0;
    outage = false;
    world.tick(60);
    await click();
  });

  const flaky = () => {
    const customers = customersOf(world.provider);
    const update: typeof customers.update = (input) => {
      if (outage) throw new BillingError("provider_unavailable", "Out of reach.");
      return customers.update(input);
    };
    return world.instance({ provider: withParts(world.provider, { customers: { update } }) });
  };
  const click = (email = `${user}@example.com`) =>
    world.call("POST", "/checkout", { as: user, body: starter, headers: { "x-email": email } });
  const linked = async () => (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
  const atProvider = async () => {
    const customer = await world.provider.customers.read(await linked());
    return { email: customer?.email, name: customer?.name };
  };
  /** Everything that the provider has told of it, again and again, and in any order. */
  const deliver = async () => {
    const events = world.events(user, "customer.updated");
    for (const event of [...events, ...events.toReversed()]) await world.deliver(event);
    while ((await world.billing.runJobs()).callbacks > 0);
  };
  const update = (email: string, billing = world.billing) =>
    billing.customers.update({ customerId: user, email });

  test("what the app chooses reaches the provider, comes back as no news, and no click replaces it", async () => {
    const done = [{ provider: "stripe", outcome: "done", refused: [] }];
    expect(await update("office@b.co")).toEqual(done);
    expect(await update("office@b.co")).toEqual(done);
    await world.billing.customers.update({ customerId: user, name: "Office" });
    expect(await atProvider()).toEqual({ email: "office@b.co", name: "Office" });
    const updates = world.events(user, "customer.updated").length;
    for (const manager of ["ada@b.co", "bob@b.co"]) await click(manager);
    await deliver();
    expect(await atProvider()).toEqual({ email: "office@b.co", name: "Office" });
    expect(world.events(user, "customer.updated")).toHaveLength(updates);
    expect(told).toEqual([]);
  });

  test("of a person who is erased from an organisation nothing is left, and the organisation goes on", async () => {
    await world.pay((await click("ada@b.co")).body.id);
    await deliver();
    for (const event of world.events(user)) await world.deliver(event);
    const before = await store.listSubscriptions(user);
    expect(before).toMatchObject([{ status: "active" }]);
    // Ada bought. Persons have no rows here: what names one is what the customer is called.
    await world.billing.customers.update({ customerId: user, email: "office@b.co", name: "Office" });
    await deliver();
    expect(JSON.stringify(await world.dashboard.customers.retrieve(await linked()))).not.toContain(
      "ada@b.co",
    );
    expect(JSON.stringify(await world.billing.customers.export({ customerId: user }))).not.toContain(
      "ada@b.co",
    );
    expect(await store.listSubscriptions(user)).toEqual(before);
    expect((await world.call("GET", "/access", { as: user })).body.planId).toBe("starter");
    expect(await world.call("GET", "/invoices", { as: user })).toMatchObject({ status: 200 });
  });

  test("scenario 85: what is changed on the provider's pages reaches the app once, and no click replaces it", async () => {
    const providerCustomerId = await linked();
    await world.dashboard.customers.update(providerCustomerId, { email: "books@b.co" });
    await deliver();
    const head = { customerId: user, provider: "stripe", providerCustomerId };
    expect(told).toEqual([{ ...head, changed: { email: "books@b.co" } }]);
    // The app does as it is told, and both of its managers click.
    await update("books@b.co");
    for (const manager of ["ada@b.co", "bob@b.co"]) await click(manager);
    await deliver();
    expect(await atProvider()).toMatchObject({ email: "books@b.co" });
    expect(told).toHaveLength(1);
    await world.dashboard.customers.update(providerCustomerId, { email: "", name: "B" });
    await deliver();
    expect(told.slice(1)).toEqual([{ ...head, changed: { email: null, name: "B" } }]);
  });

  test("there and back is told each time, and of several at once the last one counts", async () => {
    const providerCustomerId = await linked();
    for (const email of ["one@b.co", "two@b.co", "one@b.co"]) {
      await world.dashboard.customers.update(providerCustomerId, { email });
      await deliver();
    }
    expect(told.map(({ changed }) => changed.email)).toEqual(["one@b.co", "two@b.co", "one@b.co"]);
    for (const email of ["three@b.co", "four@b.co"]) {
      await world.dashboard.customers.update(providerCustomerId, { email });
    }
    await deliver();
    expect(told.slice(3).map(({ changed }) => changed.email)).toEqual(["four@b.co"]);
  });

  test("what the app chooses while the provider is out of reach is given later, over what was changed there", async () => {
    outage = true;
    const billing = flaky();
    expect(await update("first@b.co", billing)).toMatchObject([{ outcome: "waiting" }]);
    expect(await update("office@b.co", billing)).toMatchObject([{ outcome: "waiting" }]);
    await world.dashboard.customers.update(await linked(), { email: "books@b.co" });
    await deliver();
    expect(told).toEqual([]);
    outage = false;
    await expect
      .poll(async () => {
        await billing.runJobs();
        return (await atProvider()).email;
      })
      .toBe("office@b.co");
    await deliver();
    expect(await atProvider()).toMatchObject({ email: "office@b.co" });
    expect(told).toEqual([]);
  });

  test("what the provider would not take is said, and keeps nothing waiting", async () => {
    const [refused] = await update("nobody");
    expect(refused).toEqual({ provider: "stripe", outcome: "done", refused: ["email"] });
    expect(await atProvider()).toMatchObject({ email: `${user}@example.com` });
    await expect(update("")).rejects.toMatchObject({ code: "invalid_options" });
    await expect(world.billing.customers.update({ customerId: user })).rejects.toMatchObject({
      code: "invalid_options",
    });
  });

  test("whoever is no customer yet, or no more, has nothing to update", async () => {
    expect(await world.billing.customers.update({ customerId: newUser(), email: "a@b.co" })).toEqual([]);
    await world.dashboard.customers.del(await linked());
    expect(await update("office@b.co")).toEqual([]);
    expect(await world.billing.customers.find(user)).toBeNull();
    // The late event of a customer that is gone says nothing.
    await world.deliver(eventOf(world, user, "customer.created"));
    await deliver();
    expect(told).toEqual([]);
  });
});
