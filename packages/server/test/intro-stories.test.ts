import { type Catalog, definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Changer, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const features = { export: { type: "switch", name: "Export" } } as const;
const includes = { export: true } as const;
const plans = definePlans({
  features,
  plans: {
    free: { name: "Free", includes: {} },
    pro: {
      name: "Pro",
      prices: { month: { usd: 2_900, eur: 2_700 }, year: { usd: 29_000, eur: 27_000 } },
      intro: { month: { percentOff: 50, payments: 3 }, year: { amountOff: { usd: 9_000, eur: 8_000 } } },
      includes,
    },
    half: {
      name: "Half",
      prices: { month: { usd: 2_500 } },
      intro: { month: { percentOff: 50 } },
      includes,
    },
    crew: {
      name: "Crew",
      prices: { month: { perSeat: { usd: 1_000 }, maximum: 50 } },
      intro: { month: { percentOff: 12.5, payments: 2 } },
      includes,
    },
    max: { name: "Max", prices: { month: { usd: 5_000 }, year: { usd: 50_000 } }, includes },
    care: {
      name: "Care",
      group: "support",
      prices: { month: { usd: 500 } },
      intro: { month: { amountOff: { usd: 400 } } },
      includes: {},
    },
  },
  addOns: { storage: { name: "Storage", prices: { month: { usd: 700 } }, includes: {} } },
});
const pro = { planId: "pro", interval: "month" };
const hour = 3_600;
const month = 31 * 24 * hour;

describeEachStore("intro offers", (createStore) => {
  let world: World;
  beforeAll(async () => {
    // The catalog has plans of its own; what a world does with it is the same.
    const catalog = plans as unknown as ExampleCatalog;
    world = await openWorld({ store: createStore(), rateLimits: false, jobs: "manual", plans: catalog });
  });
  afterAll(() => world.close());

  const open = (user: string, body: object) => world.call("POST", "/checkout", { as: user, body });
  const totalOf = async (id: string) => (await world.dashboard.checkout.sessions.retrieve(id)).amount_total;
  const offered = async (user: string, body: object) => totalOf((await open(user, body)).body.id);
  const offersOf = async (user: string) => (await world.call("GET", "/access", { as: user })).body.offers;
  const renew = async (one: Changer) => {
    const before = await one.invoices();
    world.tick(month);
    world.tick(2 * hour);
    await one.hear();
    const made = (await one.invoices()).filter(({ id }) => !before.some((other) => other.id === id));
    return made.map(({ amount_paid }) => amount_paid);
  };
  const end = async (one: Changer) => {
    await world.dashboard.subscriptions.cancel((await one.subscription()).id);
    await one.hear();
  };
  const with_ = (changed: object) =>
    ({ ...plans, plans: { ...plans.plans, ...changed } }) as unknown as Catalog;

  test("are told by GET /plans with exact amounts, in the asked currency", async () => {
    const { body } = await world.call("GET", "/plans?currency=eur");
    const shown = body.plans.find(({ id }: { id: string }) => id === "pro");
    expect(shown.intros).toEqual([
      { interval: "month", percentOff: 50, amountOff: null, payments: 3, amount: 1_350, regular: 2_700 },
      { interval: "year", percentOff: null, amountOff: 8_000, payments: 1, amount: 19_000, regular: 27_000 },
    ]);
    expect(body.plans.find(({ id }: { id: string }) => id === "max").intros).toBeUndefined();
  });

  test("are charged as told: the first three payments, and then the full price", async () => {
    const one = await newChanger(world, pro);
    expect(await one.charged()).toBe(1_450);
    expect(await renew(one)).toEqual([1_450]);
    expect(await renew(one)).toEqual([1_450]);
    expect(await renew(one)).toEqual([2_900]);
    expect((await one.subscription()).discounts).toEqual([]);
  });

  test("are for a first subscription: not for whoever comes back, nor in another group", async () => {
    const one = await newChanger(world, pro);
    await one.hear();
    expect(await offersOf(one.user)).toMatchObject({ care: { kind: "checkout", introUsed: true } });
    expect(await offered(one.user, { planId: "care", interval: "month" })).toBe(500);
    await end(one);
    expect(await offersOf(one.user)).toMatchObject({
      pro: { kind: "checkout", introUsed: true },
      max: { kind: "checkout", trialDays: 0 },
    });
    expect(await offered(one.user, pro)).toBe(2_900);
  });

  test("are given once, though two are open at once", async () => {
    const user = newUser();
    const first = await open(user, { planId: "care", interval: "month" });
    expect(await totalOf(first.body.id)).toBe(100);
    const second = await open(user, pro);
    expect(await totalOf(second.body.id)).toBe(1_450);
    expect((await world.dashboard.checkout.sessions.retrieve(first.body.id)).status).toBe("expired");
    await world.pay(second.body.id);
    expect(await offered(user, { planId: "care", interval: "month" })).toBe(500);
  });

  test("reduce the plan and not what is bought with it, and whole payments of seats once", async () => {
    const user = newUser();
    expect(await offered(user, { ...pro, addOns: { storage: 2 } })).toBe(1_450 + 1_400);
    expect(await offered(newUser(), { planId: "crew", interval: "month", quantity: 3 })).toBe(2_625);
    expect(await offered(newUser(), { planId: "pro", interval: "year", currency: "eur" })).toBe(19_000);
  });

  test("give way to a promotion code, which never comes on top; the better one is told", async () => {
    const user = newUser();
    const make = async (code: string, terms: object) => {
      const coupon = (await world.dashboard.coupons.create(terms)).id;
      await world.dashboard.promotionCodes.create({ code, promotion: { type: "coupon", coupon } });
      const body = { code, ...pro };
      return (await world.call("POST", "/promotion-code", { as: user, body })).body;
    };
    const intro = { discounted: 1_450, discountedPayments: 3 };
    const once = await make(`ONCE${user}`, { percent_off: 80, duration: "once" });
    expect(once).toMatchObject({ fits: true, dueNow: 580, intro: { ...intro, saves: "more" } });
    const always = await make(`ALWAYS${user}`, { percent_off: 10, duration: "forever" });
    expect(always).toMatchObject({ fits: true, dueNow: 2_610, intro: { ...intro, saves: "less" } });
    const same = { percent_off: 50, duration: "repeating", duration_in_months: 3 };
    expect(await make(`SAME${user}`, same)).toMatchObject({ intro: { saves: "same" } });
    const { body } = await open(user, { ...pro, promotionCode: `ALWAYS${user}` });
    const session = await world.dashboard.checkout.sessions.retrieve(body.id);
    expect(session).toMatchObject({ amount_total: 2_610, total_details: { amount_discount: 290 } });
  });

  test("no code can be typed on the provider's page beside one", async () => {
    const billing = world.instance({ checkout: { codesOnPage: true } });
    const opened = async (body: object) => {
      const { body: made } = await world.call("POST", "/checkout", { as: newUser(), body, billing });
      return world.dashboard.checkout.sessions.retrieve(made.id);
    };
    expect(await opened(pro)).toMatchObject({ allow_promotion_codes: null, amount_total: 1_450 });
    expect(await opened({ planId: "max", interval: "month" })).toMatchObject({ allow_promotion_codes: true });
  });

  test("what was not used of a first period is credited by what was paid for it", async () => {
    const one = await newChanger(world, { planId: "half", interval: "month" });
    expect(await one.charged()).toBe(1_250);
    const { current_period_start: start, current_period_end: ends } =
      (await one.subscription()).items.data[0] ?? {};
    world.tick(((ends ?? 0) - (start ?? 0)) / 2);
    const { preview, paid } = await one.agree({ planId: "max" });
    expect(preview.lines.map(({ amount }: { amount: number }) => amount)).toEqual([-625, 2_500]);
    expect(preview).toMatchObject({ dueNow: 1_875, nextInvoice: { total: 5_000 } });
    expect(paid).toBe(1_875);
  });

  test("stay with another number of seats, and the preview says what is next", async () => {
    const one = await newChanger(world, { planId: "crew", interval: "month", quantity: 2 });
    const { preview } = await one.agree({ planId: "crew", quantity: 4 });
    expect(preview).toMatchObject({ dueNow: 1_750, nextInvoice: { total: 3_500 } });
    expect(await renew(one)).toEqual([3_500]);
    expect(await renew(one)).toEqual([4_000]);
  });

  test("end with the plan or interval that they were sold with, now or when the period ends", async () => {
    const yearly = await newChanger(world, pro);
    const { preview, paid } = await yearly.agree({ planId: "pro", interval: "year" });
    expect(preview).toMatchObject({ dueNow: 29_000 - 1_450, nextInvoice: { total: 29_000 } });
    expect(paid).toBe(27_550);
    expect((await yearly.subscription()).discounts).toEqual([]);
    const back = await newChanger(world, pro);
    await back.agree({ planId: "max" });
    expect((await back.subscription()).discounts).toEqual([]);
    await back.agree({ planId: "pro" });
    expect(await renew(back)).toEqual([2_900]);
  });

  test("one that waits for a change at the period's end runs until then, and stays if that is undone", async () => {
    const one = await newChanger(world, pro);
    const { preview } = await one.agree({ planId: "half" });
    expect(preview).toMatchObject({ dueNow: 0, nextInvoice: { total: 2_500 } });
    await one.undo();
    expect(await renew(one)).toEqual([1_450]);
    await one.agree({ planId: "half" });
    expect(await renew(one)).toEqual([2_500]);
    expect((await one.subscription()).discounts).toEqual([]);
  });

  test("make coupons that are told in money before, made once, and never edited", async () => {
    const { isUpToDate } = await world.billing.comparePlans();
    expect(isUpToDate).toBe(true);
    const next = with_({
      pro: {
        ...plans.plans.pro,
        intro: { month: { percentOff: 30, payments: 2 }, year: { amountOff: { usd: 5_000, eur: 4_000 } } },
      },
    });
    const before = await world.dashboard.coupons.list({ limit: 100 });
    const compared = await world.billing.comparePlans({ plans: next });
    expect(compared.summary).toEqual([
      "Pro per month took 50% off the first 3 payments of a first subscription, and takes 30% off the first 2 payments from now on.",
      "Pro per year in USD took $90 off the first payment of a first subscription, and takes $50 off the first payment from now on.",
      "Pro per year in EUR took €80 off the first payment of a first subscription, and takes €40 off the first payment from now on.",
    ]);
    const others = with_({
      max: { ...plans.plans.max, intro: { month: { percentOff: 20 } } },
      pro: { ...plans.plans.pro, intro: { ...plans.plans.pro.intro, year: { percentOff: 10 } } },
    });
    expect(
      (await world.billing.comparePlans({ plans: others })).summary,
      "one that is new, or is a part now",
    ).toEqual([
      "Pro per year took $90 off the first payment or €80 off the first payment of a first subscription, and takes 10% off the first payment from now on.",
      "Max per month takes 20% off the first payment of a first subscription from now on.",
    ]);
    expect((await world.dashboard.coupons.list({ limit: 100 })).data).toEqual(before.data);
    const later = world.instance({ plans: next as never });
    const pushed = (await later.pushPlans()).filter(({ action }) => action !== "unchanged");
    expect(pushed.map(({ kind, action }) => [kind, action])).toEqual(Array(3).fill(["coupon", "created"]));
    expect((await later.pushPlans()).every(({ action }) => action === "unchanged")).toBe(true);
    const after = (await world.dashboard.coupons.list({ limit: 100 })).data;
    expect(after).toEqual(expect.arrayContaining([...before.data]));
    expect(after).toHaveLength(before.data.length + 3);
  });

  test("one that is gone, or was made anew with other terms, is named by health and comparison, and not sold", async () => {
    const id = "tollgate_intro_month_2x1250bp_crew";
    const crew = { planId: "crew", interval: "month", quantity: 1 };
    await world.dashboard.coupons.del(id);
    const refused = { status: 500, body: { error: { code: "price_not_pushed" } } };
    expect(await open(newUser(), crew)).toMatchObject(refused);
    const watched = world.instance();
    await watched.runJobs();
    const problem = async () => (await watched.health()).problems.filter((one) => one.includes("intro"));
    await expect
      .poll(problem)
      .toEqual([
        "The intro of crew month at stripe can't be sold: is not at Stripe. Run billing.pushPlans().",
      ]);
    await world.dashboard.coupons.create({ id, percent_off: 99, duration: "forever" });
    expect(await open(newUser(), crew)).toMatchObject(refused);
    expect((await world.billing.comparePlans()).summary).toEqual([
      `Crew per month the coupon ${id} does something else at Stripe than what the catalog says. Delete it at Stripe, and push again.`,
    ]);
    await world.dashboard.coupons.del(id);
    await world.billing.pushPlans();
    expect((await open(newUser(), crew)).status).toBe(200);
  });
});
