import { withPrivatePlans } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { readIdentity } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

const plans = withPrivatePlans(buildCatalog(), {
  acme: { name: "Acme", prices: { month: { usd: 9_900 } }, includes: { export: true, support: true } },
});

/** People of Acme are told by a header, where an app looks at its own records. */
const identify = (request: Request) => {
  const identity = readIdentity(request);
  const named = request.headers.get("x-plans")?.split(",");
  return identity === null || named === undefined ? identity : { ...identity, plans: named };
};
const acme = { headers: { "x-plans": "acme" } };
const buy = { planId: "acme", interval: "month" };

describeEachStore("a plan for one customer", (createStore) => {
  let world: World;
  beforeAll(async () => {
    const own = {
      plans: plans as unknown as ExampleCatalog,
      identify,
      rateLimits: false,
      jobs: "manual",
    } as const;
    world = await openWorld({ store: createStore(), ...own });
  });
  afterAll(() => world.close());

  const shown = async (options: Parameters<World["call"]>[2]) => {
    const { body, headers } = await world.call("GET", "/plans", options);
    const isShown = body.plans.some(({ id }: { id: string }) => id === "acme");
    return { isShown, cache: headers.get("cache-control") };
  };

  test("is in GET /plans for its people alone, and nobody may keep the answer for the next one", async () => {
    const user = newUser();
    expect(await shown({ as: user, ...acme })).toEqual({ isShown: true, cache: "no-store" });
    expect(await shown({ as: user })).toEqual({ isShown: false, cache: "no-store" });
    expect(await shown({})).toEqual({ isShown: false, cache: "no-store" });
    const open = world.instance({ plans: buildCatalog(), jobs: "manual" });
    expect((await world.call("GET", "/plans", { billing: open })).headers.get("cache-control")).toBe(
      "public, max-age=60",
    );
  });

  test("is offered to its people alone, also where two of one customer ask by turns", async () => {
    const user = newUser();
    for (const options of [{}, acme, {}, acme]) {
      const { body } = await world.call("GET", "/access", { as: user, ...options });
      expect(Object.hasOwn(body.offers, "acme")).toBe(options === acme);
      const headers = new Headers({ "x-user": user, ...(options === acme && acme.headers) });
      const { offers } = (await world.billing.access(headers)).toJSON();
      expect(Object.hasOwn(offers, "acme")).toBe(options === acme);
    }
  });

  test("does not exist for anybody else who buys, previews, changes or tries a code", async () => {
    const user = newUser();
    await world.buy(user, { planId: "starter", interval: "month" });
    const [session] = await world.checkouts(user);
    await world.call("GET", `/checkout/${session?.id}`, { as: user });
    const attempts = (planId: string, as: string) =>
      Promise.all(
        [
          ["/checkout", { planId, interval: "month" }],
          ["/subscription/preview", { planId }],
          ["/subscription/change", { planId }],
          ["/promotion-code", { code: "SPRING", planId, interval: "month" }],
        ].map(async ([path, body]) => {
          const { status, body: answer } = await world.call("POST", path as string, { as, body });
          return JSON.stringify([status, answer]).replaceAll(planId, "it");
        }),
      );
    for (const who of [user, newUser()]) {
      expect(await attempts("acme", who)).toEqual(await attempts("gone", who));
    }
    expect((await attempts("acme", user)).every((one) => one.includes("unknown_plan"))).toBe(true);
  });

  test("is bought by its people, and kept when it is no longer named for them", async () => {
    const user = newUser();
    const opened = await world.call("POST", "/checkout", { as: user, body: buy, ...acme });
    expect(opened.status).toBe(200);
    await world.pay(opened.body.id);
    await world.call("GET", `/checkout/${opened.body.id}`, { as: user });
    const { body } = await world.call("GET", "/access", { as: user });
    expect(body).toMatchObject({ planId: "acme", features: { support: { allowed: true } } });
  });

  test("is given by the app's own server to whomever it likes", async () => {
    const user = newUser();
    const checkout = await world.buy(user, { planId: "starter", interval: "month" });
    await world.call("GET", `/checkout/${checkout}`, { as: user });
    const wish = { customerId: user, planId: "acme" as "pro" };
    const { dueNow, token } = await world.billing.subscriptions.preview(wish);
    expect(dueNow).toBeGreaterThan(0);
    await world.billing.subscriptions.change({ ...wish, preview: token });
    expect((await world.call("GET", "/access", { as: user })).body.planId).toBe("acme");
  });

  test("is on no page of the provider's that everybody may open", async () => {
    const { data } = await world.dashboard.billingPortal.configurations.list({ limit: 100 });
    expect(data.length).toBeGreaterThan(0);
    expect(JSON.stringify(data)).not.toContain("acme");
  });

  test.each([["acme"], [["acme", 1]], [null]])("refuses plans that are no list of ids: %j", async (given) => {
    const billing = world.instance({
      jobs: "manual",
      identify: () => ({ id: "org_1", role: "manager", plans: given as readonly string[] }),
    });
    expect(await world.call("GET", "/access", { billing })).toMatchObject({
      status: 500,
      body: { error: { code: "invalid_options" } },
    });
  });
});
