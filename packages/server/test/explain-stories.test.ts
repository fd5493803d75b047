import { type AccessState, isLive, type Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { eventOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

const features = ["export", "projects", "messages"] as const;
// `TOLLGATE_EXPLANATIONS=2000` for a long run, as `npm run prove` makes it.
const wanted = Number(process.env.TOLLGATE_EXPLANATIONS ?? 300);

describeEachStore("an explanation", (createStore) => {
  let world: World;
  let store: Store;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false, accessMaxStaleSeconds: 0 });
  });
  afterAll(() => world.close());
  beforeEach(() => world.tick(60));

  test("goes from the catalog by the subscription and what made it so to what was answered", async () => {
    const user = newUser();
    const before = world.sandbox.now();
    world.tick(60);
    const { created, subscriptionId } = await subscribe(world, user);
    await world.deliver(created);
    world.tick(60);
    const at = world.sandbox.now();
    world.tick(60);
    await world.dashboard.subscriptions.cancel(subscriptionId);
    await world.deliver(eventOf(world, user, "customer.subscription.deleted"));
    const then = await world.billing.explain(user, "projects", { at });
    expect(then.steps.map(({ kind }) => kind)).toEqual(["catalog", "subscription", "event", "decision"]);
    expect(then).toMatchObject({
      known: true,
      standing: { planId: "starter" },
      access: { allowed: true, usedKnown: false },
    });
    expect(then.steps.map(({ words }) => words).join("\n")).toContain(`subscription.created, ${created.id}`);
    const said = then.steps.map(({ words }) => words);
    expect(said[0]).toMatch(
      /^By the catalog since \w+ \d+, 2026 at \d+:\d\d [AP]M UTC the plan that is open is Starter,/,
    );
    expect(said[1]).toBe(`Starter was active (${subscriptionId} at stripe).`);
    expect(said[3]).toMatch(/^"Projects" was open, up to \d+\.$/);
    const now = await world.billing.explain(user, "projects");
    expect(now).toMatchObject({ standing: { planId: "free" }, access: { usedKnown: true } });
    const closed = (await world.billing.explain(user, "export")).steps.at(-1)?.words;
    expect(closed).toBe('"CSV export" was closed: the plan does not have it. Pro would have it.');
    expect((await world.billing.explain(user, "projects", { at: before })).steps[1]).toMatchObject({
      words: "There was no subscription.",
      subscription: null,
    });
    const teleport = "teleport" as "export";
    await expect(world.billing.explain(user, teleport)).rejects.toMatchObject({ code: "unknown_feature" });
    const refused = { code: "invalid_query" };
    await expect(world.billing.explain(user, "export", { at: "once" })).rejects.toMatchObject(refused);
  });

  test("knows what is used now, and says that it doesn't know what was", async () => {
    const user = newUser();
    await world.billing.usage.record({
      customerId: user,
      feature: "messages",
      quantity: 3,
      idempotencyKey: user,
    });
    expect((await world.billing.explain(user, "messages")).access).toMatchObject({
      used: 3,
      usedKnown: true,
    });
    const at = world.sandbox.now();
    expect((await world.billing.explain(user, "messages", { at })).access).toMatchObject({
      used: 0,
      usedKnown: false,
    });
  });

  test("is by the catalog of then, also after another release", async () => {
    const user = newUser();
    const { created } = await subscribe(world, user);
    await world.deliver(created);
    const at = world.sandbox.now();
    world.tick(60);
    const plans = buildCatalog();
    const starter = { ...plans.plans.starter, includes: { ...plans.plans.starter.includes, projects: 1 } };
    const poorer = { ...plans, plans: { ...plans.plans, starter } } as typeof plans;
    const next = world.instance({ plans: poorer });
    expect((await next.explain(user, "projects")).access.limit).toBe(1);
    world.tick(60);
    const limit = plans.plans.starter.includes.projects;
    expect((await next.explain(user, "projects", { at })).access.limit).toBe(limit);
    expect((await world.billing.explain(user, "projects", { at })).access.limit).toBe(limit);
    await world.instance().access(new Request("https://app.example.com/"));
    await store.rememberTerms({ catalog: plans, graceDays: 7 }, world.sandbox.now().toISOString());
  });

  test("says what was answered, for any customer and time", { timeout: 600_000 }, async () => {
    const seen: { user: string; at: Date; state: AccessState }[] = [];
    // The same each time: a multiplier and modulus of a usual generator.
    let seed = 20_261_130;
    const pick = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const users = Array.from({ length: Math.max(8, Math.ceil(wanted / 250)) }, newUser);
    const told = new Set<string>();
    /** Some come late. */
    const tell = async () => {
      for (const event of world.sandbox.events()) {
        if (told.has(event.id) || pick(5) === 0) continue;
        told.add(event.id);
        await world.deliver(event);
      }
    };
    const running = async (user: string) => (await store.listSubscriptions(user)).find(isLive);
    const refused = () => null;
    const steps = [
      async (user: string) => {
        if (await running(user)) return;
        const body = {
          planId: pick(2) === 0 ? "starter" : "pro",
          interval: pick(2) === 0 ? "month" : "year",
        };
        await world.buy(user, body).catch(refused);
      },
      async (user: string) => {
        const one = await running(user);
        if (one)
          await world.dashboard.subscriptions
            .update(one.id, { cancel_at_period_end: pick(2) === 0 })
            .catch(refused);
      },
      async (user: string) => {
        const one = await running(user);
        if (one && pick(3) === 0) await world.dashboard.subscriptions.cancel(one.id).catch(refused);
      },
      async (user: string) => {
        if (await running(user)) await world.billing.subscriptions.pause({ customerId: user }).catch(refused);
      },
      async (user: string) => {
        if (await running(user))
          await world.billing.subscriptions.resume({ customerId: user }).catch(refused);
      },
      async (user: string) => {
        const change = { customerId: user, planId: pick(2) === 0 ? "starter" : "pro" } as const;
        if (!(await running(user))) return;
        const previewed = await world.billing.subscriptions.preview(change).catch(refused);
        const preview = previewed?.token;
        if (preview) await world.billing.subscriptions.change({ ...change, preview }).catch(refused);
      },
      async () => world.tick(86_400 * pick(4)),
    ];
    const perUser = Math.ceil(wanted / users.length / features.length / 2);
    for (let round = 0; round < perUser; round += 1) {
      for (const user of users) {
        // What happens next is not of the moment that was looked at.
        world.tick(1);
        await steps[pick(steps.length)]?.(user);
        await tell();
        for (const _look of [1, 2]) {
          world.tick(1 + pick(600));
          const { body } = await world.call("GET", "/access", { as: user });
          seen.push({ user, at: world.sandbox.now(), state: body });
        }
      }
    }
    world.tick(60);
    let compared = 0;
    for (const { user, at, state } of seen) {
      for (const feature of features) {
        const { access, standing } = await world.billing.explain(user, feature, { at });
        const { planId, subscription, attention, graceEndsAt, trialUsed } = state;
        expect(standing).toEqual({ planId, subscription, attention, graceEndsAt, trialUsed });
        const { usedKnown: _, ...rebuilt } = access;
        expect(rebuilt).toEqual(state.features[feature]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(wanted);
    expect(new Set(seen.map(({ state }) => state.planId)).size).toBe(3);
  });
});
