import type { Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { UnknownCustomer } from "../../src/index.js";
import { describeEachStore } from "../each-store.js";
import { startFlakyProxy } from "../flaky-proxy.js";
import { starterPrice, subscribe, subscribeByHand } from "../subscriber.js";
import { customerOf } from "../two-tabs.js";
import { newUser } from "../world.js";
import { type Move, openMove, reachedAt } from "./move.js";

const starter = { planId: "starter", interval: "month" };
const pro = { planId: "pro", interval: "month" };

describeEachStore("an app that moves to another account", (createStore) => {
  let move: Move;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    move = await openMove(store);
  });
  afterAll(() => move.close());
  beforeEach(() => {
    user = newUser();
    move.tick(60);
  });

  const open = (body: Record<string, unknown>, billing = move.billing) =>
    move.call("POST", "/checkout", { as: user, body, billing });
  const portal = (body: Record<string, unknown> = {}) => move.call("POST", "/portal", { as: user, body });
  const access = async () => (await move.call("GET", "/access", { as: user })).body;
  const providersOf = async () => (await store.listSubscriptions(user)).map(({ provider }) => provider);

  test("sells in the new one, which tells its own webhook", async () => {
    const { status, body } = await open(starter);
    expect([status, body.url.startsWith(move.next.sandbox.url)]).toEqual([200, true]);
    expect((await open(starter)).body.id).toBe(body.id);
    await move.next.pay(body.id);
    expect((await move.call("GET", `/checkout/${body.id}`, { as: user })).body.access.planId).toBe("starter");
    await move.deliverAll(user);
    expect(await providersOf()).toEqual(["stripe-new"]);
    expect(move.old.events(user)).toEqual([]);
    expect((await portal({ flow: "cancel" })).body.url).toMatch(move.next.sandbox.url);
    const wrongDoor = await move.next.deliver(move.next.events(user)[0] as never, {
      billing: move.billing,
      to: "stripe",
    });
    expect(wrongDoor).toMatchObject({ status: 400, body: { error: { code: "invalid_signature" } } });
  });

  test("keeps what the old one bills: its plan is open, managed there, and not sold again", async () => {
    const { subscriptionId } = await subscribe(move.old, user);
    await move.deliverAll(user);
    expect(await access()).toMatchObject({
      planId: "starter",
      hasBillingAccount: true,
      offers: { starter: { kind: "current" }, pro: { kind: "change" }, free: { kind: "cancel" } },
    });
    expect(await open(pro)).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
    for (const flow of [undefined, "cancel", "switch_plan", "update_payment_method"]) {
      const { status, body } = await portal({ ...(flow && { flow }) });
      expect([flow, status, body.url.startsWith(move.old.sandbox.url)]).toEqual([flow, 200, true]);
    }
    await move.old.dashboard.subscriptions.cancel(subscriptionId);
    await move.deliverAll(user);
    expect(await access()).toMatchObject({ planId: "free", offers: { pro: { kind: "checkout" } } });
    expect((await open(pro)).body.url).toMatch(move.next.sandbox.url);
  });

  test("opens the portal of what runs, wherever else they have an account", async () => {
    await subscribe(move.old, user);
    await move.deliverAll(user);
    const care = await open({ planId: "care", interval: "month" });
    expect(care.status).toBe(200);
    // They have an account at both now, and run at the old one.
    expect((await portal()).body.url).toMatch(move.old.sandbox.url);
    const find = (provider?: string) => move.billing.customers.find(user, provider ? { provider } : {});
    expect(await find()).toMatchObject({
      provider: "stripe",
      providerCustomerId: await customerOf(move.old, user),
    });
    expect(await find("stripe-new")).toMatchObject({ providerCustomerId: await customerOf(move.next, user) });
    await expect(find("paddle")).rejects.toMatchObject({ code: "provider_not_configured" });
    await move.next.pay(care.body.id);
    await move.call("GET", `/checkout/${care.body.id}`, { as: user });
    expect(await access()).toMatchObject({ planId: "starter", subscriptions: [{}, {}] });
    // The card that could not be charged is the new account's.
    const customer = await customerOf(move.next, user);
    const declining = await move.next.dashboard.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer,
    });
    await move.next.dashboard.customers.update(customer, {
      invoice_settings: { default_payment_method: declining.id },
    });
    const [running] = (await move.next.dashboard.subscriptions.list({ customer })).data;
    await move.next.dashboard.subscriptions.update(running?.id ?? "", {
      default_payment_method: declining.id,
    });
    move.next.tick(32 * 86_400);
    move.old.tick(32 * 86_400);
    // By then the accounts have forgotten the events of the first day.
    await move.billing.reconcile({ customerId: user, repair: true });
    expect(await access()).toMatchObject({ attention: "payment_failed" });
    expect((await portal({ flow: "update_payment_method" })).body.url).toMatch(move.next.sandbox.url);
    expect((await portal({ flow: "cancel" })).body.url).toMatch(move.old.sandbox.url);
  });

  test("closes a checkout that is still open in the old one, or finds that it was paid", async () => {
    const first = (await open(pro, move.old.billing)).body;
    const second = (await open(pro)).body;
    expect(second.id).not.toBe(first.id);
    expect(second.url).toMatch(move.next.sandbox.url);
    expect((await move.old.dashboard.checkout.sessions.retrieve(first.id)).status).toBe("expired");

    user = newUser();
    const paid = (await open(pro, move.old.billing)).body;
    await move.old.pay(paid.id);
    expect(await open(pro)).toMatchObject({ status: 409, body: { error: { code: "already_subscribed" } } });
    expect(await providersOf()).toEqual(["stripe"]);
    expect((await move.call("GET", `/checkout/${paid.id}`, { as: user })).body).toMatchObject({
      status: "complete",
      access: { planId: "pro" },
    });
  });

  test("gives one trial, whichever account it was in", async () => {
    const { id } = (await open(pro, move.old.billing)).body;
    await move.old.pay(id);
    await move.deliverAll(user);
    const [trial] = await store.listSubscriptions(user);
    expect(trial).toMatchObject({ provider: "stripe", status: "trialing" });
    await move.old.dashboard.subscriptions.cancel(trial?.id ?? "");
    await move.deliverAll(user);
    expect((await access()).offers.pro).toEqual({ kind: "checkout", trialDays: 0 });
    move.tick();
    const again = (await open(pro)).body;
    await move.next.pay(again.id);
    await move.deliverAll(user);
    expect(await store.listSubscriptions(user)).toMatchObject([
      { provider: "stripe", status: "ended" },
      { provider: "stripe-new", status: "active", trialEndsAt: null },
    ]);
  });

  test("sells in any currency what the old one bills in another; what the new one bills is in one", async () => {
    await open({ ...starter, currency: "eur" }, move.old.billing);
    const [session] = await move.old.checkouts(user);
    await move.old.pay(session?.id ?? "");
    await move.deliverAll(user);
    const care = { planId: "care", interval: "month" };
    move.tick();
    const inDollars = await open({ ...care, currency: "usd" });
    expect(inDollars.status).toBe(200);
    await move.next.pay(inDollars.body.id);
    await move.deliverAll(user);
    expect(await store.listSubscriptions(user)).toMatchObject([
      { provider: "stripe", planId: "starter", currency: "eur" },
      { provider: "stripe-new", planId: "care", currency: "usd" },
    ]);
  });

  test("sells what is bought once a single time", async () => {
    const catalog = buildCatalog();
    const badge = { name: "Badge", price: { usd: 500 }, once: true } as const;
    const plans = { ...catalog, products: { ...catalog.products, badge } };
    const before = move.old.instance({ plans });
    const after = move.instance({ plans });
    await after.pushPlans({ provider: "stripe" });
    await after.pushPlans();
    const first = await open({ productId: "badge" }, before);
    await move.old.pay(first.body.id);
    await move.deliverAll(user);
    expect((await open({ productId: "badge" }, after)).body.error.code).toBe("already_owned");
  });

  test("takes in what was made by hand in the old one before it sells it again, unless that one is away", async () => {
    const price = await starterPrice(move.old);
    const identifyCustomer = ({ provider, email }: UnknownCustomer) =>
      provider === "stripe" ? (email?.split("@")[0] ?? null) : null;
    const proxy = await startFlakyProxy(move.old.sandbox.url);
    const through = reachedAt(move.old, proxy.url);
    const knowing = move.instance({ identifyCustomer, provider: [move.next.provider, through] });
    await subscribeByHand(move.old, user, price);
    expect((await open(starter, knowing)).body.error.code).toBe("already_subscribed");
    expect(await providersOf()).toEqual(["stripe"]);

    user = newUser();
    await subscribeByHand(move.old, user, price);
    proxy.fail({ at: 1, when: "before" });
    expect((await open(starter, knowing)).status).toBe(200);
    await proxy.close();
  });

  test("pushes its plans to the one that sells, or to the one that is named", async () => {
    const pushed = async (provider?: string) => {
      const changes = await move.billing.pushPlans(provider === undefined ? {} : { provider });
      return new Set(changes.flatMap(({ kind, providerId }) => (kind === "price" ? [providerId] : [])));
    };
    expect(await pushed()).toContain(await starterPrice(move.next));
    expect(await pushed("stripe")).toContain(await starterPrice(move.old));
    await expect(pushed("paddle")).rejects.toMatchObject({ code: "provider_not_configured" });
  });

  test("lets a page embed the checkout of the one that sells", () => {
    const kind = "embedded";
    expect(move.billing.contentSecurityPolicy(kind)).toEqual(move.next.provider.contentSecurity(kind));
  });
});
