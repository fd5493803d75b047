import { BillingError, type Store } from "@tollgate/core";
import { checkoutResponse, checkoutStatusResponse } from "@tollgate/core/contract";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { describeEachStore } from "./each-store.js";
import { appUrl } from "./requests.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };

describeEachStore("checkout", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const activated: string[] = [];

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({
      store,
      on: { "subscription.activated": ({ customerId }) => void activated.push(customerId) },
    });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const checkout = (body: unknown, headers: Record<string, string> = {}) =>
    world.call("POST", "/checkout", { as: user, body, headers });
  const sessionsOf = async () => {
    const link = await store.findCustomer(user, "stripe");
    if (link === null) return [];
    return (await world.dashboard.checkout.sessions.list({ customer: link.providerCustomerId })).data;
  };

  test("opens a hosted page that costs what the catalog says and comes back with its id", async () => {
    const answer = await checkout({ ...starter, returnUrl: "/done?from=pricing", cancelUrl: "/pricing" });
    expect(answer.status).toBe(200);
    expect(checkoutResponse.parse(answer.body)).toEqual(answer.body);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const session = await world.dashboard.checkout.sessions.retrieve(answer.body.id);
    expect(session).toMatchObject({ amount_total: 900, currency: "usd", cancel_url: `${appUrl}/pricing` });
    expect(session.success_url).toMatch(/^https:\/\/app\.example\.com\/done\?from=pricing&checkout=\{/);
  });

  test("shows active at once on the return, before any webhook, and the webhook changes nothing", async () => {
    const id = await world.buy(user);
    const answer = await world.call("GET", `/checkout/${id}`, { as: user });
    expect(checkoutStatusResponse.parse(answer.body)).toMatchObject({
      id,
      status: "complete",
      payment: "paid",
      access: { planId: "starter", subscription: { status: "active" } },
    });
    const before = await store.listSubscriptions(user);
    for (const event of world.events(user)) expect((await world.deliver(event)).status).toBe(200);
    const after = await store.listSubscriptions(user);
    expect(after.map((one) => ({ ...one, asOf: "" }))).toEqual(before.map((one) => ({ ...one, asOf: "" })));
    await vi.waitFor(() => expect(activated.filter((one) => one === user)).toHaveLength(1), {
      timeout: 10_000,
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(activated.filter((one) => one === user)).toHaveLength(1);
  });

  test("settles the same for a return page that the server renders", async () => {
    const id = await world.buy(user);
    const request = new Request(`${appUrl}/return`, { headers: { "x-user": user } });
    const settled = await world.billing.settleCheckout(request, id);
    expect(settled).toMatchObject({ id, status: "complete", access: { planId: "starter" } });
  });

  test("settles what a page's own address names before it is rendered, so that its access is right", async () => {
    const id = await world.buy(user);
    const page = (as: string | null, role = "manager", search = `?tab=plan&checkout=${id}`) =>
      new Request(`${appUrl}/account${search}`, { headers: { ...(as && { "x-user": as }), "x-role": role } });
    expect((await world.billing.access(page(user))).planId).toBe("free");
    // Whoever does not own it, or may not see it, gets a page all the same.
    expect(await world.billing.settleReturn(page(null))).toBeNull();
    expect(await world.billing.settleReturn(page(newUser()))).toBeNull();
    expect(await world.billing.settleReturn(page(user, "member"))).toBeNull();
    expect(await world.billing.settleReturn(page(user, "manager", "?checkout=success"))).toBeNull();
    expect((await world.billing.access(page(user))).planId).toBe("free");
    expect(await world.billing.settleReturn(page(user))).toMatchObject({ id, status: "complete" });
    expect((await world.billing.access(page(user))).planId).toBe("starter");
  });

  test("renders the page though the provider can't be asked, and says so in the log", async () => {
    const id = await world.buy(user);
    const warn = vi.fn();
    const down = () => Promise.reject(new BillingError("provider_unavailable", "Stripe can't be reached."));
    const billing = world.instance({
      store,
      provider: withParts(world.provider, { checkout: { read: down } }),
      logger: { info: () => {}, warn, error: () => {} },
    });
    const request = new Request(`${appUrl}/account?checkout=${id}`, { headers: { "x-user": user } });
    expect(await billing.settleReturn(request)).toBeNull();
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ checkoutId: id, code: "provider_unavailable" }),
      expect.stringContaining("could not be settled"),
    );
    expect((await billing.access(request)).planId).toBe("free");
  });

  test("shows a checkout that is still open as open", async () => {
    const { body } = await checkout(starter);
    const answer = await world.call("GET", `/checkout/${body.id}`, { as: user });
    expect(answer.body).toMatchObject({ status: "open", access: { planId: "free" } });
  });

  test("charges the currency and the amount that were shown, even for those who pay from abroad", async () => {
    for (const body of [starter, { productId: "credits" }]) {
      const { id } = (await checkout(body)).body;
      expect(await world.dashboard.checkout.sessions.retrieve(id)).toMatchObject({
        adaptive_pricing: { enabled: false },
      });
    }
  });

  test("somebody else's checkout is not found, exactly like a missing one", async () => {
    const id = await world.buy(user);
    const foreign = await world.call("GET", `/checkout/${id}`, { as: newUser() });
    const missing = await world.call("GET", "/checkout/cs_test_missing", { as: user });
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: "checkout_not_found" } } });
    expect(foreign.body).toEqual(missing.body);
    expect(await store.listSubscriptions(user)).toEqual([]);
  });

  test("a second click gives the same page, at one customer", async () => {
    const first = await checkout(starter);
    const second = await checkout(starter);
    expect(second.body).toEqual(first.body);
    expect(await sessionsOf()).toHaveLength(1);
  });

  test("twelve clicks at once give one customer and one open checkout", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => checkout(starter)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(world.events(user, "customer.created")).toHaveLength(1);
    expect((await sessionsOf()).filter(({ status }) => status === "open")).toHaveLength(1);
  });

  test("another choice closes the page that was open", async () => {
    const first = await checkout(starter);
    const second = await checkout({ planId: "pro", interval: "year" });
    expect(second.body.id).not.toBe(first.body.id);
    const open = (await sessionsOf()).filter(({ status }) => status === "open");
    expect(open.map(({ id }) => id)).toEqual([second.body.id]);
    expect(await store.findCheckout(first.body.id, user)).toMatchObject({ status: "expired", url: null });
  });

  test("a plan, an add-on and a product may be open side by side", async () => {
    for (const body of [
      starter,
      { planId: "care", interval: "month" },
      { productId: "credits", quantity: 3 },
    ]) {
      expect((await checkout(body)).status).toBe(200);
    }
    expect((await sessionsOf()).filter(({ status }) => status === "open")).toHaveLength(3);
  });

  test("an expired page is replaced by a new one", async () => {
    const first = await checkout(starter);
    world.tick(25 * 60 * 60);
    const second = await checkout(starter);
    expect(second.status).toBe(200);
    expect(second.body.id).not.toBe(first.body.id);
  });

  test("refuses a second subscription when the first was paid in another tab and no webhook has come yet", async () => {
    await world.buy(user);
    expect(await checkout({ planId: "pro", interval: "month" })).toMatchObject({
      status: 409,
      body: { error: { code: "already_subscribed" } },
    });
    expect(await sessionsOf()).toHaveLength(1);
    expect((await world.call("GET", "/access", { as: user })).body.planId).toBe("starter");
  });

  test("gives the trial once: not again after it was cancelled", async () => {
    const pro = { planId: "pro", interval: "month" };
    const id = await world.buy(user, pro);
    const settled = await world.call("GET", `/checkout/${id}`, { as: user });
    expect(settled.body.access.subscription).toMatchObject({ planId: "pro", status: "trialing" });
    const [subscription] = await store.listSubscriptions(user);
    if (subscription === undefined) throw new Error("There is no subscription.");
    world.tick();
    await world.dashboard.subscriptions.cancel(subscription.id);
    for (const event of world.events(user)) await world.deliver(event);

    const second = await world.buy(user, pro);
    const again = await world.call("GET", `/checkout/${second}`, { as: user });
    expect(again.body.access.subscription).toMatchObject({
      planId: "pro",
      status: "active",
      trialEndsAt: null,
    });
  });

  test.each([
    ["an unknown plan", { planId: "platinum", interval: "month" }, 400, "unknown_plan"],
    [
      "a plan named like a prototype's key",
      { planId: "constructor", interval: "month" },
      400,
      "unknown_plan",
    ],
    ["an unknown product", { productId: "boat" }, 400, "unknown_product"],
    ["a currency without a price", { ...starter, currency: "jpy" }, 400, "unknown_price"],
    ["an interval without a price", { planId: "starter", interval: "year" }, 400, "unknown_price"],
    ["the free plan", { planId: "free", interval: "month" }, 400, "plan_not_for_sale"],
    ["a plan sold by hand", { planId: "enterprise", interval: "month" }, 400, "plan_not_for_sale"],
    [
      "fewer seats than are sold",
      { planId: "team", interval: "month", quantity: 1 },
      400,
      "invalid_quantity",
    ],
    [
      "more seats than are sold",
      { planId: "team", interval: "month", quantity: 101 },
      400,
      "invalid_quantity",
    ],
    ["two of a flat plan", { ...starter, quantity: 2 }, 400, "invalid_quantity"],
    ["no quantity at all", { ...starter, quantity: 0 }, 400, "invalid_body"],
    ["a negative quantity", { ...starter, quantity: -1 }, 400, "invalid_body"],
    ["half a seat", { planId: "team", interval: "month", quantity: 2.5 }, 400, "invalid_body"],
    ["a price of its own", { ...starter, amount: 1 }, 400, "invalid_body"],
    ["another customer", { ...starter, customerId: "org_2" }, 400, "invalid_body"],
    ["a trial of its own", { ...starter, trialDays: 365 }, 400, "invalid_body"],
    ["a return elsewhere", { ...starter, returnUrl: "https://evil.example" }, 400, "invalid_return_url"],
    ["a protocol-relative return", { ...starter, returnUrl: "//evil.example" }, 400, "invalid_return_url"],
    ["a cancel elsewhere", { ...starter, cancelUrl: "/\\evil.example" }, 400, "invalid_return_url"],
    ["text instead of JSON", "{", 400, "invalid_json"],
  ])("refuses %s, and creates nothing", async (_name, body, status, code) => {
    expect(await checkout(body)).toMatchObject({ status, body: { error: { code } } });
    expect(await store.findCustomer(user, "stripe")).toBeNull();
    expect(world.events(user)).toEqual([]);
  });

  test("refuses what is not JSON, what another site sends, and what is too large", async () => {
    expect(await checkout(starter, { "content-type": "text/plain" })).toMatchObject({ status: 415 });
    expect(await checkout(starter, { origin: "https://evil.example" })).toMatchObject({ status: 403 });
    expect(await checkout(" ".repeat(65 * 1024))).toMatchObject({ status: 413 });
    expect(await store.findCustomer(user, "stripe")).toBeNull();
  });

  test("refuses whoever is not signed in, and whoever may not spend", async () => {
    const { body: mine } = await checkout(starter);
    for (const [method, path, body] of [
      ["POST", "/checkout", starter],
      ["GET", `/checkout/${mine.id}`, undefined],
      ["POST", "/portal", {}],
    ] as const) {
      expect(await world.call(method, path, { body })).toMatchObject({
        status: 401,
        body: { error: { code: "unauthenticated" } },
      });
      expect(await world.call(method, path, { body, as: user, role: "member" })).toMatchObject({
        status: 403,
        body: { error: { code: "forbidden" } },
      });
    }
  });
});
