import { BillingError, type Store } from "@tollgate/core";
import { accessResponse, plansResponse, portalResponse } from "@tollgate/core/contract";
import { putSubscription } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { appUrl } from "./requests.js";
import { portalOf, withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("portal and access", (createStore) => {
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

  const portal = (body: unknown) => world.call("POST", "/portal", { as: user, body });
  const as = (id: string) => new Request(`${appUrl}/page`, { headers: { "x-user": id } });
  const signedOut = () => new Request(`${appUrl}/page`);

  async function subscribe() {
    const id = await world.buy(user);
    await world.call("GET", `/checkout/${id}`, { as: user });
  }

  test("the portal opens for a customer, wherever they want to act", async () => {
    await subscribe();
    for (const flow of [undefined, "cancel", "update_payment_method", "switch_plan"]) {
      const answer = await portal({ returnUrl: "/account", ...(flow ? { flow } : {}) });
      expect(answer.status).toBe(200);
      expect(portalResponse.parse(answer.body)).toEqual(answer.body);
    }
  });

  test("the portal refuses whoever has nothing at the provider", async () => {
    expect(await portal({})).toMatchObject({ status: 409, body: { error: { code: "not_a_customer" } } });
  });

  test("there is nothing to cancel or switch without a running subscription", async () => {
    await world.call("POST", "/checkout", { as: user, body: { productId: "credits" } });
    expect(await portal({})).toMatchObject({ status: 200 });
    for (const flow of ["cancel", "switch_plan"]) {
      expect(await portal({ flow })).toMatchObject({
        status: 409,
        body: { error: { code: "nothing_to_manage" } },
      });
    }
  });

  test.each([
    ["a return elsewhere", { returnUrl: "https://evil.example" }, "invalid_return_url"],
    ["an unknown flow", { flow: "delete" }, "invalid_body"],
    ["a customer of its own choice", { customer: "cus_1" }, "invalid_body"],
  ])("the portal refuses %s", async (_name, body, code) => {
    await subscribe();
    expect(await portal(body)).toMatchObject({ status: 400, body: { error: { code } } });
  });

  const nothing = { status: 409, body: { error: { code: "nothing_to_manage" } } };

  test("a subscription that ended without a word can't be cancelled or switched, and is known as ended then", async () => {
    for (const flow of ["cancel", "switch_plan"]) {
      user = newUser();
      await subscribe();
      const [subscription] = await store.listSubscriptions(user);
      await world.dashboard.subscriptions.cancel(subscription?.id ?? "");
      expect(await portal({ flow })).toMatchObject(nothing);
      expect(await store.listSubscriptions(user)).toMatchObject([{ status: "ended" }]);
      expect((await world.call("GET", "/access", { as: user })).body.planId).toBe("free");
      expect(await portal({ flow })).toMatchObject(nothing);
    }
  });

  test("a subscription that is cancelled already is not cancelled again, and is known as cancelled then", async () => {
    await subscribe();
    const [subscription] = await store.listSubscriptions(user);
    const id = subscription?.id ?? "";
    await world.dashboard.subscriptions.update(id, { cancel_at_period_end: true });
    expect(await portal({ flow: "cancel" })).toMatchObject(nothing);
    const [known] = await store.listSubscriptions(user);
    expect(known).toMatchObject({ status: "active", cancelAt: subscription?.currentPeriod?.end });
    expect((await portal({})).status).toBe(200);
  });

  test("a subscription that the provider does not have can't be cancelled, and is known as ended then", async () => {
    await subscribe();
    const [subscription] = await store.listSubscriptions(user);
    if (subscription === undefined) throw new Error("There is no subscription.");
    await world.dashboard.subscriptions.cancel(subscription.id);
    await portal({ flow: "cancel" });
    const lost = { ...subscription, id: `${subscription.id}lost` };
    await putSubscription(store, lost);
    expect(await portal({ flow: "cancel" })).toMatchObject(nothing);
    expect(await store.findSubscription(lost.id, "stripe")).toMatchObject({ status: "ended" });
  });

  test("the flow of a subscription opens for the provider's customer that has it", async () => {
    await subscribe();
    const link = await store.findCustomer(user, "stripe");
    if (link === null) throw new Error("There is no customer.");
    await store.retireCustomer(link);
    await world.call("POST", "/checkout", { as: user, body: { productId: "credits" } });
    for (const flow of ["cancel", "switch_plan"]) expect((await portal({ flow })).status).toBe(200);
  });

  test("a refusal that has another reason is the provider's, and changes nothing", async () => {
    await subscribe();
    const open = () =>
      Promise.reject(new BillingError("provider_rejected", "The payment provider refused the request."));
    const portal = { ...portalOf(world.provider), open };
    const provider = withParts(world.provider, { manage: { portal } });
    const billing = world.instance({ store, provider });
    const before = await store.listSubscriptions(user);
    const answer = await world.call("POST", "/portal", { as: user, body: { flow: "cancel" }, billing });
    expect(answer).toMatchObject({ status: 502, body: { error: { code: "provider_rejected" } } });
    expect(await store.listSubscriptions(user)).toMatchObject(before.map(({ asOf: _, ...same }) => same));
  });

  test("GET /access tells the signed-in customer, and nobody else, what is open", async () => {
    await subscribe();
    const answer = await world.call("GET", "/access", { as: user });
    expect(accessResponse.parse(answer.body)).toMatchObject({
      customerId: user,
      canManage: true,
      hasBillingAccount: true,
      planId: "starter",
    });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(JSON.stringify(answer.body)).not.toMatch(/(cus|sub|price)_/);
    expect((await world.call("GET", "/access", { as: newUser() })).body).toMatchObject({
      planId: "free",
      subscription: null,
      hasBillingAccount: false,
    });
    expect(await world.call("GET", "/access")).toMatchObject({ status: 401 });
  });

  test("billing.access gives the same answer as GET /access", async () => {
    await subscribe();
    const access = await world.billing.access(as(user));
    expect(access.toJSON()).toEqual((await world.call("GET", "/access", { as: user })).body);
    expect(access.check("export")).toMatchObject({ allowed: false, reason: "not_in_plan", upgradeTo: "pro" });
    expect(access.check("projects", { used: 9 })).toMatchObject({ allowed: true, remaining: 1 });
  });

  test("billing.access is closed, not broken, for whoever is signed out", async () => {
    const access = await world.billing.access(signedOut());
    expect(access.check("export")).toMatchObject({ allowed: false, reason: "signed_out" });
    expect(access.state).toMatchObject({ customerId: null, planId: null });
  });

  test("billing.require lets through what the plan has, and otherwise says what would help", async () => {
    await subscribe();
    const granted = await world.billing.require(as(user), "projects", { used: 9 });
    expect(granted.planId).toBe("starter");
    await expect(world.billing.require(signedOut(), "projects")).rejects.toMatchObject({
      code: "unauthenticated",
      status: 401,
    });
    await expect(world.billing.require(as(user), "export")).rejects.toMatchObject({
      code: "upgrade_required",
      status: 402,
      details: { feature: "export", upgradeTo: "pro", reason: "not_in_plan" },
    });
    await expect(world.billing.require(as(user), "projects", { used: 10 })).rejects.toMatchObject({
      code: "limit_reached",
      status: 402,
      details: { feature: "projects", upgradeTo: "pro" },
    });
  });

  test("billing.require asks for payment when it was the payment that closed the plan", async () => {
    await subscribe();
    const [subscription] = await store.listSubscriptions(user);
    if (subscription === undefined) throw new Error("There is no subscription.");
    const items = subscription.items.map((item) => ({ ...item, planId: "pro" }));
    const unpaid = { ...subscription, planId: "pro", items, status: "unpaid" as const };
    await putSubscription(store, unpaid);
    await expect(world.billing.require(as(user), "export")).rejects.toMatchObject({
      code: "payment_required",
      status: 402,
      details: { feature: "export", reason: "payment_failed" },
    });
  });

  test("GET /plans shows the catalog to anyone, in the asked currency", async () => {
    const answer = await world.call("GET", "/plans?currency=eur");
    expect(plansResponse.parse(answer.body).currency).toBe("eur");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=60");
    expect((await world.call("GET", "/plans")).body.currency).toBe("usd");
    expect(await world.call("GET", "/plans?currency=Euro")).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_query", details: { key: "currency" } } },
    });
  });

  test("unknown paths are 404, wrong methods 405 with what is allowed", async () => {
    for (const path of ["", "/", "/nothing", "/plans/x", "/webhook", "/checkout/a/b"]) {
      expect(await world.call("GET", path)).toMatchObject({
        status: 404,
        body: { error: { code: "not_found" } },
      });
    }
    const wrong = await world.call("DELETE", "/plans");
    expect(wrong).toMatchObject({ status: 405, body: { error: { code: "method_not_allowed" } } });
    expect(wrong.headers.get("allow")).toBe("GET, HEAD");
    expect((await world.call("GET", "/webhook/stripe")).headers.get("allow")).toBe("POST");
  });

  test("an `identify` that throws is a 500 that gives nothing away", async () => {
    const billing = world.instance({
      store,
      identify: () => {
        throw new Error("session store at redis://:hunter2@cache is down");
      },
    });
    const answer = await world.call("GET", "/access", { as: user, billing });
    expect(answer).toEqual({
      status: 500,
      headers: expect.anything(),
      body: { error: { code: "internal", message: "Something went wrong." } },
    });
    expect(JSON.stringify(world.logged.at(-1))).not.toContain("hunter2");
  });
});
