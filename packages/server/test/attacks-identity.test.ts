import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Identify } from "../src/index.js";
import { managerRoutes, personalRoutes, postRoutes } from "./attack-routes.js";
import { describeEachStore } from "./each-store.js";
import { appUrl } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("whose billing it is", (createStore) => {
  let world: World;
  let store: Store;
  /** Has bought the starter plan. */
  let victim: string;
  let checkoutId: string;
  let eve: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store });
    victim = newUser();
    checkoutId = await world.buy(victim);
    await world.call("GET", `/checkout/${checkoutId}`, { as: victim });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    eve = newUser();
    world.tick(60);
  });

  test.each([
    [
      "the query",
      (id: string) => ({ path: `/access?customerId=${id}&customer=${id}&id=${id}&x-user=${id}` }),
    ],
    ["a header", (id: string) => ({ path: "/access", headers: { "x-customer-id": id, "customer-id": id } })],
    [
      "a cookie that is not the session",
      (id: string) => ({ path: "/access", headers: { cookie: `id=${id}` } }),
    ],
    [
      "the URL's user",
      (id: string) => ({ path: "/access", headers: { authorization: `Basic ${btoa(`${id}:`)}` } }),
    ],
    ["a forwarding header", (id: string) => ({ path: "/access", headers: { "x-forwarded-user": id } })],
  ])("a customer's id in %s counts for nothing", async (_name, place) => {
    const { path, headers = {} } = { headers: {}, ...place(victim) };
    const answer = await world.call("GET", path, { as: eve, headers });
    expect(answer).toMatchObject({ status: 200, body: { customerId: eve, planId: "free" } });
    expect(JSON.stringify(answer.body)).not.toContain(victim);
  });

  test("a customer's id in the path is not a route", async () => {
    for (const path of [
      `/access/${victim}`,
      `/${victim}/access`,
      `/customers/${victim}`,
      `/portal/${victim}`,
    ]) {
      for (const method of ["GET", "POST"]) {
        const options = method === "POST" ? { as: eve, body: {} } : { as: eve };
        expect(await world.call(method, path, options)).toMatchObject({ status: 404 });
      }
    }
  });

  test("a customer's id in a body is an error, on every route", async () => {
    const link = await store.findCustomer(victim, "stripe");
    for (const { path, body } of postRoutes) {
      for (const key of ["customerId", "customer", "providerCustomerId"]) {
        for (const id of [victim, link?.providerCustomerId]) {
          const answer = await world.call("POST", path, { as: eve, body: { ...body, [key]: id } });
          expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
        }
      }
    }
  });

  test("another customer's checkout can't be told from a missing one: same answer, same work", async () => {
    const calls: string[] = [];
    const billing = world.instance({
      // What the background does is no part of an answer.
      jobs: "manual",
      store: recorded(store, calls),
      provider: recorded(world.provider, calls),
    });
    const look = async (id: string) => {
      calls.length = 0;
      const { status, body, headers } = await world.call("GET", `/checkout/${id}`, { as: eve, billing });
      return { status, body, headers: [...headers], calls: [...calls] };
    };
    await look("cs_test_warm_up");
    const foreign = await look(checkoutId);
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: "checkout_not_found" } } });
    expect(foreign).toEqual(await look("cs_test_missing"));
    expect(foreign.calls).toContain("findCheckout");
    expect(foreign.calls).not.toContain("read");
    const request = new Request(`${appUrl}/return`, { headers: { "x-user": eve } });
    await expect(billing.settleCheckout(request, checkoutId)).rejects.toMatchObject({
      code: "checkout_not_found",
    });
    expect((await world.call("GET", "/access", { as: eve })).body.planId).toBe("free");
  });

  test.each([
    "../access",
    "..%2faccess",
    "%00",
    "'; drop table tollgate.checkouts; --",
    "__proto__",
    "%",
    "a".repeat(3000),
  ])("%j is no checkout", async (id) => {
    const answer = await world.call("GET", `/checkout/${encodeURIComponent(id)}`, { as: eve });
    expect(answer).toMatchObject({ status: 404 });
  });

  test("a member sees what the plan allows, and neither spends nor sees money", async () => {
    const member = { as: victim, role: "member" as const };
    const forbidden = { status: 403, body: { error: { code: "forbidden" } } };
    for (const { key, method, path, body } of managerRoutes) {
      expect(await world.call(method, path, { ...member, body }), key).toMatchObject(forbidden);
    }
    expect(await world.call("GET", `/checkout/${checkoutId}`, member)).toMatchObject(forbidden);
    const access = await world.call("GET", "/access", member);
    expect(access).toMatchObject({ status: 200, body: { planId: "starter", canManage: false } });
    const request = new Request(appUrl, { headers: { "x-user": victim, "x-role": "member" } });
    await expect(world.billing.settleCheckout(request, checkoutId)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("nobody is signed in as nobody", async () => {
    const refused = { status: 401, body: { error: { code: "unauthenticated" } } };
    for (const { key, method, path, body } of personalRoutes)
      expect(await world.call(method, path, { body }), key).toMatchObject(refused);
    expect(await world.call("GET", `/checkout/${checkoutId}`)).toMatchObject(refused);
  });

  test("many at once are each answered with their own", async () => {
    const asking = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? victim : `${eve}_${n}`));
    const answers = await Promise.all(asking.map((as) => world.call("GET", "/access", { as })));
    for (const [n, { body }] of answers.entries()) {
      const as = asking[n];
      expect([body.customerId, body.planId]).toEqual([as, as === victim ? "starter" : "free"]);
    }
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["an empty object", {}],
    ["an empty id", { id: "", role: "manager" }],
    ["a number for an id", { id: 1, role: "manager" }],
    ["a list for an id", { id: ["user"], role: "manager" }],
    ["another role", { id: "user", role: "admin" }],
    ["a role from a prototype", { id: "user", role: { toString: () => "manager" } }],
    ["a text", "user"],
    ["a list", ["user"]],
    ["a response", new Response("sign in")],
  ])("an `identify` that gives %s lets nobody in", async (_name, identity) => {
    const billing = world.instance({ store, identify: (() => identity) as Identify });
    for (const { key, method, path, body } of personalRoutes)
      expect((await world.call(method, path, { body, billing })).status, key).toBe(500);
    await expect(billing.access(new Request(appUrl))).rejects.toMatchObject({ code: "invalid_options" });
  });

  test.each([
    ["of 201 characters", "x".repeat(201)],
    ["of a megabyte", "x".repeat(1024 * 1024)],
    ["with NUL", "a\u0000b"],
    ["with half a character", "a\ud800"],
  ])(
    "an id %s is refused on every route, and reaches neither the store nor the provider",
    async (_name, id) => {
      const calls: string[] = [];
      const billing = world.instance({
        jobs: "manual",
        store: recorded(store, calls),
        provider: recorded(world.provider, calls),
        identify: () => ({ id, role: "manager" }),
      });
      const refused = { status: 400, body: { error: { code: "invalid_customer_id" } } };
      for (const { key, method, path, body } of personalRoutes)
        expect(await world.call(method, path, { body, billing }), key).toMatchObject(refused);
      const thrown = { code: "invalid_customer_id" };
      await expect(billing.access(new Request(appUrl))).rejects.toMatchObject(thrown);
      const use = { feature: "messages", idempotencyKey: "1" } as const;
      await expect(billing.usage.record({ customerId: id, ...use })).rejects.toMatchObject(thrown);
      await expect(billing.usage.read(id)).rejects.toMatchObject(thrown);
      await expect(billing.reconcile({ customerId: id })).rejects.toMatchObject({ code: "invalid_options" });
      expect(calls).toEqual([]);
    },
  );

  test.each(["x".repeat(200), "o'brien & söhne / 7", "日本語🏳️‍🌈", "a\nb"])("the id %j buys", async (id) => {
    const identify: Identify = () => ({ id, role: "manager" });
    const billing = world.instance({ store, identify });
    expect((await world.call("POST", "/checkout", { body: starter, billing })).status).toBe(200);
    expect((await world.call("GET", "/access", { billing })).body.customerId).toBe(id);
  });

  test.each([
    ["with half a character", "a\ud800@example.com", "A\udc00"],
    ["with NUL", "a\u0000@example.com", "A\u0000"],
    ["of ten thousand characters", `${"a".repeat(10_000)}@example.com`, "A".repeat(10_000)],
  ])("an email and a name %s keep nobody from paying", async (_name, email, name) => {
    const identify: Identify = () => ({ id: eve, email, name, role: "manager" });
    const billing = world.instance({ store, identify });
    expect((await world.call("POST", "/checkout", { body: starter, billing })).status).toBe(200);
  });

  test("a reconcile for a customer who is not set is refused, and does not run for everybody", async () => {
    const unset = { customerId: undefined as never, repair: true };
    await expect(world.billing.reconcile(unset)).rejects.toMatchObject({ code: "invalid_options" });
  });

  test.each<[string, unknown]>([
    ["an error with a password", new Error("redis://:hunter2@cache is down")],
    ["a text with a key", "sk_live_hunter2"],
    ["a response", new Response("hunter2", { status: 302 })],
    ["nothing", undefined],
    ["an error that claims a status", Object.assign(new Error("hunter2"), { status: 200, statusCode: 200 })],
    ["an object that looks like a refusal", { code: "forbidden", status: 403, toJSON: () => "hunter2" }],
  ])("an `identify` that throws %s gives nothing away", async (_name, thrown) => {
    const billing = world.instance({
      store,
      identify: () => {
        throw thrown;
      },
    });
    const answer = await world.call("GET", "/access", { billing });
    expect(answer).toMatchObject({ status: 500 });
    expect(answer.body).toEqual({ error: { code: "internal", message: "Something went wrong." } });
    expect(JSON.stringify(world.logged.at(-1))).not.toMatch(/sk_live_hunter2|:hunter2@/);
  });
});

const starter = { planId: "starter", interval: "month" };

/** The same object, which notes the names of the methods that are called, also of what it holds. */
function recorded<T extends object>(target: T, calls: string[]): T {
  const entries = Object.entries(target).map(([name, member]: [string, unknown]) => [
    name,
    // It asks nothing of the store.
    typeof member !== "function" || name === "observeLoops"
      ? isGroup(member)
        ? recorded(member, calls)
        : member
      : (...call: unknown[]) => {
          calls.push(name);
          return Reflect.apply(member, target, call);
        },
  ]);
  return Object.fromEntries(entries) as T;
}

function isGroup(member: unknown): member is object {
  return typeof member === "object" && member !== null && Object.getPrototypeOf(member) === Object.prototype;
}
