import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, refusal } from "../../../test/connect.js";

const raw = (error: Stripe.errors.StripeError) =>
  error.raw as Record<string, unknown> & Stripe.errors.StripeError;

const usd = { amount: 1500, currency: "usd" } as const;

const two = async () => {
  const { sandbox, stripe } = await connect();
  const ada = await payer(stripe);
  const { id: other } = await stripe.customers.create({});
  return { ada: ada.id, other, card: ada.invoice_settings.default_payment_method as string, sandbox, stripe };
};

const notTheirs = (card: string, customer: string) =>
  `The PaymentMethod ${card} does not belong to the Customer you supplied ${customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`;

describe("somebody else's card", () => {
  it("keeps nothing for another customer", async () => {
    const { card, other, stripe } = await two();
    const error = await refusal(stripe.setupIntents.create({ customer: other, payment_method: card }));
    expect([error.message, error.param, error.code, error.statusCode]).toEqual([
      notTheirs(card, other),
      "payment_method",
      undefined,
      400,
    ]);
    expect(raw(error).setup_intent).toBeUndefined();
    const { id } = await stripe.setupIntents.create({ customer: other });
    for (const again of [
      stripe.setupIntents.update(id, { payment_method: card }),
      stripe.setupIntents.confirm(id, { payment_method: card }),
    ]) {
      const refused = await refusal(again);
      expect(refused.message).toBe(notTheirs(card, other));
      expect(raw(refused).setup_intent).toMatchObject({ id, status: "requires_payment_method" });
    }
  });

  it("keeps nothing for nobody", async () => {
    const { ada, card, stripe } = await two();
    const error = await refusal(stripe.setupIntents.create({ payment_method: card }));
    expect([error.message, error.param]).toEqual([
      `The payment method supplied (${card}) belongs to the Customer ${ada}. Please include the Customer in the \`customer\` parameter on the SetupIntent.`,
      "payment_method",
    ]);
  });

  it("pays nothing for another customer, or for nobody", async () => {
    const { ada, card, other, stripe } = await two();
    const theirs = await stripe.paymentIntents.create({ ...usd, customer: other });
    const another = await refusal(stripe.paymentIntents.confirm(theirs.id, { payment_method: card }));
    expect([another.message, another.param, another.code]).toEqual([
      notTheirs(card, other),
      "payment_method",
      undefined,
    ]);
    expect(raw(another).payment_intent).toMatchObject({ id: theirs.id });
    const nobodys = await stripe.paymentIntents.create(usd);
    const nobody = await refusal(stripe.paymentIntents.confirm(nobodys.id, { payment_method: card }));
    expect([nobody.message, nobody.param, nobody.code]).toEqual([
      `The \`payment_method\` parameter supplied ${card} belongs to the Customer ${ada}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
      "source",
      "parameter_missing",
    ]);
    expect(raw(nobody).payment_intent).toMatchObject({ id: nobodys.id });
  });

  it("is not found under another customer, and no customer is a wrong parameter of a list", async () => {
    const { card, other, stripe } = await two();
    const hidden = await refusal(stripe.customers.retrievePaymentMethod(other, card));
    expect([hidden.statusCode, hidden.message, hidden.param, hidden.code]).toEqual([
      404,
      "Invalid request",
      "customer",
      undefined,
    ]);
    const list = await refusal(stripe.paymentMethods.list({ customer: "cus_none" }));
    expect([list.statusCode, list.code, list.param, list.message]).toEqual([
      400,
      "resource_missing",
      "customer",
      "No such customer: 'cus_none'",
    ]);
  });
});

describe("a payment", () => {
  it("of a customer asks for one of the customer's methods", async () => {
    const { other, stripe } = await two();
    const { id } = await stripe.paymentIntents.create({ ...usd, customer: other });
    const error = await refusal(stripe.paymentIntents.confirm(id));
    expect([error.code, error.message]).toEqual([
      "payment_intent_unexpected_state",
      `You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent with ${other}, specify a payment method attached to this customer along with the customer ID.`,
    ]);
    expect(raw(error).payment_intent).toMatchObject({ id });
  });

  const tooLittle =
    "The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents";

  it.each([
    ["usd", 0, "parameter_invalid_integer"],
    ["usd", 49, "amount_too_small"],
    ["gbp", 29, "amount_too_small"],
    ["huf", 17_499, "amount_too_small"],
  ])("is of the least that can be charged: %s %i", async (currency, amount, code) => {
    const { stripe } = await connect();
    const error = await refusal(stripe.paymentIntents.create({ amount, currency }));
    expect([error.code, error.param, error.message]).toEqual([code, "amount", tooLittle]);
    const { id } = await stripe.paymentIntents.create({ amount: 20_000, currency });
    expect((await refusal(stripe.paymentIntents.update(id, { amount }))).message).toBe(tooLittle);
  });

  it("is not captured for less than nothing", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.paymentIntents.create({
      ...usd,
      capture_method: "manual",
      confirm: true,
      payment_method: "pm_card_visa",
    });
    const error = await refusal(stripe.paymentIntents.capture(id, { amount_to_capture: -100 }));
    expect([error.message, error.param, error.code]).toEqual([
      "Invalid non-negative integer",
      "amount_to_capture",
      undefined,
    ]);
    expect(raw(error).payment_intent).toMatchObject({ id, status: "requires_capture" });
  });
});

describe("a setup", () => {
  it("that was cancelled says so", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.setupIntents.create({ payment_method: "pm_card_visa" });
    await stripe.setupIntents.cancel(id, { cancellation_reason: "duplicate" });
    const refusals = [
      await refusal(stripe.setupIntents.confirm(id)),
      await refusal(stripe.setupIntents.cancel(id)),
    ];
    expect(refusals.map(({ message }) => message)).toEqual([
      "You cannot confirm this SetupIntent because it has been canceled.",
      "You cannot cancel this SetupIntent because it is already canceled.",
    ]);
    for (const error of refusals)
      expect(raw(error).setup_intent).toMatchObject({ id, cancellation_reason: "duplicate" });
  });

  it("is for payments off session, whatever is asked for", async () => {
    const { stripe } = await connect();
    const { usage } = await stripe.setupIntents.create({ usage: "on_session" });
    expect(usage).toBe("off_session");
  });

  it("can't keep what its issuer refuses, and neither can an attachment", async () => {
    const { ada, stripe } = await two();
    const error = await refusal(stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: ada }));
    expect(raw(error)).toMatchObject({
      advice_code: "try_again_later",
      code: "card_declined",
      decline_code: "generic_decline",
      network_decline_code: "01",
      param: "",
    });
    expect(raw(error).payment_method).toBeUndefined();
  });
});

describe("a bank's small deposits", () => {
  it.each(["payment", "setup"] as const)("verify no %s that does not wait for them", async (kind) => {
    const { stripe } = await connect();
    const intents = kind === "payment" ? stripe.paymentIntents : stripe.setupIntents;
    const { id } =
      kind === "payment" ? await stripe.paymentIntents.create(usd) : await stripe.setupIntents.create();
    const name = kind === "payment" ? "PaymentIntent" : "SetupIntent";
    const error = await refusal(intents.verifyMicrodeposits(id, { amounts: [32, 45] }));
    expect([error.statusCode, error.code, error.message]).toEqual([
      400,
      "intent_invalid_state",
      `This ${name} cannot be actioned on because it has a status of requires_payment_method. Only a ${name} with one of the following statuses may be actioned on: ["requires_action"].`,
    ]);
    expect(raw(error)[`${kind}_intent`]).toMatchObject({ id });
    expect((await refusal(intents.verifyMicrodeposits("none", {}))).statusCode).toBe(404);
  });
});

describe("a bank account that small deposits are to verify", () => {
  const payment_method_options = { us_bank_account: { verification_method: "microdeposits" } } as const;
  const account = {
    type: "us_bank_account",
    billing_details: { name: "Ada" },
    us_bank_account: {
      account_holder_type: "individual",
      account_number: "000123456789",
      routing_number: "110000000",
    },
  } as const;
  const allowed_payment_method_types = ["us_bank_account" as const];
  const asks = { payment_method_data: account, payment_method_options, allowed_payment_method_types };

  const wait = async (kind: "payment" | "setup") => {
    const { sandbox, stripe } = await connect();
    const { id: customer } = await stripe.customers.create({});
    const intent =
      kind === "payment"
        ? await stripe.paymentIntents.create({ ...usd, ...asks, customer, confirm: true })
        : await stripe.setupIntents.create({ ...asks, customer, confirm: true });
    const intents = kind === "payment" ? stripe.paymentIntents : stripe.setupIntents;
    return { customer, intent, intents, sandbox, stripe };
  };

  it.each<["payment" | "setup", Stripe.PaymentIntentVerifyMicrodepositsParams, string]>([
    ["payment", { descriptor_code: "SM11AA" }, "processing"],
    ["payment", { amounts: [32, 45] }, "processing"],
    ["setup", { amounts: [45, 32] }, "succeeded"],
  ])("lets a %s go on once %j was answered", async (kind, answer, status) => {
    const { intent, intents, sandbox } = await wait(kind);
    expect(intent).toMatchObject({
      next_action: {
        type: "verify_with_microdeposits",
        verify_with_microdeposits: { arrival_date: expect.any(Number), microdeposit_type: "descriptor_code" },
      },
      payment_method_options,
      status: "requires_action",
    });
    expect(sandbox.events().at(-1)?.type).toBe(`${kind}_intent.requires_action`);
    const wrong = await refusal(intents.verifyMicrodeposits(intent.id, { amounts: [1, 2] }));
    expect(wrong).toMatchObject({
      code: "payment_method_microdeposit_verification_amounts_mismatch",
      statusCode: 400,
    });
    expect((await refusal(intents.verifyMicrodeposits(intent.id, { descriptor_code: "SM99ZZ" }))).code).toBe(
      "payment_method_microdeposit_verification_descriptor_code_mismatch",
    );
    expect(await intents.verifyMicrodeposits(intent.id, answer)).toMatchObject({
      next_action: null,
      status,
    });
  });

  it.each([
    ["SM33CC", "payment_method_microdeposit_verification_attempts_exceeded"],
    ["SM44DD", "payment_method_microdeposit_verification_timeout"],
  ])("takes the account away after %s", async (descriptor_code, code) => {
    const { intent, intents } = await wait("setup");
    expect(await intents.verifyMicrodeposits(intent.id, { descriptor_code })).toMatchObject({
      last_setup_error: { code },
      next_action: null,
      payment_method: null,
      status: "requires_payment_method",
    });
  });

  it("is asked once: what was verified pays at once", async () => {
    const { customer, intent, intents, stripe } = await wait("setup");
    const { payment_method } = await intents.verifyMicrodeposits(intent.id, { descriptor_code: "SM11AA" });
    const paid = await stripe.paymentIntents.create({
      ...usd,
      allowed_payment_method_types,
      confirm: true,
      customer,
      payment_method: payment_method as string,
      payment_method_options,
    });
    expect(paid.status).toBe("processing");
  });
});

describe("an issuer", () => {
  it.each([
    ["pm_card_chargeDeclined", "try_again_later", "01", undefined],
    ["pm_card_chargeDeclinedInsufficientFunds", "try_again_later", "51", undefined],
    ["pm_card_chargeDeclinedLostCard", "do_not_try_again", "41", undefined],
    ["pm_card_chargeDeclinedStolenCard", "do_not_try_again", "43", undefined],
    ["pm_card_chargeDeclinedExpiredCard", "confirm_card_data", "54", "03"],
    ["pm_card_chargeDeclinedIncorrectCvc", "confirm_card_data", "N7", undefined],
    ["pm_card_chargeDeclinedVelocityLimitExceeded", "try_again_later", "65", undefined],
  ])(
    "says what to do about %s, in the network's code too",
    async (payment_method, advice, code, networkAdvice) => {
      const { stripe } = await connect();
      const error = await refusal(stripe.paymentIntents.create({ ...usd, confirm: true, payment_method }));
      const says = { advice_code: advice, network_decline_code: code };
      expect(raw(error)).toMatchObject(says);
      expect(raw(error).network_advice_code).toBe(networkAdvice);
      const { outcome } = await stripe.charges.retrieve(error.charge as string);
      expect(outcome).toMatchObject({ ...says, network_advice_code: networkAdvice ?? null });
    },
  );
});

describe("a charge", () => {
  it("of an intent leaves the transfer group to it", async () => {
    const { stripe } = await connect();
    const { id, latest_charge } = await stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      payment_method: "pm_card_visa",
    });
    const error = await refusal(
      stripe.charges.update(latest_charge as string, { transfer_group: "order_42" }),
    );
    expect([error.statusCode, error.message, error.code, error.param]).toEqual([
      400,
      `This Charge was created by a PaymentIntent (${id}). You must update the \`transfer_group\` on the PaymentIntent instead of updating the Charge directly. See https://stripe.com/docs/api#update_payment_intent`,
      undefined,
      undefined,
    ]);
  });

  it("needs a card of the old kind", async () => {
    const { ada, other, stripe } = await two();
    const withMethod = await refusal(stripe.charges.create({ ...usd, customer: ada }));
    const without = await refusal(stripe.charges.create({ ...usd, customer: other }));
    expect([withMethod.statusCode, withMethod.code, withMethod.param, withMethod.message]).toEqual([
      402,
      "missing",
      "card",
      "This Customer doesn't have any legacy saved payment details, but does have a Payment Method attached. Use a Payment Intent instead of creating a Charge: https://stripe.com/docs/payments/payment-intents/migration",
    ]);
    expect([without.statusCode, without.code, without.param, without.message]).toEqual([
      402,
      "missing",
      "card",
      "This Customer doesn't have any saved payment details. Attach a legacy Token, Card, Bank Account, or Source to this Customer and then try this request again, or use Payment Intents and Payment Methods instead.",
    ]);
  });
});

describe("payment_method_types", () => {
  it("is gone from intents, by a code of its own", async () => {
    const { sandbox, stripe } = await connect();
    const { id: payment } = await stripe.paymentIntents.create(usd);
    const { id: setup } = await stripe.setupIntents.create();
    const ask = async (path: string, fields: Record<string, string>) => {
      const answer = await fetch(`${sandbox.url}/v1/${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${sandbox.secretKey}` },
        body: new URLSearchParams({ ...fields, "payment_method_types[]": "card" }),
      });
      return { status: answer.status, ...((await answer.json()) as { error?: Record<string, unknown> }) };
    };
    for (const [path, fields] of [
      ["payment_intents", { amount: "1500", currency: "usd" }],
      [`payment_intents/${payment}`, {}],
      [`payment_intents/${payment}/confirm`, {}],
      ["setup_intents", {}],
      [`setup_intents/${setup}`, {}],
    ] as const)
      expect(await ask(path, fields)).toMatchObject({
        error: { code: "payment_method_types_no_longer_supported", param: "payment_method_types" },
        status: 400,
      });
  });
});
