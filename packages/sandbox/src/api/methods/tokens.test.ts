import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, recurringPrice, refusal } from "../../../test/connect.js";

// What Stripe.js sends with the publishable key is sent with the secret one here.
const typing = { settings: { rawCardData: true } };

const card = { number: "4242424242424242", exp_month: "12", exp_year: "2040", cvc: "123", name: "Ada" };

describe("a token of a typed card", () => {
  it("shows the card, keeps no number, and is read again", async () => {
    const { sandbox, stripe } = await connect(typing);
    const token = await stripe.tokens.create({ card });
    expect(token).toMatchObject({
      object: "token",
      type: "card",
      card: { object: "card", brand: "visa", exp_month: 12, exp_year: 2040, last4: "4242", name: "Ada" },
    });
    expect(await stripe.tokens.retrieve(token.id)).toEqual(token);
    expect(JSON.stringify(sandbox.events())).not.toContain(card.number);
    expect((await refusal(stripe.tokens.retrieve("tok_none"))).statusCode).toBe(404);
  });

  it("becomes a customer's source, which pays a subscription", async () => {
    const { stripe } = await connect(typing);
    const [{ id: source }, { id: price }] = [
      await stripe.tokens.create({ card }),
      await recurringPrice(stripe, 900),
    ];
    const { id: customer, default_source } = await stripe.customers.create({ source });
    expect((await stripe.customers.listSources(customer)).data).toMatchObject([
      { id: default_source, last4: "4242" },
    ]);
    expect((await stripe.subscriptions.create({ customer, items: [{ price }] })).status).toBe("active");
    const again = await refusal(stripe.customers.createSource(customer, { source }));
    expect([again.code, again.message]).toEqual([
      "token_already_used",
      `You cannot use a Stripe token more than once: ${source}.`,
    ]);
  });

  it("becomes a payment method, and behaves as its card does", async () => {
    const { stripe } = await connect(typing);
    const { id: token } = await stripe.tokens.create({ card: { ...card, number: "4000000000000341" } });
    const { id: customer } = await stripe.customers.create({});
    const method = await stripe.paymentMethods.create({ type: "card", card: { token } });
    expect([method.id.slice(0, 3), method.card?.last4]).toEqual(["pm_", "0341"]);
    await stripe.paymentMethods.attach(method.id, { customer });
    const charge = { amount: 500, currency: "usd", customer, payment_method: method.id, confirm: true };
    expect((await refusal(stripe.paymentIntents.create(charge))).code).toBe("card_declined");
  });

  it("can be used after a request that was refused, but not after its card was", async () => {
    const { stripe } = await connect(typing);
    const intent = () =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: "usd",
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      });
    const pay = (id: string, token: string) => {
      // The SDK declares no cards here.
      const data: object = { type: "card", card: { token } };
      const payment_method_data = data as Stripe.PaymentIntentConfirmParams.PaymentMethodData;
      return stripe.paymentIntents.confirm(id, { payment_method_data });
    };
    const [first, second, third] = [await intent(), await intent(), await intent()];
    await stripe.paymentIntents.cancel(first.id);
    const { id: good } = await stripe.tokens.create({ card });
    expect((await refusal(pay(first.id, good))).code).toBe("payment_intent_unexpected_state");
    expect((await pay(second.id, good)).status).toBe("succeeded");
    const { id: declined } = await stripe.tokens.create({ card: { ...card, number: "4000000000000002" } });
    expect((await refusal(pay(third.id, declined))).code).toBe("card_declined");
    expect((await refusal(pay(third.id, declined))).code).toBe("token_already_used");
  });

  it("pays a charge once", async () => {
    const { stripe } = await connect(typing);
    const { id: source } = await stripe.tokens.create({ card });
    const charge: Stripe.ChargeCreateParams = { amount: 500, currency: "usd", source };
    expect((await stripe.charges.create(charge)).status).toBe("succeeded");
    expect((await refusal(stripe.charges.create(charge))).code).toBe("token_already_used");
  });

  it.each([
    [{ ...card, number: "4242424242424241" }, "incorrect_number", "number"],
    [{ ...card, exp_month: "13" }, "invalid_expiry_month", "exp_month"],
    [{ ...card, cvc: "1" }, "invalid_cvc", "cvc"],
  ])("is not made of a card that can't be: %j", async (wrong, code, param) => {
    const { stripe } = await connect(typing);
    const error = await refusal(stripe.tokens.create({ card: wrong }));
    expect([error.statusCode, error.code, error.param]).toEqual([402, code, param]);
  });

  it("is not made where its issuer refuses to have the card kept", async () => {
    const { stripe } = await connect(typing);
    const { id: source } = await stripe.tokens.create({ card: { ...card, number: "4000000000000002" } });
    const error = await refusal(stripe.customers.create({ source }));
    expect(error.code).toBe("card_declined");
    expect((await stripe.customers.list()).data).toEqual([]);
  });
});
