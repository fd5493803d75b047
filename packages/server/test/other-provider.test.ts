import {
  addDays,
  type CallbackType,
  definePlans,
  type PriceDefinition,
  type UsagePrice,
} from "@tollgate/core";
import { buildCatalog, describeProviderConformance, type ProviderDriver } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Billing, type BillingOptions, createBilling } from "../src/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { type Account, makePrice } from "./other-provider/account.js";
import { change, end, makeCustomer, pay, priceOf, subscribe } from "./other-provider/acts.js";
import { openOther, otherProvider } from "./other-provider/index.js";
import { sign, signatureHeader } from "./other-provider/receive-events.js";
import { appUrl, readIdentity, send, toRequest } from "./requests.js";

const secret = "shared secret";
const plans = buildCatalog();
let people = 0;

function newPerson(): string {
  people += 1;
  return `person_${people}`;
}

describeProviderConformance("a provider that is Stripe's opposite", {
  setup: async () => {
    const { account, provider } = openOther(plans);
    return { provider, driver: drive(account), close: async () => {} };
  },
});

function drive(account: Account): ProviderDriver {
  const headersOf = (body: Uint8Array, own = secret) => new Headers({ [signatureHeader]: sign(body, own) });
  const customerOf = (id: string) => account.customers.get(id) ?? makeCustomer(account, id);
  return {
    now: account.now,
    async payCheckout(key) {
      pay(account, key, `${newPerson()}@example.com`);
    },
    cancelAtPeriodEnd: async (id) => change(account, id, { cancelAtPeriodEnd: true }),
    undoCancel: async (id) => change(account, id, { cancelAtPeriodEnd: false }),
    endNow: async (id) => end(account, id),
    async refundedTo(id) {
      const made = account.orders.filter(({ customerId, refund }) => customerId === id && refund === "made");
      return made.reduce((sum, { amount }) => sum + amount, 0);
    },
    async subscribeByHand(id) {
      const starter = [...account.prices.values()].find(({ amount }) => amount === 900);
      if (starter === undefined) throw new Error("There is no starter plan.");
      return { subscriptionId: subscribe(account, customerOf(id), starter).id };
    },
    async subscribeToSomethingElse(id) {
      const terms = { amount: 100, currency: "usd", interval: "month", trialDays: 0 } as const;
      const price = priceOf(account, makePrice(account, terms));
      const { id: subscriptionId } = subscribe(account, customerOf(id), price);
      change(account, subscriptionId, {});
      return { subscriptionId };
    },
    async deliveredEvents() {
      const bodies = account.sent.map((text) => new TextEncoder().encode(text));
      return bodies.map((body) => ({ body, headers: headersOf(body) }));
    },
    sign: async ({ body, secret: whose }) => headersOf(body, whose === "ours" ? secret : "a stranger's"),
  };
}

describe("an app that sells through it", () => {
  let at = new Date("2026-11-21T10:00:00Z");
  const now = () => at;
  const { account, options, provider } = openOther(plans, now);
  const told: { type: string; data: { customerId: string } }[] = [];
  const on = Object.fromEntries(
    (["subscription.activated", "subscription.duplicate", "product.purchased", "trial.ending"] as const).map(
      (type: CallbackType) => [type, (data: { customerId: string }) => void told.push({ type, data })],
    ),
  );
  const store = memory();
  const settings: BillingOptions = {
    ...{ plans, provider, appUrl, on, store, identify: readIdentity, clock: now },
    ...{ environment: "development", jobs: "manual", reconcileEveryHours: 0 },
    logger: { info() {}, warn() {}, error() {} },
  };
  let billing: Billing;
  let user: string;
  let sent = 0;

  beforeAll(async () => {
    billing = createBilling(settings);
    await billing.pushPlans();
  });
  afterAll(() => billing.close());
  beforeEach(() => {
    user = newPerson();
    later(60);
  });

  const later = (seconds: number) => {
    at = new Date(at.getTime() + seconds * 1_000);
  };
  const call = (method: string, path: string, body?: unknown) =>
    send(billing, toRequest(method, path, { as: user, ...(body !== undefined && { body }) }));
  const access = async () => (await call("GET", "/access")).body;
  const opened = async (body: object) => {
    const answer = await call("POST", "/checkout", body);
    expect(answer).toMatchObject({ status: 200, body: { kind: "overlay", expiresAt: null } });
    return answer.body.id as string;
  };
  /** Delivers what was told since the last time. */
  const deliver = async (to = billing) => {
    const bodies = account.sent.slice(sent);
    sent = account.sent.length;
    for (const text of bodies) {
      const body = new TextEncoder().encode(text);
      const headers = { [signatureHeader]: sign(body, secret) };
      const request = new Request(`${appUrl}/api/billing/webhook/other`, { method: "POST", body, headers });
      expect((await send(to, request)).status).toBe(200);
    }
  };
  const starter = { planId: "starter", interval: "month" };
  const pro = { planId: "pro", interval: "month" };
  const care = { planId: "care", interval: "month" };

  test("knows what of its catalog is at the provider, and what of it is not as it should be", async () => {
    const changes = await billing.pushPlans();
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["unchanged"]));
    const { "plan:starter:month:usd": _, ...prices } = options.prices;
    const poor = createBilling({
      ...settings,
      store: memory(),
      provider: otherProvider({ ...options, prices }),
    });
    const problems = (await poor.pushPlans()).filter(({ action }) => action !== "unchanged");
    expect(problems).toMatchObject([{ action: "missing", catalogId: "starter", currency: "usd" }]);
    const answer = await send(poor, toRequest("POST", "/checkout", { as: user, body: starter }));
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "price_not_mapped" } } });
    await poor.close();
  });

  test("sells an overlay to somebody who is no customer yet: the payment makes them one, and gives access", async () => {
    expect(await access()).toMatchObject({ planId: "free", hasBillingAccount: false });
    const id = await opened(starter);
    expect(await opened(starter)).toBe(id);
    expect(await billing.customers.find(user)).toBeNull();
    const { customerId } = pay(account, id, "anybody@example.com");
    const settled = await call("GET", `/checkout/${id}`);
    expect(settled.body).toMatchObject({
      status: "complete",
      payment: "paid",
      access: { planId: "starter" },
    });
    expect(await billing.customers.find(user)).toMatchObject({ providerCustomerId: customerId });
    await deliver();
    await billing.runJobs();
    expect(told.filter(({ data }) => data.customerId === user)).toMatchObject([
      { type: "subscription.activated" },
    ]);
    expect((await call("POST", "/checkout", starter)).body.error.code).toBe("already_subscribed");
  });

  test("hears of a payment whose buyer never came back: the event itself says whose it is", async () => {
    const { customerId } = pay(account, await opened(starter), "anybody@example.com");
    await deliver();
    expect(await access()).toMatchObject({ planId: "starter", hasBillingAccount: true });
    expect(await billing.customers.find(user)).toMatchObject({ providerCustomerId: customerId });
    await deliver();
  });

  test.each([
    ["another database's name", { database: crypto.randomUUID() }],
    ["another app's", { app: "shop" }],
    ["nobody's", { database: null }],
  ])("believes no claim that comes with %s", async (_name, other) => {
    const id = await opened(starter);
    const [checkout] = account.checkouts.get(id) ?? [];
    Object.assign(checkout?.custom ?? {}, other);
    pay(account, id, "anybody@example.com");
    await deliver();
    expect((await access()).planId).toBe("free");
  });

  test("has one person be several customers: what the first one pays for stays theirs", async () => {
    pay(account, await opened(starter), "one@example.com");
    await deliver();
    const second = pay(account, await opened(care), "two@example.com");
    await deliver();
    expect((await access()).subscriptions).toMatchObject([{ planId: "starter" }, { planId: "care" }]);
    const { providerCustomerId } = (await billing.customers.find(user)) ?? {};
    expect(providerCustomerId).toBe(second.customerId);
  });

  test("sells something once", async () => {
    pay(account, await opened({ productId: "credits", quantity: 3 }), "anybody@example.com");
    await deliver();
    expect((await access()).owned).toMatchObject({ credits: 3 });
  });

  test("gives one trial, though a checkout that offers it can't be closed", async () => {
    const abandoned = await opened(pro);
    expect(await opened(pro)).toBe(abandoned);
    const yearly = await opened({ ...pro, interval: "year" });
    const trialOf = (id: string) => priceOf(account, account.checkouts.get(id)?.[0]?.priceId ?? "").trialDays;
    expect([trialOf(abandoned), trialOf(yearly)]).toEqual([14, 0]);
    pay(account, abandoned, "anybody@example.com");
    await call("GET", `/checkout/${abandoned}`);
    expect(await access()).toMatchObject({
      planId: "pro",
      trialUsed: true,
      subscription: { status: "trialing" },
    });
  });

  test("ends the second of two when its period does, and asks for the money back", async () => {
    const first = await opened(starter);
    const second = await opened({ ...starter, currency: "eur" });
    pay(account, first, "one@example.com");
    later(5);
    pay(account, second, "two@example.com");
    await deliver();
    await billing.runJobs();
    const refund = { amount: 800, currency: "eur" };
    expect(told.filter(({ type }) => type === "subscription.duplicate")).toMatchObject([
      {
        data: {
          ...{ customerId: user, action: "cancel_and_refund", refund, refundPending: true },
          subscription: { status: "active", cancelAt: expect.any(String) },
          kept: { currency: "usd", cancelAt: null },
        },
      },
    ]);
    await deliver();
    await billing.runJobs();
    expect(told.filter(({ type }) => type === "subscription.duplicate")).toHaveLength(1);
    expect(account.orders.map(({ refund: state }) => state)).toContain("waiting");
  });

  test("offers nothing that the provider can't do, and refuses it all the same", async () => {
    pay(account, await opened(starter), "anybody@example.com");
    await deliver();
    const { offers } = await access();
    expect(offers).toMatchObject({ free: { kind: "not_switchable" }, pro: { kind: "not_switchable" } });
    for (const flow of ["cancel", "switch_plan"]) {
      expect(await call("POST", "/portal", { flow })).toMatchObject({
        status: 501,
        body: { error: { code: "not_supported", details: { provider: "other", flow } } },
      });
    }
    for (const body of [{}, { flow: "update_payment_method" }]) {
      expect((await call("POST", "/portal", body)).body.url).toContain("/portal/");
    }
  });

  test("shows no portal where there is none", async () => {
    const manage = { ...provider.manage, portal: null };
    const bare = createBilling({ ...settings, store: memory(), provider: { ...provider, manage } });
    const { body } = await send(bare, toRequest("POST", "/checkout", { as: user, body: starter }));
    pay(account, body.id, "anybody@example.com");
    await send(bare, toRequest("GET", `/checkout/${body.id}`, { as: user }));
    const state = await send(bare, toRequest("GET", "/access", { as: user }));
    expect(state.body).toMatchObject({ planId: "starter", hasBillingAccount: false });
    const portal = await send(bare, toRequest("POST", "/portal", { as: user, body: {} }));
    expect(portal).toMatchObject({ status: 501, body: { error: { code: "not_supported" } } });
    sent = account.sent.length;
    await bare.close();
  });

  test("offers no checkout that only a component of the provider's can open", async () => {
    const checkout = { ...provider.checkout, kinds: ["component"] as const };
    const bare = createBilling({ ...settings, store: memory(), provider: { ...provider, checkout } });
    const { body } = await send(bare, toRequest("GET", "/access", { as: user }));
    expect(body.offers).toMatchObject({ free: { kind: "current" }, starter: { kind: "not_sold" } });
    const answer = await send(bare, toRequest("POST", "/checkout", { as: user, body: starter }));
    expect(answer).toMatchObject({ status: 501, body: { error: { code: "not_supported" } } });
    await bare.close();
  });

  test("knows customers by the app's own ids where the provider does, also those who never came here", async () => {
    const { read } = provider.customers;
    const customers = { kind: "same_as_app", read } as const;
    const same = createBilling({ ...settings, store: memory(), provider: { ...provider, customers } });
    for (const id of [user, `${user}_too`])
      account.customers.set(id, { id, email: "a@example.com", custom: {} });
    const { body } = await send(same, toRequest("POST", "/checkout", { as: user, body: starter }));
    expect(pay(account, body.id, "a@example.com").customerId).toBe(user);
    await send(same, toRequest("GET", `/checkout/${body.id}`, { as: user }));
    const careless = account.customers.get(`${user}_too`) ?? makeCustomer(account, user);
    const price = priceOf(account, options.prices["plan:starter:month:usd"] ?? "");
    change(account, subscribe(account, careless, price).id, {});
    await deliver(same);
    for (const as of [user, `${user}_too`]) {
      expect((await send(same, toRequest("GET", "/access", { as }))).body.planId).toBe("starter");
    }
    await same.close();
  });

  test("finds by comparing what it never heard of, customer by customer", async () => {
    pay(account, await opened(starter), "anybody@example.com");
    await deliver();
    const known = (await billing.customers.find(user))?.providerCustomerId ?? "";
    const [running] = [...account.subscriptions.values()].filter(({ customerId }) => customerId === known);
    change(account, running?.id ?? "", { cancelAtPeriodEnd: true });
    const customer = account.customers.get(known) ?? makeCustomer(account, known);
    const support = priceOf(account, options.prices["plan:care:month:usd"] ?? "");
    const made = subscribe(account, customer, support);
    sent = account.sent.length;
    // What has just happened may still be on its way.
    later(120);
    const report = await billing.reconcile({ repair: true });
    const mine = report.differences.filter(({ customerId }) => customerId === user);
    expect(new Set(mine.map(({ subscriptionId }) => subscriptionId))).toEqual(
      new Set([running?.id, made.id]),
    );
    expect((await access()).subscriptions).toMatchObject([
      { planId: "starter", cancelAt: running?.periodEnd },
      { planId: "care" },
    ]);
    expect((await billing.reconcile({ repair: true })).found).toBe(0);
  });

  test("tells of a trial's coming end by itself, once", async () => {
    pay(account, await opened(pro), "anybody@example.com");
    await deliver();
    const toldNow = async () => {
      await store.enqueueJobs([{ type: "tell_trials" }]);
      await billing.runJobs();
      return told.filter(({ type, data }) => type === "trial.ending" && data.customerId === user).length;
    };
    expect(await toldNow()).toBe(0);
    at = new Date(addDays(at.toISOString(), 12));
    expect(await toldNow()).toBe(1);
    expect(await toldNow()).toBe(1);
  });
});

test("what a provider can't sell at all is refused when the app starts", async () => {
  const { provider } = openOther(plans);
  const start = (checkout: Partial<typeof provider.checkout>, catalog = plans) =>
    createBilling({
      ...{ plans: catalog, appUrl, identify: readIdentity, store: memory(), environment: "development" },
      provider: { ...provider, checkout: { ...provider.checkout, ...checkout } },
    });
  expect(() => start({ trials: "none" })).toThrow(/trial of "pro", and the provider other gives none/);
  expect(() => start({ products: false })).toThrow(/the product "credits"/);
  const priced = (price: PriceDefinition, usage?: UsagePrice) => ({
    ...plans,
    plans: {
      ...plans.plans,
      odd: {
        name: "Odd",
        prices: { month: price },
        includes: {},
        ...(usage && { usage: { messages: usage } }),
      },
    },
  });
  const tiers = [{ upTo: "unlimited", perUnit: { usd: 900 } }] as const;
  const begun = {
    ...plans,
    plans: {
      odd: {
        name: "Odd",
        prices: { month: { usd: 900 } },
        intro: { month: { percentOff: 50 } },
        includes: {},
      },
    },
  };
  const tried = {
    name: "Odd",
    prices: { month: { usd: 900 } },
    trialDays: 7,
    trialPrice: { usd: 100 },
    includes: {},
  };
  const cases = [
    [{ ...plans, plans: { odd: tried } }, "with a trial that is paid for"],
    [begun, "with an intro"],
    [priced({ perSeat: { usd: 900 }, base: { usd: 900 } }), "at a base price with seats"],
    [priced({ tiers, mode: "graduated" }), "in graduated tiers"],
    [priced({ tiers, mode: "volume" }), "in volume tiers"],
    [priced({ perPackage: { usd: 900 }, size: 5 }), "in packages"],
    [priced({ usd: 900 }, { perUnit: { usd: 2 } }), "with a price for use"],
  ] as const;
  for (const [catalog, what] of cases) {
    const refusal = `has the plan "odd" ${what}, and the provider other can't bill that`;
    expect(() => start({}, catalog as never)).toThrow(refusal);
    expect(() => start({ models: undefined } as never, catalog as never)).toThrow(refusal);
    await expect(start({}).comparePlans({ plans: catalog as never })).rejects.toThrow(refusal);
  }
  expect(() => start({ models: ["flat"] })).toThrow(/the plan "team" at a price per seat/);
  const plain = definePlans({ features: {}, plans: { free: { name: "Free", includes: {} } } });
  expect(() => start({ trials: "none", products: false }, plain as never)).not.toThrow();
});
