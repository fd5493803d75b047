import { BillingError, type Store } from "@tollgate/core";
import { accessResponse } from "@tollgate/core/contract";
import { buildSubscription, putSubscription } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { verifyEdgeToken } from "../src/edge/index.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { appUrl, readIdentity } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

const as = (id: string, role = "manager") =>
  new Request(`${appUrl}/page`, { headers: { "x-user": id, "x-role": role } });

/** A real store that counts its reads of access and can be out of reach. */
function watch(store: Store) {
  const watched = {
    reads: 0,
    down: false,
    store: {
      ...store,
      readAccessFacts: async (...args: Parameters<Store["readAccessFacts"]>) => {
        watched.reads += 1;
        if (watched.down)
          throw new BillingError("store_unavailable", "The billing database is out of reach.");
        return store.readAccessFacts(...args);
      },
    },
  };
  return watched;
}

describeEachStore("access in memory", (createStore) => {
  let world: World;
  let watched: ReturnType<typeof watch>;
  let user: string;

  beforeAll(async () => {
    watched = watch(createStore());
    world = await openWorld({ store: watched.store });
    // Opens the store, which takes an embedded one a few seconds.
    await world.billing.access(as("the first to ask"));
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    watched.down = false;
    watched.reads = 0;
    world.tick(60);
  });

  const planOf = async (id = user) => (await world.billing.access(as(id))).planId;
  const save = (planId: string, more = {}) =>
    putSubscription(
      watched.store,
      buildSubscription({ id: `sub_${user}`, customerId: user, planId, currentPeriod: null, ...more }),
    );

  test("one read serves until the state may be too old, whoever asks and however", async () => {
    // The store begins to listen after the first read, and everything read before is forgotten then.
    await vi.waitFor(async () => {
      user = newUser();
      watched.reads = 0;
      const [first, second] = await Promise.all([
        world.billing.access(as(user)),
        world.billing.access(as(user)),
      ]);
      expect(second).toBe(first);
      expect(await world.billing.access(as(user))).toBe(first);
      const member = await world.billing.access(as(user, "member"));
      expect([first.state.canManage, member.state.canManage]).toEqual([true, false]);
      expect((await world.call("GET", "/access", { as: user })).body).toEqual(first.toJSON());
      expect(watched.reads).toBe(1);
      world.tick(5);
      const later = await world.billing.access(as(user));
      expect(watched.reads).toBe(2);
      expect(later.state.decidedAt > first.state.decidedAt).toBe(true);
    }, 20_000);
  });

  test("what this instance changes is seen at once", async () => {
    expect(await planOf()).toBe("free");
    await save("starter");
    expect(await planOf()).toBe("starter");
    await save("pro");
    expect(await planOf()).toBe("pro");
  });

  test("what was bought is seen at the return from checkout", async () => {
    expect(await planOf()).toBe("free");
    const id = await world.buy(user);
    expect((await world.call("GET", `/checkout/${id}`, { as: user })).body.access.planId).toBe("starter");
    expect(await planOf()).toBe("starter");
  });

  test("many customers who ask at once, in turns, are never shown each other's", async () => {
    const users = Array.from({ length: 12 }, () => newUser());
    const ask = users.flatMap((id) => [id, id, id]).sort(() => Math.random() - 0.5);
    for (let round = 0; round < 3; round += 1) {
      const states = await Promise.all(ask.map(async (id) => (await world.billing.access(as(id))).state));
      expect(states.map(({ customerId }) => customerId)).toEqual(ask);
      const [changed = ""] = users;
      await putSubscription(
        watched.store,
        buildSubscription({ id: `sub_${changed}`, customerId: changed, quantity: round + 1 }),
      );
    }
  });

  test("a scheduled end, or the end of a grace period, closes access in that very second, unannounced", async () => {
    const inSeconds = (seconds: number) =>
      new Date(world.sandbox.now().getTime() + seconds * 1000).toISOString();
    await save("pro", { cancelAt: inSeconds(2) });
    expect(await planOf()).toBe("pro");
    world.tick(1);
    expect(await planOf()).toBe("pro");
    world.tick(1);
    expect(await planOf()).toBe("free");
  });

  test("a bound of 0 reads on every call", async () => {
    const billing = world.instance({ store: watched.store, accessMaxStaleSeconds: 0 });
    for (let count = 0; count < 3; count += 1) await billing.access(as(user));
    expect(watched.reads).toBe(3);
  });

  test.each([-1, 301, Number.NaN, "5"])("a bound of %j is refused", (seconds) => {
    const wrong = { store: watched.store, accessMaxStaleSeconds: seconds as number };
    expect(() => world.instance(wrong)).toThrow(expect.objectContaining({ code: "invalid_options" }));
  });

  test("GET /access and the return from checkout set a token that the edge can check alone", async () => {
    const secret = "a-secret-of-at-least-thirty-two-bytes";
    const billing = world.instance({ store: watched.store, edgeToken: { secret } });
    const check = async (headers: Headers, at = new Date()) => {
      const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
      const request = { headers: new Headers({ cookie }) };
      return verifyEdgeToken(request, { secret, appUrl, customerId: user, clock: () => at });
    };
    expect((await world.call("GET", "/access", { as: user })).headers.get("set-cookie")).toBeNull();
    const answer = await world.call("GET", "/access", { as: user, billing });
    expect(accessResponse.parse(answer.body)).toEqual(answer.body);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await check(answer.headers)).toMatchObject({ planId: "free" });
    const id = await world.buy(user);
    const paid = await world.call("GET", `/checkout/${id}`, { as: user, billing });
    expect(await check(paid.headers)).toMatchObject({ planId: "starter" });
    user = newUser();
    const trialEndsAt = new Date(world.sandbox.now().getTime() + 3_000).toISOString();
    await save("pro", { status: "trialing", trialEndsAt });
    const asked = new Date();
    const trial = await world.call("GET", "/access", { as: user, billing });
    expect(trial.headers.get("set-cookie")).toMatch(/Max-Age=[23];/);
    expect(await check(trial.headers, asked)).toMatchObject({ planId: "pro" });
    expect(await check(trial.headers, new Date(Date.now() + 3_000))).toBeNull();
  });

  test("without a policy an outage is an error, and ends when it ends", async () => {
    watched.down = true;
    await expect(world.billing.access(as(user))).rejects.toMatchObject({ code: "store_unavailable" });
    expect(await world.call("GET", "/access", { as: user })).toMatchObject({ status: 503 });
    watched.down = false;
    expect(await planOf()).toBe("free");
  });

  test("with a policy each feature follows its own, and nothing throws", async () => {
    const outage = { features: { export: "last_known", projects: "open" } } as const;
    const billing = world.instance({ store: watched.store, outage });
    await save("pro");
    await billing.access(as(user));
    watched.down = true;
    world.tick(10);
    const known = await billing.access(as(user));
    expect(known.state).toMatchObject({ degraded: true, planId: "pro", customerId: user });
    expect(known.state.decidedAt).toBe(world.sandbox.now().toISOString());
    expect(known.check("export")).toMatchObject({ allowed: true });
    expect(known.check("projects", { used: 1e6 })).toMatchObject({ allowed: true });
    expect(known.check("messages")).toMatchObject({ allowed: false, reason: "unavailable" });
    const stranger = await billing.access(as(newUser()));
    expect(stranger.check("export")).toMatchObject({ allowed: false, reason: "unavailable" });
    const answer = await world.call("GET", "/access", { as: user, billing });
    expect(answer.status).toBe(200);
    expect(accessResponse.parse(answer.body)).toMatchObject({ degraded: true });
    await expect(billing.require(as(user), "messages")).rejects.toMatchObject({
      code: "store_unavailable",
      status: 503,
    });
    watched.down = false;
    expect((await billing.access(as(user))).state).toMatchObject({ degraded: false, planId: "pro" });
  });

  test("what was last known ends with the plan's scheduled end, and after the hours that it may last", async () => {
    const outage = { default: "last_known", lastKnownHours: 2 } as const;
    const billing = world.instance({ store: watched.store, outage });
    const at = (hours: number) => new Date(world.sandbox.now().getTime() + hours * 3_600_000).toISOString();
    const other = newUser();
    await save("pro", { cancelAt: at(1) });
    await putSubscription(
      watched.store,
      buildSubscription({ id: `sub_${other}`, customerId: other, currentPeriod: null }),
    );
    for (const id of [user, other]) await billing.access(as(id));
    watched.down = true;
    const exports = async (id: string) => (await billing.access(as(id))).check("export");
    world.tick(3_500);
    expect(await exports(user)).toMatchObject({ allowed: true });
    world.tick(100);
    expect(await exports(user)).toMatchObject({ allowed: false, reason: "not_in_plan" });
    expect(await exports(other)).toMatchObject({ allowed: true });
    world.tick(3_601);
    expect(await exports(other)).toMatchObject({ allowed: false, reason: "unavailable" });
  });

  test.each([["ajar"], [{ default: "ajar" }], [{ features: { export: "ajar" } }], [{ lastKnownHours: 0 }]])(
    "an outage policy of %j is refused",
    (outage) => {
      const wrong = { store: watched.store, outage: outage as "open" };
      expect(() => world.instance(wrong)).toThrow(expect.objectContaining({ code: "invalid_options" }));
    },
  );
});

describeOnPostgres("access in the memory of two instances", (createStore) => {
  let world: World;
  const stores: Store[] = [];

  beforeAll(async () => {
    stores.push(createStore(), createStore());
    const [first] = stores;
    if (first === undefined) throw new Error("There is no store.");
    world = await openWorld({ store: first });
  });
  afterAll(async () => {
    await world.close();
    for (const store of stores) await store.close();
  });

  test("what one changes is seen by the other within a second, though the clock stands still", async () => {
    const [, second] = stores;
    if (second === undefined) throw new Error("There is no second store.");
    const there = world.instance({ store: second, identify: readIdentity });
    const user = newUser();
    const planThere = async () => (await there.access(as(user))).planId;
    expect(await planThere()).toBe("free");
    const heard: unknown[] = [];
    const stop = await second.onChange((ids) => heard.push(ids));
    const id = await world.buy(user);
    await world.call("GET", `/checkout/${id}`, { as: user });
    await vi.waitFor(async () => expect(await planThere()).toBe("starter"), { timeout: 1_000 });
    await stop();
  });

  test("a payment that failed and was paid by a retry is no news any more, on each of them within a second", async () => {
    const [, second] = stores;
    if (second === undefined) throw new Error("There is no second store.");
    const there = world.instance({ store: second, identify: readIdentity });
    const user = newUser();
    const stop = await second.onChange(() => {});
    await world.call("GET", `/checkout/${await world.buy(user)}`, { as: user });
    const customer = (await world.billing.customers.find(user))?.providerCustomerId ?? "";
    const payWith = async (card: string) => {
      const { id } = await world.dashboard.paymentMethods.attach(card, { customer });
      const { data } = await world.dashboard.subscriptions.list({ customer });
      await world.dashboard.subscriptions.update(data[0]?.id ?? "", { default_payment_method: id });
    };
    const deliver = async () => {
      // The provider forgets after 30 days, also whose customer it was.
      const isTheirs = ({ object }: { object: object }) => Object.values(object).includes(customer);
      for (const event of world.sandbox.events()) if (isTheirs(event.data)) await world.deliver(event);
    };
    const seen = async () => {
      const states = [world.billing, there].map(async (one) => (await one.access(as(user))).state);
      return (await Promise.all(states)).map(({ attention, paymentTrouble }) => [attention, paymentTrouble]);
    };
    const failed = ["payment_failed", expect.objectContaining({ attempts: 1 })];
    await payWith("pm_card_chargeCustomerFail");
    world.tick(32 * 86_400);
    await deliver();
    await vi.waitFor(async () => expect(await seen()).toEqual([failed, failed]), { timeout: 1_000 });
    await payWith("pm_card_visa");
    world.tick(3 * 86_400);
    await deliver();
    const well = [null, null];
    await vi.waitFor(async () => expect(await seen()).toEqual([well, well]), { timeout: 1_000 });
    await stop();
  });
});
