import { type BillingError, definePlans, type Store } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type NoticeMail, usageMails } from "../src/index.js";
import { type Changer, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { toRequest } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

const plans = definePlans({
  features: {
    messages: { type: "metered", name: "Messages", reset: "period" },
    calls: { type: "metered", name: "Calls", reset: "month", alertAt: [50, 80, 100] },
    quiet: { type: "metered", name: "Quiet", reset: "month", alertAt: [] },
  },
  plans: {
    free: {
      name: "Free",
      includes: { calls: 10, quiet: 2 },
      overage: { calls: "allowed" },
      caps: { calls: { count: 10 } },
    },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900 } },
      includes: { messages: 10, calls: 100 },
      usage: { messages: { perUnit: { usd: 200 } } },
      caps: { messages: { amounts: { usd: 10_000 } } },
    },
    max: {
      name: "Max",
      prices: { month: { usd: 9_900 } },
      includes: { messages: 1_000, calls: 1_000 },
      usage: { messages: { perUnit: { usd: 100 } } },
    },
  },
}) as unknown as ExampleCatalog;

describeEachStore("use that is capped", (createStore) => {
  let world: World;
  let store: Store;
  let instances: readonly World["billing"][];
  const mails: NoticeMail[] = [];
  let failing = 0;

  beforeAll(async () => {
    store = createStore();
    const on = usageMails({
      productName: "Acme",
      reader: (customerId) => ({ to: customerId }),
      sendMail(mail) {
        if (failing-- > 0) throw new Error("The mail service is down.");
        mails.push(mail);
      },
    });
    world = await openWorld({ store, rateLimits: false, jobs: "manual", plans, on });
    instances = [world.billing, world.instance()];
    // From now on it is known that somebody hears what is told.
    await world.billing.runJobs();
  });
  afterAll(() => world.close());

  const record = (customerId: string, quantity: number, feature = "messages", billing = world.billing) =>
    billing.usage.record({
      ...{ customerId, quantity, feature: feature as "messages" },
      idempotencyKey: crypto.randomUUID(),
    });
  const refused = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error: BillingError) => error,
    );
  const messagesOf = async (user: string) =>
    (await world.call("GET", "/access", { as: user })).body.features.messages;
  const capOf = (one: Changer, cap: object | null, role: "manager" | "member" = "manager") =>
    world.call("POST", "/usage/cap", { as: one.user, role, body: { feature: "messages", cap } });
  const join = () => newChanger(world, { planId: "pro", interval: "month" });
  /** What was mailed to somebody since it was asked before. */
  const mailed = async (user: string) => {
    await vi.waitFor(async () => {
      const { callbacks } = await store.listCallbacks({ customerId: user, state: "waiting", limit: 10 });
      if (callbacks.length > 0) await world.billing.runJobs();
      expect(callbacks).toHaveLength(0);
    }, 20_000);
    const own = mails.filter(({ to }) => to === user);
    for (const mail of own) mails.splice(mails.indexOf(mail), 1);
    return own.map(({ subject, text }) => `${subject}\n${text}`);
  };

  test("the plan's cap of money ends the use when all of it is spent, and says whose it is", async () => {
    const one = await join();
    expect(await record(one.user, 59)).toMatchObject({ used: 59, remaining: 1 });
    expect(await messagesOf(one.user)).toMatchObject({
      allowed: true,
      overage: "billed",
      cap: {
        ...{ limit: 60, setBy: "plan", raisedBy: "app", count: null },
        money: { amount: 10_000, currency: "usd" },
        spent: { amount: 9_800, currency: "usd" },
      },
    });
    expect(await refused(record(one.user, 2))).toMatchObject({
      code: "limit_reached",
      status: 402,
      details: { limit: 60, used: 59, remaining: 1, quantity: 2, cap: { setBy: "plan", raisedBy: "app" } },
    });
    await record(one.user, 1);
    const request = toRequest("GET", "/access", { as: one.user });
    const denied = (await world.billing.access(request)).check("messages");
    expect(denied).toMatchObject({ allowed: false, reason: "limit_reached", limit: 60, used: 60 });
    // More is included in this one; what a cap ends is no reason to sell less.
    expect(denied).toMatchObject({ cap: { setBy: "plan" }, unlocks: [{ kind: "plan", planId: "max" }] });
    expect(await refused(world.billing.require(request, "messages"))).toMatchObject({
      code: "limit_reached",
      message: expect.stringContaining("Whoever runs this app can raise it"),
      details: { cap: { limit: 60 }, used: 60 },
    });
  });

  test("a cap that is raised counts at once, on every instance; one below what is used too, and what was accepted is billed", async () => {
    const one = await join();
    const set = (usd: number) =>
      world.billing.usage.setCap({ customerId: one.user, feature: "messages", cap: { amounts: { usd } } });
    expect(await set(4_000)).toMatchObject({ used: 0, remaining: 30, cap: { limit: 30, setBy: "app" } });
    await record(one.user, 30);
    const other = instances[1] ?? world.billing;
    expect((await refused(record(one.user, 1, "messages", other)))?.code).toBe("limit_reached");
    await set(6_000);
    expect(await record(one.user, 10, "messages", other)).toMatchObject({ used: 40, remaining: 0 });
    expect(await set(1_000)).toMatchObject({ used: 40, remaining: 0, cap: { limit: 15 } });
    expect((await refused(record(one.user, 1)))?.details).toMatchObject({ used: 40, cap: { setBy: "app" } });
    expect(await messagesOf(one.user)).toMatchObject({ allowed: false, cap: { spent: { amount: 6_000 } } });
    const upcoming = await world.billing.invoices.upcoming({ customerId: one.user });
    expect(upcoming?.due).toBe(2_900 + 30 * 200);
    const cap = { customerId: one.user, feature: "messages" } as const;
    expect(await world.billing.usage.setCap({ ...cap, cap: "unlimited" })).toMatchObject({ cap: null });
    expect(await record(one.user, 100)).toMatchObject({ used: 140, remaining: null });
    expect(await world.billing.usage.setCap({ ...cap, cap: null })).toMatchObject({ cap: { setBy: "plan" } });
  });

  test("nobody overspends it: of fifty at once on two instances, one by one and in lists, exactly as many count", async () => {
    const one = await join();
    await capOf(one, { count: 23 });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const billing = instances[n % 2] ?? world.billing;
        if (n % 5 > 0) return (await refused(record(one.user, 1, "messages", billing)))?.code ?? "counted";
        const use = {
          customerId: one.user,
          feature: "messages",
          idempotencyKey: `${one.user}:${n}`,
        } as const;
        return (await billing.usage.recordMany([use]))[0]?.outcome;
      }),
    );
    expect(outcomes.filter((outcome) => outcome === "counted")).toHaveLength(33);
    expect(await messagesOf(one.user)).toMatchObject({ used: 33, cap: { setBy: "customer", count: 23 } });
  });

  test("a customer's own cap is set by a manager, only lowers, and is theirs to raise", async () => {
    const one = await join();
    expect((await capOf(one, { count: 5 }, "member")).status).toBe(403);
    expect((await capOf(one, { amounts: { usd: 2_000 } })).body).toMatchObject({
      used: 0,
      remaining: 20,
      cap: { limit: 20, setBy: "customer", raisedBy: "manager", money: { amount: 2_000 } },
    });
    await record(one.user, 20);
    const error = await refused(record(one.user, 1));
    expect(error?.message).toContain("Whoever manages your billing can raise it");
    // Beyond the plan's it changes nothing: that one is reached first.
    const higher = await capOf(one, { amounts: { usd: 50_000 } });
    expect(higher.body).toMatchObject({ remaining: 40, cap: { limit: 60, setBy: "plan" } });
    expect((await capOf(one, { count: 0 })).body).toMatchObject({ remaining: 0, cap: { limit: 10 } });
    // What is billed in a currency that it does not name may cost nothing.
    expect((await capOf(one, { amounts: { eur: 2_000 } })).body).toMatchObject({ cap: { limit: 10 } });
    expect((await capOf(one, null)).body).toMatchObject({ cap: { setBy: "plan" } });
    const bodies = [{ count: -1 }, { count: 1.5 }, {}, { amounts: {} }, { amounts: { USD: 1 } }, "unlimited"];
    for (const cap of bodies) {
      const body = { feature: "messages", cap };
      const answer = await world.call("POST", "/usage/cap", { as: one.user, body });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
    }
    const unknown = { feature: "teleport", cap: null };
    expect((await world.call("POST", "/usage/cap", { as: one.user, body: unknown })).status).toBe(400);
  });

  test.each([
    [{ cap: {} }],
    [{ cap: { count: -1 } }],
    [{ cap: { amounts: { usd: 1.5 } } }],
    [{ cap: { amounts: {} } }],
    [{ cap: { count: 1, limit: 2 } }],
    [{ cap: "unlimited", by: "customer" }],
    [{ cap: 5 }],
    [{ cap: null, by: "nobody" }],
  ])("what is no cap is refused, and changes nothing: %j", async (wrong) => {
    const wish = { customerId: newUser(), feature: "messages", ...wrong } as never;
    await expect(world.billing.usage.setCap(wish)).rejects.toMatchObject({ code: "invalid_options" });
  });

  test("use that is allowed, and not billed, ends at the plan's number", async () => {
    const user = newUser();
    expect(await record(user, 19, "calls")).toMatchObject({ used: 19, limit: 10, remaining: 1 });
    expect((await refused(record(user, 2, "calls")))?.details).toMatchObject({
      cap: { limit: 20, count: 10 },
    });
  });

  test("a batch that jumps over several thresholds is one notice of the highest, with the number that access shows", async () => {
    const user = newUser();
    await record(user, 4, "calls");
    expect(await mailed(user)).toEqual([]);
    const uses = Array.from({ length: 6 }, (_, n) => ({
      feature: "calls" as never,
      idempotencyKey: `${user}${n}`,
    }));
    await world.billing.usage.recordMany(uses.map((use) => ({ ...use, customerId: user })));
    const told = await mailed(user);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("Acme: 100% of Calls used");
    expect(told[0]).toContain("You have used 100% of what Acme includes of Calls: 10 of 10.");
    expect(told[0]).toContain("The count starts again on December 1, 2026.");
    const { calls } = (await world.call("GET", "/access", { as: user })).body.features;
    expect(calls).toMatchObject({ used: 10, limit: 10 });
    await record(user, 1, "calls");
    expect(await mailed(user)).toEqual([]);
    // Half of what the cap leaves beyond it.
    await record(user, 4, "calls");
    expect((await mailed(user))[0]).toContain("50% of your cap on Calls beyond what Acme includes: 15 of 20");
  });

  test("each threshold is told once a period, however many record at once, and a send that failed is tried again", async () => {
    const one = await join();
    failing = 1;
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => record(one.user, 1, "messages", instances[n % 2])),
    );
    const told = await mailed(one.user);
    expect(told.map((text) => text.split("\n")[0]).sort()).toEqual([
      "Acme: 100% of Messages used",
      "Acme: 80% of Messages used",
    ]);
    const { items } = await one.subscription();
    world.tick((items.data[0]?.current_period_end ?? 0) + 60 - world.sandbox.now().getTime() / 1000);
    await record(one.user, 8);
    expect(await mailed(one.user)).toHaveLength(1);
  });

  test("a limit or cap that is raised is told anew; a feature without thresholds is quiet", async () => {
    const one = await join();
    const set = (count: number) =>
      world.billing.usage.setCap({ customerId: one.user, feature: "messages", cap: { count } });
    await set(10);
    await record(one.user, 20);
    expect((await mailed(one.user)).map((text) => text.split("\n")[0])).toHaveLength(2);
    await set(50);
    await record(one.user, 29);
    expect(await mailed(one.user)).toEqual([]);
    await record(one.user, 1);
    const [again] = await mailed(one.user);
    expect(again).toContain("80% of your cap on Messages beyond what Acme includes: 50 of 60");
    const user = newUser();
    await record(user, 2, "quiet");
    expect(await mailed(user)).toEqual([]);
  });
});
