import { definePlans, type Store } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Billing } from "../src/index.js";
import { type StripeOptions, stripe } from "../src/providers/stripe/index.js";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const day = 86_400;

describeEachStore("a catalog of which some plans are sold by prices that somebody made", (createStore) => {
  let world: World;
  let store: Store;
  let product: string;
  const ids = { pro: "", old: "", euros: "", year: "", handbook: "" };

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false });
    const make = async (params: Omit<Stripe.PriceCreateParams, "product">) =>
      (await world.dashboard.prices.create({ ...params, product })).id;
    product = (await world.dashboard.products.create({ name: "Professional" })).id;
    const monthly = { recurring: { interval: "month" } } as const;
    ids.old = await make({ ...monthly, currency: "usd", unit_amount: 1_900 });
    ids.pro = await make({ ...monthly, currency: "usd", unit_amount: 2_900 });
    ids.euros = await make({ ...monthly, currency: "eur", unit_amount: 2_700 });
    await world.dashboard.prices.update(ids.old, { active: false });
    ids.year = await make({
      recurring: { interval: "year" },
      currency: "usd",
      unit_amount: 29_000,
      currency_options: { eur: { unit_amount: 27_000 } },
    });
    ids.handbook = await make({
      currency: "usd",
      unit_amount: 1_000,
      currency_options: { eur: { unit_amount: 900 } },
    });
  });
  afterAll(() => world.close());

  const instance = (mapped: Pick<StripeOptions, "prices" | "products">) => {
    const { secretKey, webhookSecret, url: apiBase } = world.sandbox;
    return world.instance({
      provider: stripe({ secretKey, webhookSecret, apiBase, requestsPerSecond: 1_000, ...mapped }),
      identifyCustomer: ({ email }) => email?.replace("@example.com", "") ?? null,
    });
  };
  const fitting = () => ({
    prices: { pro: { month: [ids.old, ids.pro, ids.euros], year: ids.year } },
    products: { credits: ids.handbook },
  });
  const everything = async () => {
    const [prices, products] = await Promise.all([
      world.dashboard.prices.list({ limit: 100 }),
      world.dashboard.products.list({ limit: 100 }),
    ]);
    return JSON.stringify([prices.data, products.data]);
  };
  const checkout = async (body: Record<string, unknown>, user = newUser()) => {
    const billing = instance(fitting());
    const opened = await world.call("POST", "/checkout", { as: user, body, billing });
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
    const [session] = await world.checkouts(user);
    return { user, billing, session, id: opened.body.id as string };
  };
  /** A subscription from another billing system, with nothing of ours on it. */
  const imported = async (items: Stripe.SubscriptionCreateParams.Item[], currency = "usd") => {
    const user = newUser();
    const { id: customer } = await world.dashboard.customers.create({ email: `${user}@example.com` });
    const { id: card } = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    const made = await world.dashboard.subscriptions.create({
      customer,
      currency,
      items,
      default_payment_method: card,
    });
    const billing = instance(fitting());
    for (const event of world.events(user)) await world.deliver(event, { billing });
    await billing.runJobs();
    return { user, billing, customer, subscription: made.id };
  };

  test("is up to date, and a push touches nothing of them", async () => {
    const before = await everything();
    const billing = instance(fitting());
    expect(await billing.comparePlans()).toMatchObject({ isUpToDate: true, changes: [] });
    const changes = await billing.pushPlans();
    expect(changes.filter(({ action }) => action !== "unchanged")).toEqual([]);
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: "price", catalogId: "pro", currency: "eur", providerId: ids.year }),
    );
    expect(await everything()).toBe(before);
    expect((await billing.health()).problems.filter((one) => one.includes("mapped"))).toEqual([]);
  });

  test("says in money what differs, and what is not there, before and at the first sale", async () => {
    const [gone] = ["price_gone"];
    const billing = instance({
      prices: { pro: { month: [ids.old, ids.euros], year: gone }, starter: { month: ids.year } },
    });
    const before = await everything();
    const expected = [
      "Starter per month in USD costs $290 at Stripe and $9 in the catalog, interval is year at Stripe and month in the catalog.",
      "Starter per month in EUR costs €270 at Stripe and €8 in the catalog, interval is year at Stripe and month in the catalog.",
      `Pro per month in USD is archived at Stripe: ${ids.old}.`,
      "Pro per year in USD there is no price price_gone at Stripe.",
      "Pro per year in EUR there is no price price_gone at Stripe.",
    ];
    const { summary, isUpToDate } = await billing.comparePlans();
    expect(isUpToDate).toBe(false);
    expect(summary.toSorted()).toEqual(expected.toSorted());
    const pushed = await billing.pushPlans();
    expect(pushed.filter(({ action }) => action === "missing" || action === "differs")).toHaveLength(5);
    expect(await everything()).toBe(before);
    expect(world.logged.filter(({ fields }) => fields.providerId === gone)).not.toEqual([]);
    expect((await billing.health()).problems).toContain(
      "What is mapped for pro year usd at stripe can't be sold: there is no price price_gone at Stripe.",
    );
    for (const body of [
      { planId: "pro", interval: "year" },
      { planId: "starter", interval: "month" },
    ]) {
      const refused = await world.call("POST", "/checkout", { as: newUser(), body, billing });
      expect(refused).toMatchObject({ status: 500, body: { error: { code: "price_not_mapped" } } });
    }
  });

  test("never takes the lookup key of a price that is mapped to something else", async () => {
    const lookup_key = "tollgate:plan:starter:month:usd";
    const [pushed] = (await world.dashboard.prices.list({ lookup_keys: [lookup_key] })).data;
    const before = await everything();
    const billing = instance({
      prices: { pro: { month: [ids.pro, ids.euros, pushed?.id ?? ""], year: ids.year } },
    });
    const changes = await billing.pushPlans();
    expect(changes).toContainEqual(
      expect.objectContaining({ action: "failed", catalogId: "starter", currency: "usd" }),
    );
    expect((await billing.comparePlans()).changes.map(({ action }) => action)).toEqual(["failed"]);
    expect(await everything()).toBe(before);
  });

  test.each([
    [{ planId: "pro", interval: "month" }, "pro", "usd", 0],
    [{ planId: "pro", interval: "year", currency: "eur" }, "year", "eur", 0],
    [{ productId: "credits", currency: "eur" }, "handbook", "eur", 900],
  ] as const)("sells %j by what is mapped", async (body, price, currency, total) => {
    const { session, user, billing, id } = await checkout(body);
    expect(session).toMatchObject({ currency, amount_total: total });
    const items = await world.dashboard.checkout.sessions.listLineItems(id);
    expect(items.data[0]?.price?.id).toBe(ids[price]);
    await world.pay(id);
    const settled = await world.call("GET", `/checkout/${id}`, { as: user, billing });
    expect(settled).toMatchObject({ status: 200, body: { status: "complete" } });
    if ("planId" in body) {
      const [subscription] = await store.listSubscriptions(user);
      const [item] = subscription?.items ?? [];
      const unitAmount = body.interval === "year" ? 27_000 : 2_900;
      expect(item).toMatchObject({ planId: "pro", interval: body.interval, priceId: ids[price], unitAmount });
    }
  });

  test("takes a promotion code off a mapped price, as it was said to, and none that is for another product", async () => {
    const user = newUser();
    const billing = instance(fitting());
    const make = async (code: string, of: string) => {
      const { id: coupon } = await world.dashboard.coupons.create({
        percent_off: 50,
        duration: "once",
        applies_to: { products: [of] },
      });
      await world.dashboard.promotionCodes.create({ code, promotion: { type: "coupon", coupon } });
    };
    const other = await world.dashboard.products.create({ name: "Something else" });
    await make(`MINE${user}`, product);
    await make(`OTHER${user}`, other.id);
    const pro = { planId: "pro", interval: "year", currency: "eur" };
    const check = async (code: string) => {
      const body = { code, ...pro };
      return (await world.call("POST", "/promotion-code", { as: user, body, billing })).body;
    };
    expect(await check(`OTHER${user}`)).toMatchObject({ fits: false, reason: "other_plan" });
    expect(await check(`MINE${user}`)).toMatchObject({ fits: true, discounted: 13_500, regular: 27_000 });
    const body = { ...pro, promotionCode: `MINE${user}` };
    const opened = await world.call("POST", "/checkout", { as: user, body, billing });
    expect(opened.status, JSON.stringify(opened.body)).toBe(200);
    const session = await world.dashboard.checkout.sessions.retrieve(opened.body.id);
    // A trial comes first.
    expect(session).toMatchObject({ currency: "eur", amount_total: 0 });
    expect(session.discounts).toHaveLength(1);
  });

  test("knows a price that is no longer sold on a subscription that nobody of ours made", async () => {
    await world.dashboard.prices.update(ids.old, { active: true });
    const { user, billing } = await imported([{ price: ids.old }]);
    await world.dashboard.prices.update(ids.old, { active: false });
    const access = await billing.access(new Headers({ "x-user": user }));
    expect(access.toJSON()).toMatchObject({ planId: "pro", subscription: { interval: "month" } });
    expect(access.check("export")).toMatchObject({ allowed: true });
  });

  test("prices the first change of what was imported by the provider's item: less is less, and nothing was paid here", async () => {
    const { user, billing, subscription } = await imported([{ price: ids.pro }]);
    expect((await billing.invoices.list({ customerId: user })).invoices).toHaveLength(1);
    world.tick(10 * day);
    const down = await billing.subscriptions.preview({ customerId: user, planId: "starter" });
    expect(down).toMatchObject({ kind: "downgrade", at: "period_end", dueNow: 0 });
    const up = await billing.subscriptions.preview({ customerId: user, planId: "team", quantity: 5 });
    // 20 of 30 days: 50.00 for what is left of Team, less 19.33 for what is left of Pro.
    expect(up).toMatchObject({ kind: "upgrade", at: "now", dueNow: 3_067 });
    await billing.subscriptions.change({ customerId: user, planId: "starter" });
    const { schedule } = await world.dashboard.subscriptions.retrieve(subscription);
    expect(schedule).not.toBeNull();
    const [held] = await store.listSubscriptions(user);
    expect(held).toMatchObject({ planId: "pro", pendingChange: { planId: "starter", interval: "month" } });
  });

  test("changes to a mapped price in the subscription's own currency, by its option", async () => {
    const { user, billing, subscription } = await imported([{ price: ids.euros }], "eur");
    world.tick(10 * day);
    const wish = { customerId: user, planId: "pro", interval: "year" } as const;
    const { token, dueNow } = await billing.subscriptions.preview(wish);
    await billing.subscriptions.change({ ...wish, preview: token });
    const { items, currency } = await world.dashboard.subscriptions.retrieve(subscription);
    expect([items.data[0]?.price.id, currency]).toEqual([ids.year, "eur"]);
    expect(dueNow).toBeGreaterThan(24_000);
    const [held] = await store.listSubscriptions(user);
    expect(held?.items[0]).toMatchObject({ unitAmount: 27_000, interval: "year" });
    // An event says nothing of the amount in that currency, and is read again.
    for (const event of world.events(user)) await world.deliver(event, { billing });
    const [heard] = await store.listSubscriptions(user);
    expect(heard?.items[0]).toMatchObject({ unitAmount: 27_000 });
  });

  test("offers them in the portal too", async () => {
    await instance(fitting()).pushPlans();
    const { data } = await world.dashboard.billingPortal.configurations.list({ limit: 100, active: true });
    const latest = data.find(({ metadata }) => metadata?.tollgate_portal === "main:eur:flat");
    const products = latest?.features.subscription_update?.products ?? [];
    expect(products).toContainEqual(expect.objectContaining({ product, prices: [ids.euros, ids.year] }));
  });

  test("sells tiers in each currency that somebody gave them, and says which differ", async () => {
    const monthly = { recurring: { interval: "month" } } as const;
    const tiersIn = (first: number, rest: number) => [
      { up_to: 10, unit_amount: first },
      { up_to: "inf" as const, unit_amount: rest },
    ];
    const { id } = await world.dashboard.prices.create({
      ...{ ...monthly, product, currency: "usd", billing_scheme: "tiered", tiers_mode: "volume" },
      tiers: tiersIn(900, 700),
      currency_options: { eur: { tiers: tiersIn(800, 600) } },
    });
    const open = (euros: number) => {
      const { secretKey, webhookSecret, url: apiBase } = world.sandbox;
      const tiers = [
        { upTo: 10, perUnit: { usd: 900, eur: 800 } },
        { upTo: "unlimited" as const, perUnit: { usd: 700, eur: euros } },
      ];
      const plans = {
        crew: { name: "Crew", prices: { month: { tiers, mode: "volume" } }, includes: {} },
      } as const;
      return world.instance({
        plans: definePlans({ features: {}, plans }) as unknown as ExampleCatalog,
        provider: stripe({ secretKey, webhookSecret, apiBase, prices: { crew: { month: id } } }),
      });
    };
    const crewOf = async (billing: Billing<ExampleCatalog>) =>
      (await billing.comparePlans()).summary.filter((one) => one.startsWith("Crew"));
    expect(await crewOf(open(500))).toEqual([
      "Crew per month in EUR costs €8 each up to 10, or for more than that €6 each at Stripe and €8 each up to 10, or for more than that €5 each in the catalog.",
    ]);
    const billing = open(600);
    expect(await crewOf(billing)).toEqual([]);
    const user = newUser();
    const body = { planId: "crew", interval: "month", currency: "eur", quantity: 12 };
    const opened = await world.call("POST", "/checkout", { as: user, body, billing });
    expect(opened.status, JSON.stringify(opened.body)).toBe(200);
    await world.pay(opened.body.id);
    await world.call("GET", `/checkout/${opened.body.id}`, { as: user, billing });
    const { invoices } = await billing.invoices.list({ customerId: user });
    expect(invoices).toMatchObject([{ total: 7_200, currency: "eur" }]);
    const more = await billing.subscriptions.preview({
      customerId: user,
      planId: "crew" as never,
      quantity: 20,
    });
    expect(more).toMatchObject({ kind: "more_seats", currency: "eur" });
    expect(more.nextInvoice).toMatchObject({ total: 12_000 });
  });
});
