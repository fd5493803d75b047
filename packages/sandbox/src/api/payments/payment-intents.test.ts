import { describe, expect, it } from "vitest";
import { type Connected, connect, payer, refusal } from "../../../test/connect.js";

/** A call as Stripe.js makes it, with the publishable key. */
const call = async (
  { sandbox }: Connected,
  path: string,
  params: Record<string, string>,
  method = "POST",
) => {
  const body = new URLSearchParams(params);
  const url = `${sandbox.url}/v1/${path}${method === "GET" ? `?${body}` : ""}`;
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${sandbox.publishableKey}` },
    ...(method === "GET" ? {} : { body }),
  });
  return { status: response.status, body: await response.json() };
};

const typed = (number: string) => ({
  "payment_method_data[type]": "card",
  "payment_method_data[card][number]": number,
  "payment_method_data[card][exp_month]": "12",
  "payment_method_data[card][exp_year]": "34",
  "payment_method_data[card][cvc]": "123",
});

describe("intents", () => {
  it.each([
    ["pm_card_visa", "succeeded", undefined],
    ["pm_card_mastercard", "succeeded", undefined],
    ["pm_card_chargeDeclined", undefined, "generic_decline"],
    ["pm_card_chargeDeclinedInsufficientFunds", undefined, "insufficient_funds"],
    ["pm_card_authenticationRequired", "requires_action", undefined],
  ])("%s ends as %s %s when a server confirms it", async (payment_method, status, decline) => {
    const { stripe } = await connect();
    const params = { amount: 500, currency: "usd", confirm: true, payment_method };
    if (status) {
      expect((await stripe.paymentIntents.create(params)).status).toBe(status);
      return;
    }
    const error = await refusal(stripe.paymentIntents.create(params));
    expect([error.statusCode, error.type, error.decline_code]).toEqual([402, "StripeCardError", decline]);
    const intent = error.payment_intent;
    expect([intent?.status, intent?.last_payment_error?.decline_code]).toEqual([
      "requires_payment_method",
      decline,
    ]);
  });

  it("is confirmed by the browser with the client secret, and shows it nothing of the customer", async () => {
    const shop = await connect();
    const customer = await payer(shop.stripe);
    const { id, client_secret } = await shop.stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer: customer.id,
      setup_future_usage: "off_session",
      metadata: { internal: "yes" },
    });
    const without = await call(shop, `payment_intents/${id}/confirm`, typed("4242424242424242"));
    expect(without.body.error.code).toBe("parameter_missing");
    const wrong = await call(shop, `payment_intents/${id}`, { client_secret: `${id}_secret_x` }, "GET");
    expect(wrong.status).toBe(400);
    const paid = await call(shop, `payment_intents/${id}/confirm`, {
      client_secret: client_secret ?? "",
      ...typed("4242424242424242"),
    });
    expect(paid.body).toMatchObject({ status: "succeeded", amount: 500 });
    expect(paid.body).not.toHaveProperty("customer");
    expect(paid.body).not.toHaveProperty("metadata");
    const { data } = await shop.stripe.paymentMethods.list({ customer: customer.id });
    expect(data).toHaveLength(2);
  });

  it.each([
    ["succeed", "succeeded", undefined],
    ["fail", "requires_payment_method", "payment_intent_authentication_failure"],
  ])("asks the browser for 3-D Secure, which may %s", async (outcome, status, code) => {
    const shop = await connect();
    const { id, client_secret } = await shop.stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    const secret = { client_secret: client_secret ?? "" };
    const asked = await call(shop, `payment_intents/${id}/confirm`, {
      ...secret,
      ...typed("4000002500003155"),
      return_url: "https://app.test/back",
      use_stripe_sdk: "true",
    });
    expect(asked.body).toMatchObject({ status: "requires_action", next_action: { type: "use_stripe_sdk" } });
    const done = await call(shop, `sandbox/intents/${id}/authenticate`, { ...secret, outcome });
    expect(done.body.status).toBe(status);
    expect(done.body.last_payment_error?.code).toBe(code);
  });

  it("redirects to the bank when there is a return address and no script", async () => {
    const { stripe, sandbox } = await connect();
    const intent = await stripe.setupIntents.create({
      confirm: true,
      payment_method: "pm_card_authenticationRequiredOnSetup",
      return_url: "https://app.test/back",
    });
    expect(intent.next_action).toEqual({
      type: "redirect_to_url",
      redirect_to_url: { return_url: "https://app.test/back", url: `${sandbox.url}/3ds/${intent.id}` },
    });
  });

  it("needs no second authentication from a card that remembers one", async () => {
    const shop = await connect();
    const { stripe } = shop;
    const customer = await stripe.customers.create({});
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      confirm: true,
      payment_method: "pm_card_authenticationRequiredOnSetup",
    });
    await call(shop, `sandbox/intents/${setup.id}/authenticate`, {
      client_secret: setup.client_secret ?? "",
      outcome: "succeed",
    });
    const charge = {
      amount: 500,
      currency: "usd",
      customer: customer.id,
      confirm: true,
      off_session: true,
    } as const;
    const saved = (await stripe.setupIntents.retrieve(setup.id)).payment_method as string;
    expect((await stripe.paymentIntents.create({ ...charge, payment_method: saved })).status).toBe(
      "succeeded",
    );
    const error = await refusal(
      stripe.paymentIntents.create({ ...charge, payment_method: "pm_card_authenticationRequired" }),
    );
    expect(error.code).toBe("authentication_required");
  });

  it("captures what was only authorised, and refunds no more than that", async () => {
    const { stripe, sandbox } = await connect();
    const { id } = await stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      confirm: true,
      payment_method: "pm_card_visa",
      capture_method: "manual",
    });
    const captured = await stripe.paymentIntents.capture(id, { amount_to_capture: 300 });
    expect([captured.status, captured.amount_received]).toEqual(["succeeded", 300]);
    await stripe.refunds.create({ payment_intent: id, amount: 100 });
    const rest = await stripe.refunds.create({ payment_intent: id });
    expect(rest.amount).toBe(200);
    expect((await refusal(stripe.refunds.create({ payment_intent: id }))).code).toBe(
      "charge_already_refunded",
    );
    expect(sandbox.events().map((event) => event.type)).toContain("charge.captured");
  });

  it("keeps no card number anywhere", async () => {
    const { stripe, sandbox } = await connect({ settings: { rawCardData: true } });
    const method = await stripe.paymentMethods.create({
      type: "card",
      card: { number: "4000000000000341", exp_month: 12, exp_year: 2034, cvc: "123" },
    });
    expect(method.card).toMatchObject({ brand: "visa", last4: "0341" });
    const customer = await stripe.customers.create({});
    await stripe.paymentMethods.attach(method.id, { customer: customer.id });
    expect(JSON.stringify(sandbox.events())).not.toContain("4000000000000341");
  });
});
