import { randomUUID } from "node:crypto";
import { type BillingError, definePlans, type Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createBilling } from "../src/index.js";
import { prune } from "../src/jobs/prune.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { toRequest } from "./requests.js";
import { eventOf } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

type Usage = World["billing"]["usage"];
type Use = Parameters<Usage["record"]>[0];

const key = () => randomUUID();
/** The refusal's code, or that it was counted. */
const outcomeOf = (promise: ReturnType<Usage["record"]>) =>
  promise.then(
    ({ counted }) => (counted ? "counted" : "duplicate"),
    ({ code }: BillingError) => code,
  );
const tally = (outcomes: readonly string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].sort().map((one) => [one, outcomes.filter((it) => it === one).length]),
  );

describeEachStore("metered features", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let record: (use?: Partial<Use>) => ReturnType<Usage["record"]>;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
    record = (use = {}) =>
      world.billing.usage.record({ customerId: user, feature: "messages", idempotencyKey: key(), ...use });
  });

  const usageAt = (now: Date) => world.instance({ clock: () => now }).usage;
  const check = async () =>
    (await world.billing.access(toRequest("GET", "/access", { as: user }))).check("messages");
  const subscribeTo = async (planId: string) => {
    await world.buy(user, { planId, interval: "month" });
    for (const event of world.events(user)) await world.deliver(event);
  };

  test("a use is counted against the plan's limit, and shown by read, access and the endpoint", async () => {
    expect(await record()).toEqual({ counted: true, used: 1, limit: 100, remaining: 99 });
    expect(await record({ quantity: 40 })).toEqual({ counted: true, used: 41, limit: 100, remaining: 59 });
    expect(await world.billing.usage.read(user)).toEqual({
      messages: {
        used: 41,
        limit: 100,
        remaining: 59,
        startsAt: "2026-11-01T00:00:00.000Z",
        endsAt: "2026-12-01T00:00:00.000Z",
      },
    });
    expect(await check()).toEqual({ allowed: true, limit: 100, remaining: 59 });
    const { body } = await world.call("GET", "/access", { as: user });
    expect(body.features.messages).toMatchObject({ used: 41, limit: 100, allowed: true });
  });

  test("what does not fit is refused whole, with what is left and what would help", async () => {
    await record({ quantity: 98 });
    await expect(record({ quantity: 3 })).rejects.toMatchObject({
      code: "limit_reached",
      status: 402,
      details: {
        feature: "messages",
        reason: "limit_reached",
        limit: 100,
        used: 98,
        remaining: 2,
        quantity: 3,
        upgradeTo: "starter",
        held: 0,
        resetsAt: "2026-12-01T00:00:00.000Z",
        unlocks: [
          {
            kind: "plan",
            planId: "starter",
            limit: 1000,
            price: { interval: "month", quantity: 1, amounts: { usd: 900, eur: 800 } },
          },
          { kind: "plan", planId: "pro" },
          { kind: "plan", planId: "team", limit: null },
          { kind: "plan", planId: "enterprise", price: null },
        ],
      },
    });
    const tooMuch = record({ quantity: 903 });
    await expect(tooMuch).rejects.toMatchObject({ details: { unlocks: [{ planId: "pro" }, {}, {}] } });
    expect(await record({ quantity: 2 })).toMatchObject({ used: 100, remaining: 0 });
    expect(await check()).toMatchObject({ allowed: false, reason: "limit_reached", upgradeTo: "starter" });
    await expect(record()).rejects.toMatchObject({ code: "limit_reached" });
  });

  test("a denial says why in the same words everywhere: the check, billing.require and the endpoint", async () => {
    await record({ quantity: 100 });
    const request = toRequest("GET", "/access", { as: user });
    const answer = await check();
    if (answer.allowed) throw new Error("It is allowed.");
    const { allowed: _, remaining: __, ...said } = answer;
    const refused = await world.billing.require(request, "messages").catch((error: BillingError) => error);
    expect(refused).toMatchObject({ code: "limit_reached", details: { feature: "messages", ...said } });
    const { body } = await world.call("GET", "/access", { as: user });
    expect(body.features.messages).toMatchObject({ resetsAt: said.resetsAt, unlocks: said.unlocks });
    expect(said).toMatchObject({ used: 100, limit: 100, held: 0, resetsAt: "2026-12-01T00:00:00.000Z" });
  });

  test("five projects when the plan falls to three: five of three, what would allow one more, and nothing is touched", async () => {
    const request = toRequest("GET", "/access", { as: user });
    const denied = (used: number) => world.billing.require(request, "projects", { used });
    await expect(denied(5)).rejects.toMatchObject({
      code: "limit_reached",
      details: { limit: 3, used: 5, upgradeTo: "starter", unlocks: [{ planId: "starter" }, {}, {}, {}] },
    });
    await expect(denied(2)).resolves.toBeDefined();
  });

  test("the same key twice is counted once: later, at the limit, and with another quantity", async () => {
    const idempotencyKey = key();
    expect(await record({ idempotencyKey, quantity: 100 })).toMatchObject({ counted: true, used: 100 });
    const again = { counted: false, used: 100, limit: 100, remaining: 0 };
    expect(await record({ idempotencyKey, quantity: 100 })).toEqual(again);
    expect(await record({ idempotencyKey })).toEqual(again);
    expect(
      await usageAt(new Date("2027-01-15T00:00:00Z")).record({
        customerId: user,
        feature: "messages",
        idempotencyKey,
      }),
    ).toEqual({ counted: false, used: 0, limit: 100, remaining: 100 });
  });

  test("the same key for another customer is another use", async () => {
    const idempotencyKey = key();
    await record({ idempotencyKey });
    expect(await record({ idempotencyKey, customerId: newUser() })).toMatchObject({ counted: true, used: 1 });
  });

  test("a key whose use was refused may be used again", async () => {
    await record({ quantity: 100 });
    const idempotencyKey = key();
    await expect(record({ idempotencyKey })).rejects.toMatchObject({ code: "limit_reached" });
    await subscribeTo("starter");
    expect(await record({ idempotencyKey })).toEqual({ counted: true, used: 1, limit: 1000, remaining: 999 });
  });

  test("many at once for what is left: exactly as many succeed", async () => {
    await record({ quantity: 93 });
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => outcomeOf(record())));
    expect(tally(outcomes)).toEqual({ counted: 7, limit_reached: 33 });
    expect((await world.billing.usage.read(user)).messages.used).toBe(100);
  });

  describe("many at once by recordMany", () => {
    const use = (quantity = 1, more: Partial<Use> = {}) =>
      ({ customerId: user, feature: "messages", idempotencyKey: key(), quantity, ...more }) as const;
    const recordMany = (uses: readonly Use[]) => world.billing.usage.recordMany(uses);

    test("each has its own outcome, in order, and what one is refused undoes none", async () => {
      const [twin, other] = [use(60), newUser()];
      const results = await recordMany([twin, use(41), use(2, { customerId: other }), twin, use(40), use(1)]);
      expect(results.map(({ outcome }) => outcome)).toEqual([
        "counted",
        "refused",
        "counted",
        "duplicate",
        "counted",
        "refused",
      ]);
      expect(results[0]).toEqual({ outcome: "counted", counted: true, used: 60, limit: 100, remaining: 40 });
      expect(results[3]).toEqual({
        outcome: "duplicate",
        counted: false,
        used: 60,
        limit: 100,
        remaining: 40,
      });
      expect(results[1]).toMatchObject({
        error: { code: "limit_reached", details: { used: 60, remaining: 40, quantity: 41 } },
      });
      expect((await world.billing.usage.read(user)).messages.used).toBe(100);
      expect((await world.billing.usage.read(other)).messages.used).toBe(2);
      expect(await check()).toMatchObject({ allowed: false, reason: "limit_reached" });
    });

    test("by whichever plan each customer has, and again with the same list counts nothing", async () => {
      await subscribeTo("starter");
      const uses = [use(900), ...Array.from({ length: 30 }, () => use(1, { customerId: newUser() }))];
      const [first, ...rest] = await recordMany(uses);
      expect(first).toMatchObject({ outcome: "counted", limit: 1000, remaining: 100 });
      expect(rest.every((one) => one.outcome === "counted" && one.remaining === 99)).toBe(true);
      const again = await recordMany(uses);
      expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(["duplicate"]));
    });

    test("thousands are counted to the unit", async () => {
      const results = await recordMany(Array.from({ length: 2500 }, (_, n) => use(n === 0 ? 90 : 1)));
      expect(results.map(({ outcome }) => outcome === "counted")).toEqual(results.map((_, n) => n < 11));
      expect((await world.billing.usage.read(user)).messages.used).toBe(100);
    });

    test("one that is wrong is named, and nothing of the list is counted", async () => {
      const wrong = [
        [{ quantity: 0 }, "invalid_quantity"],
        [{ idempotencyKey: "" }, "invalid_idempotency_key"],
        [{ customerId: "a\u0000" }, "invalid_customer_id"],
      ] as const;
      for (const [part, code] of wrong) {
        const refused = recordMany([...Array.from({ length: 1000 }, () => use()), use(1, part)]);
        await expect(refused).rejects.toMatchObject({ code, details: { index: 1000 } });
      }
      const unmetered = recordMany([use(), use(1, { feature: "export" as "messages" })]);
      await expect(unmetered).rejects.toMatchObject({ code: "unknown_feature" });
      await expect(recordMany("all" as never)).rejects.toMatchObject({ code: "invalid_options" });
      expect((await world.billing.usage.read(user)).messages.used).toBe(0);
      expect(await recordMany([])).toEqual([]);
    });
  });

  test("a plan without a limit keeps counting", async () => {
    await world.buy(user, { planId: "team", interval: "month", quantity: 2 });
    for (const event of world.events(user)) await world.deliver(event);
    const unlimited = { counted: true, limit: null, remaining: null };
    expect(await record({ quantity: 1_000_000_000 })).toEqual({ ...unlimited, used: 1_000_000_000 });
    expect(await record({ quantity: 1_000_000_000 })).toEqual({ ...unlimited, used: 2_000_000_000 });
    expect(await check()).toMatchObject({ allowed: true, remaining: null });
  });

  describe("when the period ends", () => {
    test("the free plan's count starts again with the month in UTC, to the millisecond", async () => {
      const last = usageAt(new Date("2026-11-30T23:59:59.999Z"));
      const first = usageAt(new Date("2026-12-01T00:00:00.000Z"));
      const use = (quantity = 1) =>
        ({ customerId: user, feature: "messages", idempotencyKey: key(), quantity }) as const;
      await last.record(use(100));
      await expect(last.record(use())).rejects.toMatchObject({ code: "limit_reached" });
      expect(await first.record(use())).toMatchObject({ used: 1, remaining: 99 });
      await expect(last.record(use())).rejects.toMatchObject({ code: "limit_reached" });
      expect((await first.read(user)).messages).toMatchObject({
        used: 1,
        startsAt: "2026-12-01T00:00:00.000Z",
      });
    });

    test("during a burst: one reset, then the count", async () => {
      await usageAt(new Date("2026-11-15T00:00:00Z")).record({
        customerId: user,
        feature: "messages",
        idempotencyKey: key(),
        quantity: 95,
      });
      const end = Date.parse("2026-12-01T00:00:00Z");
      let asked = 0;
      // Every second time it is asked, the clock is past the end.
      const usage = world.instance({ clock: () => new Date(end - 1 + (asked++ % 2)) }).usage;
      const burst = Array.from({ length: 240 }, () =>
        usage.record({ customerId: user, feature: "messages", idempotencyKey: key() }),
      );
      expect(tally(await Promise.all(burst.map(outcomeOf)))).toEqual({ counted: 105, limit_reached: 135 });
    });

    test("a subscription's count starts again with its own period, though the renewal is heard of late", async () => {
      await subscribeTo("starter");
      await record({ quantity: 1000 });
      await expect(record()).rejects.toMatchObject({ code: "limit_reached" });
      const { startsAt, endsAt } = (await world.billing.usage.read(user)).messages;
      expect(startsAt.slice(0, 10)).toBe("2026-11-21");
      const before = world.events(user).length;
      world.tick((Date.parse(endsAt ?? "") - world.sandbox.now().getTime()) / 1000 - 1);
      await expect(record()).rejects.toMatchObject({ code: "limit_reached" });
      world.tick(2 * 3600);
      expect(await record()).toMatchObject({ counted: true, used: 1 });
      for (const event of world.events(user).slice(before)) await world.deliver(event);
      expect(await record()).toMatchObject({ counted: true, used: 2 });
      expect((await world.billing.usage.read(user)).messages).toMatchObject({ used: 2, startsAt: endsAt });
    });
  });

  describe("when a change begins a new period", () => {
    const monthly = "tollgate:plan:pro:month:usd";
    const yearly = "tollgate:plan:pro:year:usd";

    /** Puts the user's subscription on another price as the dashboard does, with a period from now on. */
    async function change(lookupKey: string, deliver = true) {
      const [subscription] = await store.listSubscriptions(user);
      const { data } = await world.dashboard.prices.list({ lookup_keys: [lookupKey] });
      const heard = world.events(user).length;
      await world.dashboard.subscriptions.update(subscription?.id ?? "", {
        items: [{ id: subscription?.items[0]?.id ?? "", price: data[0]?.id ?? "" }],
        billing_cycle_anchor: { type: "now" },
        proration_behavior: "always_invoice",
        trial_end: "now",
      });
      const news = world.events(user).slice(heard);
      if (deliver) for (const event of news) await world.deliver(event);
    }
    const periodOf = async () => (await store.listSubscriptions(user))[0]?.currentPeriod;
    const day = 24 * 3600;

    test("month ↔ year six times gives the quota once, and the period that begins afterwards gives a new one", {
      timeout: 60_000,
    }, async () => {
      await subscribeTo("pro");
      await record({ quantity: 9000 });
      const starts = new Set([(await periodOf())?.start]);
      for (let n = 0; n < 6; n += 1) {
        world.tick(day);
        await change(n % 2 === 0 ? yearly : monthly);
        starts.add((await periodOf())?.start);
        expect(await check()).toMatchObject({ remaining: 1000 - n });
        expect(await record()).toMatchObject({ used: 9001 + n });
      }
      expect(starts.size).toBe(7);
      await expect(record({ quantity: 995 })).rejects.toMatchObject({ code: "limit_reached" });
      const heard = world.events(user).length;
      world.tick(33 * day);
      for (const event of world.events(user).slice(heard)) await world.deliver(event);
      expect(await check()).toMatchObject({ remaining: 10_000 });
      expect(await record()).toMatchObject({ used: 1, remaining: 9999 });
    });

    test("a series of changes of which only the last is heard carries the count, too", async () => {
      await subscribeTo("pro");
      await record({ quantity: 9000 });
      for (const price of [yearly, monthly]) {
        world.tick(day);
        await change(price, false);
      }
      await world.deliver(eventOf(world, user, "customer.subscription.updated"));
      expect(await record()).toMatchObject({ used: 9001, remaining: 999 });
    });

    test("an upgrade leaves what the dearer plan has on top, and a year that began that way keeps the count", async () => {
      await subscribeTo("starter");
      await record({ quantity: 1000 });
      world.tick(day);
      await change(yearly);
      expect(await check()).toMatchObject({ allowed: true, remaining: 9000 });
      world.tick(200 * day);
      expect(await check()).toMatchObject({ remaining: 9000 });
      expect(await record()).toMatchObject({ used: 1001 });
    });
  });

  test("a check and a count always agree, whatever is used, bought and ended", {
    timeout: 120_000,
  }, async () => {
    const agree = async () => {
      const { allowed, remaining } = await check();
      expect((await world.billing.usage.read(user)).messages.remaining).toBe(remaining);
      expect(await outcomeOf(record())).toBe(allowed ? "counted" : "limit_reached");
      if (remaining === null || remaining < 2) return;
      expect(await outcomeOf(record({ quantity: remaining }))).toBe("limit_reached");
      expect(await outcomeOf(record({ quantity: remaining - 1 }))).toBe("counted");
      expect(await check()).toMatchObject({ allowed: false, reason: "limit_reached", remaining: 0 });
    };
    const deliverAll = async () => {
      for (const event of world.events(user)) await world.deliver(event);
    };
    await agree();
    await agree();
    await world.buy(user, { planId: "starter", interval: "month" });
    const { id } = eventOf(world, user, "customer.subscription.created").data.object as { id: string };
    await agree();
    await deliverAll();
    await agree();
    world.tick(20 * 24 * 3600);
    await agree();
    world.tick(20 * 24 * 3600);
    await agree();
    await deliverAll();
    await agree();
    await world.dashboard.subscriptions.cancel(id);
    await agree();
    await deliverAll();
    await agree();
    await agree();
  });

  test.each([0, -1, 1.5, Number.NaN, 1_000_000_001, "3"])("a quantity of %s is refused", async (quantity) => {
    await expect(record({ quantity: quantity as number })).rejects.toMatchObject({
      code: "invalid_quantity",
      status: 400,
    });
  });

  test.each([
    ["that is empty", ""],
    ["that is too long", "x".repeat(256)],
    ["with a zero byte", "a\u0000b"],
    ["that is missing", undefined],
  ])("a key %s is refused", async (_name, idempotencyKey) => {
    await expect(record({ idempotencyKey: idempotencyKey as string })).rejects.toMatchObject({
      code: "invalid_idempotency_key",
      status: 400,
    });
  });

  test.each([
    ["", "invalid_options"],
    [undefined, "invalid_options"],
    ["a\u0000b", "invalid_customer_id"],
    ["a\ud800", "invalid_customer_id"],
  ])("the customer %j is refused: nobody shares a meter by mistake", async (id, code) => {
    await expect(record({ customerId: id as string })).rejects.toMatchObject({ code });
    await expect(world.billing.usage.read(id as string)).rejects.toMatchObject({ code });
  });

  test.each(["projects", "export", "teleport", "__proto__"])(
    "%s, which is not metered, can't be recorded",
    async (id) => {
      await expect(record({ feature: id as "messages" })).rejects.toMatchObject({ code: "unknown_feature" });
    },
  );

  test("a plan that does not have the feature is refused, naming the plan that does", async () => {
    const plans = definePlans({
      features: { calls: { type: "metered", name: "Calls", reset: "never" } },
      plans: {
        free: { name: "Free", includes: {} },
        pro: { name: "Pro", prices: { month: { usd: 900 } }, includes: { calls: 5 } },
      },
    });
    const { provider } = world;
    const { usage } = createBilling({
      plans,
      provider,
      store,
      appUrl: "https://app.example.com",
      identify: () => null,
      environment: "development",
      jobs: "manual",
    });
    const refused = usage.record({ customerId: user, feature: "calls", idempotencyKey: key() });
    await expect(refused).rejects.toMatchObject({
      code: "upgrade_required",
      status: 402,
      details: { feature: "calls", reason: "not_in_plan", upgradeTo: "pro" },
    });
    expect((await usage.read(user)).calls).toMatchObject({ used: 0, limit: 0, remaining: 0, endsAt: null });
  });

  test("a key is remembered as long as events are; its count stays", async () => {
    const idempotencyKey = key();
    await record({ idempotencyKey });
    const pruneAfter = (days: number) =>
      prune({
        store,
        logger: { error() {}, warn() {}, info() {} },
        clock: () => new Date(world.sandbox.now().getTime() + days * 24 * 3600 * 1000),
        eventRetentionDays: 90,
        historyRetentionDays: null,
      });
    await pruneAfter(90);
    expect(await record({ idempotencyKey })).toMatchObject({ counted: false, used: 1 });
    await pruneAfter(90.01);
    expect(await record({ idempotencyKey })).toMatchObject({ counted: true, used: 2 });
  });
});

describeOnPostgres("metered features on two instances over one database", (createStore) => {
  let world: World;
  let both: readonly [World["billing"], World["billing"]];
  let user: string;

  beforeAll(async () => {
    world = await openWorld({ store: createStore() });
    both = [world.billing, world.instance({ store: createStore() })];
  });
  afterAll(async () => {
    await both[1].close();
    await world.close();
  });
  beforeEach(() => {
    user = newUser();
  });

  const use = (quantity = 1, idempotencyKey = key()) =>
    ({ customerId: user, feature: "messages", quantity, idempotencyKey }) as const;
  const recordAtOnce = async (uses: readonly ReturnType<typeof use>[]) =>
    tally(await Promise.all(uses.map((one, n) => outcomeOf(both[n % 2 === 0 ? 0 : 1].usage.record(one)))));

  test("of many at once, exactly as many succeed as there is room for", async () => {
    await both[0].usage.record(use(93));
    const outcomes = await recordAtOnce(Array.from({ length: 60 }, () => use()));
    expect(outcomes).toEqual({ counted: 7, limit_reached: 53 });
    expect((await both[1].usage.read(user)).messages).toMatchObject({ used: 100, remaining: 0 });
  });

  test("of 50 at once at the exact limit, one by one and in lists, exactly the allowed number succeed", async () => {
    await both[0].usage.record(use(75));
    const lists = Array.from({ length: 5 }, (_, n) =>
      both[n % 2 === 0 ? 0 : 1].usage.recordMany(Array.from({ length: 5 }, () => use())),
    );
    const singles = recordAtOnce(Array.from({ length: 25 }, () => use()));
    const listed = tally((await Promise.all(lists)).flat().map(({ outcome }) => outcome));
    const single = await singles;
    expect((listed.counted ?? 0) + (single.counted ?? 0)).toBe(25);
    expect((listed.refused ?? 0) + (single.limit_reached ?? 0)).toBe(25);
    expect((await both[1].usage.read(user)).messages).toMatchObject({ used: 100, remaining: 0 });
  });

  test("of portions that don't all fit, no more is counted than fits", async () => {
    await recordAtOnce(Array.from({ length: 30 }, (_, n) => use(1 + (n % 9))));
    const { used } = (await both[0].usage.read(user)).messages;
    expect(used).toBeGreaterThan(91);
    expect(used).toBeLessThanOrEqual(100);
  });

  test("the same key on both at once is counted once, even when it takes the last of what is left", async () => {
    for (const before of [0, 99]) {
      user = newUser();
      if (before > 0) await both[0].usage.record(use(before));
      const twin = use();
      expect(await recordAtOnce(Array.from({ length: 20 }, () => twin))).toEqual({
        counted: 1,
        duplicate: 19,
      });
      expect((await both[0].usage.read(user)).messages.used).toBe(before + 1);
    }
  });

  test("what one instance counts, the other one's access shows within moments", async () => {
    const request = toRequest("GET", "/access", { as: user });
    const left = async () => (await both[1].access(request)).check("messages").remaining;
    expect(await left()).toBe(100);
    await both[0].usage.record(use(40));
    await vi.waitFor(async () => expect(await left()).toBe(60));
  });
});
