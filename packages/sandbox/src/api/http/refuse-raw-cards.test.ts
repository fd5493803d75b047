import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { type InProcess, inProcess } from "../../../test/in-process.js";

// The text as accounts without access to raw card data get it, and its status:
// https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis
const card = { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" };

/** What the SDK declares no card for goes as it is. */
const post = (stripe: Stripe, path: string, params: object) => stripe.rawRequest("POST", path, { ...params });

const ways: ReadonlyArray<[string, (stripe: Stripe) => Promise<unknown>]> = [
  ["a payment method", (stripe) => stripe.paymentMethods.create({ type: "card", card })],
  ["a token", (stripe) => stripe.tokens.create({ card: { ...card, exp_month: "12", exp_year: "2040" } })],
  [
    "a payment",
    (stripe) =>
      post(stripe, "/v1/payment_intents", {
        amount: 500,
        currency: "usd",
        payment_method_data: { type: "card", card },
      }),
  ],
  [
    "a confirmation token",
    (stripe) =>
      post(stripe, "/v1/test_helpers/confirmation_tokens", {
        payment_method_data: { type: "card", card },
      }),
  ],
];

describe("a card's number with the secret key", () => {
  it.each(ways)("is refused where it makes %s, and changes nothing", async (_, send) => {
    const { sandbox, stripe } = inProcess();
    const { statusCode, rawType, code, param, message } = await refusal(send(stripe));
    expect({ statusCode, rawType, code, param }).toEqual({
      statusCode: 402,
      rawType: "invalid_request_error",
      code: undefined,
      param: undefined,
    });
    expect(message).toBe(
      "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens " +
        "that map to the test card you are using, see https://stripe.com/docs/testing. To enable testing raw card " +
        "data APIs, see https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.",
    );
    expect(sandbox.events()).toEqual([]);
  });

  const allowed = (): InProcess => inProcess({ settings: { rawCardData: true } });

  it.each(ways)("makes %s in an account that has access to raw card data", async (_, send) => {
    expect(await send(allowed().stripe)).toHaveProperty("id");
  });

  it("is what Stripe.js sends with the publishable key", async () => {
    const { sandbox, as } = inProcess();
    const method = await as(sandbox.publishableKey).paymentMethods.create({ type: "card", card });
    expect(method.card?.last4).toBe("4242");
  });
});
