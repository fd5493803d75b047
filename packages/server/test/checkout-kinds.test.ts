import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };

describeEachStore("a checkout on a page of the app", (createStore) => {
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

  const open = async (kind?: string, more: object = {}, billing = world.billing) =>
    world.call("POST", "/checkout", {
      as: user,
      body: { ...starter, ...more, ...(kind && { kind }) },
      billing,
    });
  const sessionOf = (id: string) => world.dashboard.checkout.sessions.retrieve(id);
  const settled = async (id: string) => (await world.call("GET", `/checkout/${id}`, { as: user })).body;
  const openOnes = async () => (await world.checkouts(user)).filter(({ status }) => status === "open");

  /** What Stripe.js sends when a person confirms on the app's page: the publishable key and the client secret. */
  const confirm = async (id: string, clientSecret: string, card = "pm_card_visa") => {
    const body = new URLSearchParams({ client_secret: clientSecret, payment_method: card });
    const authorization = `Bearer ${world.sandbox.publishableKey}`;
    const response = await fetch(`${world.sandbox.url}/v1/payment_pages/${id}/confirm`, {
      ...{ method: "POST", body, headers: { authorization } },
    });
    return response.status;
  };

  test("with elements has a secret in place of a page, and is paid, settled and owned like any other", async () => {
    const { status, body } = await open("elements", { returnUrl: "/done" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: "elements",
      url: null,
      clientSecret: expect.stringMatching(/^cs_test_\w+_secret_/),
    });
    expect(await sessionOf(body.id)).toMatchObject({
      ui_mode: "elements",
      return_url: "https://app.example.com/done?checkout={CHECKOUT_SESSION_ID}",
      success_url: null,
    });
    expect(await settled(body.id)).toMatchObject({ status: "open", payment: "unpaid" });
    expect(await confirm(body.id, body.clientSecret, "pm_card_chargeDeclined")).toBe(402);
    expect(await confirm(body.id, body.clientSecret)).toBe(200);
    expect(await settled(body.id)).toMatchObject({
      ...{ status: "complete", payment: "paid" },
      access: { planId: "starter" },
    });
    expect(await open("elements")).toMatchObject({
      status: 409,
      body: { error: { code: "already_subscribed" } },
    });
  });

  test("in a frame of the provider's is paid there, and leads to where the app said", async () => {
    const { body } = await open("embedded", { returnUrl: "/done" });
    expect(body).toMatchObject({ kind: "embedded", url: null });
    const page = `${world.sandbox.url}/embedded-checkout/${body.clientSecret}`;
    const form = new FormData();
    const card = { number: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123", name: "Ada Lovelace" };
    for (const [name, value] of Object.entries(card)) form.set(name, value);
    expect((await fetch(page, { method: "POST", body: form, redirect: "manual" })).status).toBeLessThan(400);
    expect(await settled(body.id)).toMatchObject({ status: "complete", payment: "paid" });
  });

  test.each(["elements", "embedded"])(
    "is one for a double click and two tabs at two instances, with %s: the same secret each time",
    async (kind) => {
      const other = world.instance();
      const answers = await Promise.all([
        open(kind),
        open(kind),
        open(kind, {}, other),
        open(kind, {}, other),
      ]);
      const again = await open(kind);
      const secrets = [...answers, again].map(({ body }) => body.clientSecret);
      expect(new Set(secrets).size).toBe(1);
      expect(secrets[0]).toMatch(/_secret_/);
      expect(await openOnes()).toHaveLength(1);
    },
  );

  test("closes the one that was open in another way, whichever comes first", async () => {
    for (const kind of ["hosted", "elements", "embedded", undefined, "elements"]) {
      const { body } = await open(kind);
      expect(
        (await openOnes()).map(({ id }) => id),
        kind,
      ).toEqual([body.id]);
    }
  });

  test("carries a code and a product as well", async () => {
    const coupon = await world.dashboard.coupons.create({ percent_off: 50, duration: "once" });
    await world.dashboard.promotionCodes.create({
      code: "KINDS",
      promotion: { type: "coupon", coupon: coupon.id },
    });
    const half = await open("elements", { promotionCode: "kinds" });
    expect(await sessionOf(half.body.id)).toMatchObject({ ui_mode: "elements", amount_total: 450 });
    const body = { productId: "credits", kind: "elements" };
    const { body: credits } = await world.call("POST", "/checkout", { as: user, body });
    expect(await confirm(credits.id, credits.clientSecret)).toBe(200);
    expect(await settled(credits.id)).toMatchObject({ payment: "paid", access: { owned: { credits: 1 } } });
  });

  test("leaves its secret nowhere but in the answer", async () => {
    const { body } = await open("elements");
    await open("elements");
    await settled(body.id);
    const [, secret = "?"] = (body.clientSecret as string).split("_secret_");
    expect(JSON.stringify(world.logged)).not.toContain(secret);
    const known = await world.billing.events.list({});
    expect(JSON.stringify(known)).not.toContain(secret);
  });
});
