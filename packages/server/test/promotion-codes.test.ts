import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };
const pro = { planId: "pro", interval: "month" };
const month = 31 * 86_400;

describeEachStore("promotion codes", (createStore) => {
  let world: World;
  let user: string;

  beforeAll(async () => {
    world = await openWorld({ store: createStore(), jobs: "manual", rateLimits: false });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  let codes = 0;
  /** Makes a code as somebody does in the provider's dashboard. */
  const newCode = async (
    coupon: Parameters<World["dashboard"]["coupons"]["create"]>[0],
    terms: Omit<Parameters<World["dashboard"]["promotionCodes"]["create"]>[0], "promotion"> = {},
  ) => {
    codes += 1;
    const made = await world.dashboard.coupons.create({ duration: "once", ...coupon });
    const promotion = { type: "coupon", coupon: made.id } as const;
    return world.dashboard.promotionCodes.create({ code: `CODE${codes}`, ...terms, promotion });
  };
  const check = async (code: string, choice: object = starter) =>
    (await world.call("POST", "/promotion-code", { as: user, body: { code, ...choice } })).body;
  const open = (promotionCode: string, choice: object = starter) =>
    world.call("POST", "/checkout", { as: user, body: { ...choice, promotionCode } });
  const sessionOf = (id: string) => world.dashboard.checkout.sessions.retrieve(id);
  const settle = (id: string) => world.call("GET", `/checkout/${id}`, { as: user });
  const refusal = (reason: string) => ({
    status: 400,
    body: { error: { code: "promotion_code_refused", details: { reason } } },
  });
  const paid = async (): Promise<number[]> => {
    const link = await world.billing.customers.find(user);
    const customer = link?.providerCustomerId ?? "";
    const { data } = await world.dashboard.invoices.list({ customer, limit: 100 });
    return data.map(({ amount_paid }) => amount_paid).reverse();
  };

  test("scenario 37: what was said before is what is paid: three payments at half of the price, and then all of it", async () => {
    const { code } = await newCode({ percent_off: 50, duration: "repeating", duration_in_months: 3 });
    const said = await check(` ${code.toLowerCase()} `);
    expect(said).toEqual({
      ...{ fits: true, code, currency: "usd", percentOff: 50, amountOff: null },
      ...{ duration: "repeating", months: 3, trialDays: 0 },
      ...{ dueNow: 450, discounted: 450, discountedPayments: 3, regular: 900 },
    });
    expect(await world.billing.customers.find(user), "asking makes nobody a customer").toBeNull();
    const { body } = await open(code);
    expect((await sessionOf(body.id)).amount_total).toBe(450);
    await world.pay(body.id);
    expect((await settle(body.id)).body).toMatchObject({ payment: "paid", access: { planId: "starter" } });
    for (let renewal = 0; renewal < 3; renewal += 1) {
      world.tick(month);
      world.tick(7200);
    }
    expect(await paid()).toEqual([450, 450, 450, 900]);
  });

  test("scenario 36: says that three months of a yearly price are its first payment", async () => {
    const { code } = await newCode({ percent_off: 50, duration: "repeating", duration_in_months: 3 });
    const yearly = await check(code, { planId: "pro", interval: "year" });
    expect(yearly).toMatchObject({ fits: true, discountedPayments: 1 });
  });

  test("scenario 38: a code and a trial go together: the code is for what is paid after it", async () => {
    const { code } = await newCode({ percent_off: 50 });
    expect(await check(code, pro)).toMatchObject({
      ...{ fits: true, trialDays: 14, dueNow: 0 },
      ...{ discounted: 1450, discountedPayments: 1, regular: 2900 },
    });
    const { body } = await open(code, pro);
    await world.pay(body.id);
    expect((await settle(body.id)).body.access.subscription).toMatchObject({ status: "trialing" });
    world.tick(14 * 86_400);
    world.tick(7200);
    world.tick(month);
    world.tick(7200);
    expect(await paid()).toEqual([0, 1450, 2900]);
  });

  test("scenario 35: free for ever asks for no card, free once asks for one and is paid in full after it", async () => {
    const forever = await newCode({ percent_off: 100, duration: "forever" });
    expect(await check(forever.code)).toMatchObject({ fits: true, dueNow: 0, discountedPayments: null });
    const free = await open(forever.code);
    expect(await sessionOf(free.body.id)).toMatchObject({ payment_method_collection: "if_required" });
    const once = await newCode({ amount_off: 5000, currency: "usd" });
    const { body } = await open(once.code);
    expect(body.id, "another code is another checkout").not.toBe(free.body.id);
    expect(await sessionOf(free.body.id)).toMatchObject({ status: "expired" });
    expect(await sessionOf(body.id)).toMatchObject({ payment_method_collection: "always", amount_total: 0 });
    await world.pay(body.id);
    expect((await settle(body.id)).body).toMatchObject({
      ...{ status: "complete", payment: "not_required" },
      access: { planId: "starter" },
    });
    world.tick(month);
    world.tick(7200);
    expect(await paid()).toEqual([0, 900]);
  });

  test("a free order is owned like one that was paid, without a card", async () => {
    const { code } = await newCode({ percent_off: 100 });
    const { body } = await open(code, { productId: "credits" });
    const page = `${world.sandbox.url}/c/pay/${body.id}`;
    const form = new FormData();
    form.set("name", "Ada Lovelace");
    expect((await fetch(page, { method: "POST", body: form, redirect: "manual" })).status).toBe(303);
    expect((await settle(body.id)).body).toMatchObject({
      ...{ status: "complete", payment: "not_required" },
      access: { owned: { credits: 1 } },
    });
  });

  test("scenario 34: the last redemption is free again when the checkout runs out unpaid, and counts when paid", async () => {
    const { code, id } = await newCode({ percent_off: 50 }, { max_redemptions: 1 });
    expect((await open(code)).status).toBe(200);
    world.tick(25 * 3600);
    expect(await check(code)).toMatchObject({ fits: true });
    const first = user;
    user = newUser();
    const { body } = await open(code);
    await world.pay(body.id);
    await settle(body.id);
    expect(await world.dashboard.promotionCodes.retrieve(id)).toMatchObject({ times_redeemed: 1 });
    user = first;
    expect(await check(code)).toEqual({ fits: false, reason: "used_up", currency: "usd", minimum: null });
    expect(await open(code)).toMatchObject(refusal("used_up"));
  });

  test("two tabs with one code have one checkout", async () => {
    const { code } = await newCode({ percent_off: 50 });
    const both = await Promise.all([open(code), open(code.toLowerCase())]);
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
  });

  test("says why a code can't be used, and opens no checkout with it", async () => {
    const other = await world.dashboard.customers.create({ email: "else@example.com" });
    const products = await world.dashboard.products.list({ limit: 100 });
    const team = products.data.find(({ name }) => name === "Team");
    const expired = await newCode({ percent_off: 50 }, { expires_at: now() + 60 });
    const withdrawn = await newCode({ percent_off: 50 });
    await world.dashboard.promotionCodes.update(withdrawn.id, { active: false });
    const minimum = { minimum_amount: 2000, minimum_amount_currency: "usd" };
    const reasons = {
      other_customer: await newCode({ percent_off: 50 }, { customer: other.id }),
      other_plan: await newCode({ percent_off: 50, applies_to: { products: [team?.id ?? ""] } }),
      other_currency: await newCode({ amount_off: 100, currency: "eur" }),
      minimum_amount: await newCode({ percent_off: 50 }, { restrictions: minimum }),
      expired,
      inactive: withdrawn,
      unknown: { code: "NOSUCHCODE" },
    };
    world.tick(61);
    for (const [reason, { code }] of Object.entries(reasons)) {
      expect(await check(code), code).toMatchObject({ fits: false, reason });
      expect(await open(code), code).toMatchObject(refusal(reason));
    }
    expect(await check(reasons.minimum_amount.code)).toMatchObject({ minimum: 2000 });
    expect(
      await check(reasons.minimum_amount.code, { planId: "team", interval: "month", quantity: 5 }),
    ).toMatchObject({
      fits: true,
    });
    expect(await check(reasons.other_plan.code, { planId: "team", interval: "month" })).toMatchObject({
      fits: true,
    });
    expect(await world.billing.customers.find(user)).toBeNull();
  });

  test("a code for a first purchase is refused to whoever paid before", async () => {
    const { code } = await newCode({ percent_off: 50 }, { restrictions: { first_time_transaction: true } });
    const care = { planId: "care", interval: "month" };
    expect(await check(code, care)).toMatchObject({ fits: true });
    await world.call("GET", `/checkout/${await world.buy(user)}`, { as: user });
    expect(await check(code, care)).toMatchObject({ fits: false, reason: "first_purchase_only" });
    expect(await open(code, care)).toMatchObject(refusal("first_purchase_only"));
  });

  test("lets people type a code on the provider's page where the app says so, and none was given", async () => {
    const { code } = await newCode({ percent_off: 50 });
    const billing = world.instance({ checkout: { codesOnPage: true } });
    const click = async (body: object) =>
      sessionOf((await world.call("POST", "/checkout", { as: user, body, billing })).body.id);
    expect(await click(starter)).toMatchObject({ allow_promotion_codes: true });
    expect(await click({ ...starter, promotionCode: code })).toMatchObject({ allow_promotion_codes: null });
    const closed = await world.call("POST", "/checkout", { as: user, body: starter });
    expect(await sessionOf(closed.body.id)).toMatchObject({ allow_promotion_codes: null });
  });

  test("can be asked by the server's own code, and can't be guessed by a person", async () => {
    const { code } = await newCode({ percent_off: 50 });
    const wish = { customerId: user, code, planId: "starter", interval: "month" } as const;
    expect(await world.billing.promotionCodes.check(wish)).toMatchObject({ fits: true, dueNow: 450 });
    const billing = world.instance({ rateLimits: { promotionCodesPerMinute: 3 } });
    const guess = (path: string, body: object) => world.call("POST", path, { as: user, body, billing });
    expect((await guess("/promotion-code", { ...starter, code: "A" })).body).toMatchObject({
      reason: "unknown",
    });
    expect(await guess("/checkout", { ...starter, promotionCode: "B" })).toMatchObject(refusal("unknown"));
    expect((await guess("/promotion-code", { ...starter, code: "C" })).status).toBe(200);
    for (const [path, body] of [
      ["/promotion-code", { ...starter, code }],
      ["/checkout", { ...starter, promotionCode: code }],
    ] as const) {
      expect(await guess(path, body)).toMatchObject({
        status: 429,
        body: { error: { code: "rate_limited" } },
      });
    }
    expect((await guess("/checkout", starter)).status, "without a code it is none of that").toBe(200);
  });

  const now = () => Math.floor(world.sandbox.now().getTime() / 1000);
});
