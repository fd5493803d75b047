import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { type Connected, connect } from "../../../test/connect.js";

const home = "https://app.test/done?session={CHECKOUT_SESSION_ID}";
let shop: Connected;

beforeEach(async () => {
  shop = await connect();
});

const line = (unit_amount: number, recurring?: "month" | "year") => ({
  quantity: 1,
  price_data: {
    currency: "usd",
    unit_amount,
    product_data: { name: recurring ? "Pro" : "Setup" },
    ...(recurring ? { recurring: { interval: recurring } } : {}),
  },
});

const create = (params: Stripe.Checkout.SessionCreateParams) =>
  shop.stripe.checkout.sessions.create({ mode: "subscription", success_url: home, ...params });

/** Stripe does not declare payment pages, so the SDK has no method for them. */
const post = async (path: string, params: Record<string, string>): Promise<Record<string, unknown>> => {
  const answer = await shop.sandbox.fetch(
    new Request(`${shop.sandbox.url}/v1/payment_pages/${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.secretKey}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams(params),
    }),
  );
  const body = (await answer.json()) as { error?: object } & Record<string, unknown>;
  if (body.error) throw body.error;
  return body;
};

/** Confirms a session the way `stripe trigger` does. */
const confirm = (session: Stripe.Checkout.Session, params: Record<string, string> = {}) =>
  post(`${session.id}/confirm`, { payment_method: "pm_card_visa", email: "ada@example.com", ...params });

const typesOf = () => shop.sandbox.events().map((event) => event.type);

describe("opening a session", () => {
  it.each<[string, Stripe.Checkout.SessionCreateParams, string]>([
    ["a hosted one without success_url", { success_url: "" }, "success_url"],
    ["an embedded one with success_url", { ui_mode: "embedded_page" }, "success_url"],
    ["a hosted one with return_url", { return_url: home }, "return_url"],
    ["elements with custom fields", { ui_mode: "elements", custom_fields: [] }, "success_url"],
    ["a code field beside a discount", { allow_promotion_codes: true, discounts: [{ coupon: "x" }] }, ""],
    ["shipping for a subscription", { shipping_options: [{ shipping_rate: "shr_1" }] }, "shipping_options"],
    ["an invoice for a subscription", { invoice_creation: { enabled: true } }, "invoice_creation"],
    ["what belongs to a payment", { payment_intent_data: { description: "x" } }, "payment_intent_data"],
    ["customer_update without a customer", { customer_update: { name: "auto" } }, "customer_update"],
    ["a trial that ends tomorrow", { subscription_data: { trial_end: 1 } }, "subscription_data[trial_end]"],
    ["a session that lasts two days", { expires_at: 1 }, ""],
    ["two discounts", { discounts: [{ coupon: "a" }, { coupon: "b" }] }, "discounts"],
    ["only what is bought once", { line_items: [line(500)] }, "line_items"],
  ])("refuses %s, and creates nothing", async (_what, params, param) => {
    const before = typesOf().length;
    const refused = create({ line_items: [line(2900, "month")], ...params });
    await expect(refused).rejects.toMatchObject({ statusCode: 400, ...(param ? { param } : {}) });
    expect(typesOf()).toHaveLength(before);
  });

  it("hands an embedded one a client secret instead of an address", async () => {
    const session = await shop.stripe.checkout.sessions.create({
      mode: "payment",
      ui_mode: "embedded_page",
      return_url: home,
      line_items: [line(500)],
    });
    expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
    expect(session).toMatchObject({ url: null, redirect_on_completion: "always", success_url: null });
  });

  it("takes discounts and taxes off and on, line by line", async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 25 });
    const rate = await shop.stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 10 });
    const session = await create({
      mode: "payment",
      discounts: [{ coupon: coupon.id }],
      line_items: [{ ...line(1000), tax_rates: [rate.id] }, line(3000)],
    });
    expect(session).toMatchObject({
      amount_subtotal: 4000,
      amount_total: 3075,
      total_details: { amount_discount: 1000, amount_tax: 75, amount_shipping: 0 },
      discounts: [{ coupon: coupon.id, promotion_code: null }],
    });
    const { data } = await shop.stripe.checkout.sessions.listLineItems(session.id, { limit: 1 });
    expect(data[0]).toMatchObject({
      amount_subtotal: 1000,
      amount_discount: 250,
      amount_tax: 75,
      amount_total: 825,
    });
  });

  it("costs nothing today while a trial runs, except what is bought once", async () => {
    const session = await create({
      line_items: [line(2900, "month"), line(5000)],
      subscription_data: { trial_period_days: 14 },
    });
    expect(session).toMatchObject({ amount_total: 5000, payment_status: "unpaid" });
  });
});

describe("completing a session", () => {
  it("charges what it said: a fee, a discount and a tax are on the first invoice", async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const session = await create({
      line_items: [line(2900, "month"), line(5000)],
      discounts: [{ coupon: coupon.id }],
      automatic_tax: { enabled: true },
    });
    await confirm(session, { "billing_address[country]": "DE", "billing_address[postal_code]": "10115" });
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["invoice", "subscription"],
    });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      amount_subtotal: 7900,
      amount_total: 8532,
      total_details: { amount_discount: 790, amount_tax: 1422 },
      automatic_tax: { enabled: true, status: "complete" },
      invoice: { status: "paid", total: 8532, amount_paid: 8532 },
      subscription: { status: "active", automatic_tax: { enabled: true } },
    });
  });

  it("writes an invoice for a single payment that asks for one", async () => {
    const session = await create({
      mode: "payment",
      line_items: [line(5000)],
      invoice_creation: { enabled: true, invoice_data: { footer: "Thank you" } },
    });
    await confirm(session, { expected_amount: "5000" });
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
    expect(done.invoice).toMatchObject({
      status: "paid",
      total: 5000,
      footer: "Thank you",
      customer: done.customer,
    });
    expect(typesOf().filter((type) => type.startsWith("payment_intent"))).toEqual([
      "payment_intent.created",
      "payment_intent.succeeded",
    ]);
    expect(typesOf().at(-1)).toBe("checkout.session.completed");
  });

  it("redeems a code that the customer types, and refuses one that is not there", async () => {
    const coupon = await shop.stripe.coupons.create({ amount_off: 500, currency: "usd" });
    const code = await shop.stripe.promotionCodes.create({
      code: "FIVE",
      promotion: { type: "coupon", coupon: coupon.id },
    });
    const session = await create({ line_items: [line(2900, "month")], allow_promotion_codes: true });
    const type = (promotion_code: string) => post(session.id, { promotion_code });
    await expect(type("NOPE")).rejects.toMatchObject({ code: "resource_missing", param: "promotion_code" });
    expect(await type("five")).toMatchObject({ amount_total: 2400 });
    await confirm(session, { expected_amount: "2400" });
    expect((await shop.stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
  });

  it("refuses an amount other than the payer saw, and terms that nobody accepted", async () => {
    const session = await create({
      line_items: [line(2900, "month")],
      consent_collection: { terms_of_service: "required" },
    });
    await expect(confirm(session)).rejects.toMatchObject({ param: "consent[terms_of_service]" });
    const consent = { "consent[terms_of_service]": "accepted" };
    await expect(confirm(session, { ...consent, expected_amount: "1" })).rejects.toMatchObject({
      param: "expected_amount",
    });
    await confirm(session, consent);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id);
    expect(done.consent).toEqual({ promotions: null, terms_of_service: "accepted" });
  });

  it("saves something for later where nothing is bought: attached, set up, complete, and neither taxed nor charged", async () => {
    const save = { mode: "setup", currency: "usd" } as const;
    await expect(create({ ...save, automatic_tax: { enabled: true } })).rejects.toMatchObject({
      message: "You cannot set `automatic_tax[enabled]=true` in `setup` mode.",
    });
    await expect(create({ ...save, line_items: [line(2900)] })).rejects.toMatchObject({
      message: "You can not pass `line_items` in `setup` mode.",
    });
    const { id: customer } = await shop.stripe.customers.create({ name: "Ada Lovelace" });
    const session = await create({ ...save, customer });
    const before = typesOf().length;
    await confirm(session);
    expect(typesOf().slice(before)).toEqual(
      expect.arrayContaining(["payment_method.attached", "setup_intent.succeeded"]),
    );
    expect(typesOf().at(-1)).toBe("checkout.session.completed");
    expect(await shop.stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    expect((await shop.stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });

  it.each([
    ["DE89370400440532013000", "async_payment_succeeded", "paid", "active"],
    ["DE62370400440532013001", "async_payment_failed", "unpaid", "past_due"],
  ])("completes unpaid with bank account %s, then %s", async (iban, event, payment_status, status) => {
    const eur = line(2900, "month");
    eur.price_data.currency = "eur";
    const session = await create({ line_items: [eur] });
    const method = await shop.stripe.paymentMethods.create({ type: "sepa_debit", sepa_debit: { iban } });
    await confirm(session, { payment_method: method.id });
    const waiting = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
    expect(waiting).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
      subscription: { status: "active" },
    });
    shop.sandbox.advance(new Date(shop.sandbox.now().getTime() + 10_000));
    const settled = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
    expect(settled).toMatchObject({ payment_status, subscription: { status } });
    expect(typesOf().at(-1)).toBe(`checkout.session.${event}`);
  });

  it("lets the customer of an expired session continue, where the app asked for that", async () => {
    const session = await create({
      line_items: [line(2900, "month")],
      after_expiration: { recovery: { enabled: true, allow_promotion_codes: true } },
    });
    const expired = await shop.stripe.checkout.sessions.expire(session.id);
    const { url } = expired.after_expiration?.recovery ?? {};
    const answer = await shop.sandbox.fetch(new Request(url ?? "", { redirect: "manual" }));
    expect(answer.status).toBe(303);
    const { data } = await shop.stripe.checkout.sessions.list({ status: "open" });
    expect(data[0]).toMatchObject({
      recovered_from: session.id,
      amount_total: 2900,
      allow_promotion_codes: true,
    });
  });

  it("changes the lines of an open session, and keeps those that are named", async () => {
    const session = await create({ line_items: [line(2900, "month"), line(5000)] });
    const { data } = await shop.stripe.checkout.sessions.listLineItems(session.id);
    const kept = data[0]?.id ?? "";
    const updated = await shop.stripe.checkout.sessions.update(session.id, {
      line_items: [{ id: kept, quantity: 3 }],
    });
    expect(updated.amount_total).toBe(8700);
  });

  it("holds new lines against those that are kept", async () => {
    const session = await create({ line_items: [line(2900, "month")] });
    const { data } = await shop.stripe.checkout.sessions.listLineItems(session.id);
    const kept = { id: data[0]?.id ?? "" };
    const change = (fresh: ReturnType<typeof line>) =>
      shop.stripe.checkout.sessions.update(session.id, { line_items: [kept, fresh] });
    await expect(change(line(29_000, "year"))).rejects.toMatchObject({
      statusCode: 400,
      message: "Checkout does not support multiple prices with different billing intervals.",
    });
    // What is bought once needs no interval beside a kept subscription.
    expect((await change(line(5000))).amount_total).toBe(7900);
  });
});

describe("a checkout that Stripe would not open", () => {
  it("is one for a second currency, while another for a subscription is open", async () => {
    const customer = (await shop.stripe.customers.create({})).id;
    const inEuro = {
      ...line(900, "month"),
      price_data: { ...line(900, "month").price_data, currency: "eur" },
    };
    const open = await create({ customer, line_items: [inEuro] });
    await expect(create({ customer, line_items: [line(900, "month")] })).rejects.toThrow(
      /invoice item or active subscription mode checkout session with currency eur\.$/,
    );
    await shop.stripe.checkout.sessions.expire(open.id);
    expect((await create({ customer, line_items: [line(900, "month")] })).status).toBe("open");
  });

  it.each([
    [49, false],
    [50, true],
    [0, true],
  ])("is one whose single payment of %i cents is not worth a charge: opens %s", async (amount, opens) => {
    const session = create({ mode: "payment", line_items: [line(amount)] });
    if (opens) return expect((await session).amount_total).toBe(amount);
    await expect(session).rejects.toMatchObject({
      code: "amount_too_small",
      message: "The Checkout Session's total amount due must add up to at least $0.50 usd",
    });
  });
});
