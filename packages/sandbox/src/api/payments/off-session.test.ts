import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, refusal } from "../../../test/connect.js";

const raw = (error: Stripe.errors.StripeError) =>
  error.raw as Record<string, unknown> & Stripe.errors.StripeError;

describe("a card that wants proof while its holder is away", () => {
  it("is refused before any charge is made", async () => {
    const { sandbox, stripe } = await connect();
    const { id: customer } = await payer(stripe);
    const charged = (await stripe.charges.list()).data.length;
    const error = await refusal(
      stripe.paymentIntents.create({
        amount: 3300,
        currency: "usd",
        confirm: true,
        customer,
        off_session: true,
        payment_method: "pm_card_threeDSecure2Required",
      }),
    );
    expect(error).toMatchObject({
      code: "authentication_required",
      decline_code: "authentication_required",
      message: "Your card was declined. This transaction requires authentication.",
      statusCode: 402,
      type: "StripeCardError",
    });
    expect(error.charge).toBeUndefined();
    expect(raw(error).advice_code).toBeUndefined();
    expect(raw(error).payment_method).toMatchObject({ card: { checks: { cvc_check: "unchecked" } } });
    const intent = error.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({
      latest_charge: null,
      payment_method: null,
      status: "requires_payment_method",
    });
    const { last_payment_error } = await stripe.paymentIntents.retrieve(intent.id);
    expect(last_payment_error).toMatchObject({
      code: "authentication_required",
      payment_method: { object: "payment_method" },
      payment_method_type: "card",
    });
    expect(last_payment_error?.charge).toBeUndefined();
    expect((await stripe.charges.list()).data).toHaveLength(charged);
    const types = sandbox.events().map(({ type }) => type);
    expect(types).toContain("payment_intent.payment_failed");
    expect(types).not.toContain("charge.failed");
  });

  it("is refused in the same way where a question is as good as a refusal", async () => {
    const { stripe } = await connect();
    const error = await refusal(
      stripe.paymentIntents.create({
        amount: 3300,
        currency: "usd",
        confirm: true,
        error_on_requires_action: true,
        payment_method: "pm_card_authenticationRequired",
      }),
    );
    expect([error.code, error.charge]).toEqual(["authentication_required", undefined]);
    expect((await stripe.charges.list()).data).toEqual([]);
  });
});
