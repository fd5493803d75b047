import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, refusal } from "../../../test/connect.js";

const paid = async (stripe: Stripe, card = "pm_card_visa", fields = {}) =>
  stripe.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    payment_method: card,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    ...fields,
  });

const raw = (error: Stripe.errors.StripeError) =>
  error.raw as Record<string, unknown> & Stripe.errors.StripeError;

describe("a payment that is over", () => {
  it.each(["succeeded", "canceled", "requires_capture"])(
    "takes words and metadata, and nothing else: %s",
    async (status) => {
      const { stripe } = await connect();
      const { id } =
        status === "canceled"
          ? await stripe.paymentIntents.cancel(
              (await stripe.paymentIntents.create({ amount: 1000, currency: "usd" })).id,
            )
          : await paid(stripe, "pm_card_visa", status === "succeeded" ? {} : { capture_method: "manual" });
      const after = await stripe.paymentIntents.update(id, {
        description: "Order 7",
        metadata: { order: "7" },
      });
      expect(after).toMatchObject({ description: "Order 7", metadata: { order: "7" }, status });
      const error = await refusal(stripe.paymentIntents.update(id, { amount: 2000 }));
      expect(error.message).toBe(
        `This PaymentIntent's amount could not be updated because it has a status of ${status}. You may only update the amount of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
      );
      expect([error.statusCode, error.code, error.param]).toEqual([
        400,
        "payment_intent_unexpected_state",
        "amount",
      ]);
      expect(raw(error).payment_intent).toMatchObject({ id, amount: 1000, status });
    },
  );

  it("is shown by whatever refuses to do it again", async () => {
    const { stripe } = await connect();
    const { id } = await paid(stripe);
    const refusals = {
      cancel: await refusal(stripe.paymentIntents.cancel(id)),
      capture: await refusal(stripe.paymentIntents.capture(id)),
      confirm: await refusal(stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" })),
    };
    for (const error of Object.values(refusals)) {
      expect(error.code).toBe("payment_intent_unexpected_state");
      expect(raw(error).payment_intent).toMatchObject({ id, status: "succeeded" });
    }
    expect(refusals.cancel.message).toBe(
      "You cannot cancel this PaymentIntent because it has a status of succeeded. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, expired, processing.",
    );
    expect(refusals.capture.message).toBe(
      "The remaining amount on this PaymentIntent could not be captured because the remainder of the authorized amount has been released.",
    );
  });

  it("can't be captured for more than it holds, or for nothing", async () => {
    const { stripe } = await connect();
    const { id } = await paid(stripe, "pm_card_visa", { capture_method: "manual" });
    const more = await refusal(stripe.paymentIntents.capture(id, { amount_to_capture: 1001 }));
    expect([more.code, more.param]).toEqual(["amount_too_large", undefined]);
    const nothing = await refusal(stripe.paymentIntents.capture(id, { amount_to_capture: 0 }));
    expect([nothing.code, nothing.param]).toEqual(["parameter_invalid_integer", "amount"]);
  });
});

describe("a setup that is over", () => {
  it("takes words and metadata, and no other method", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.setupIntents.create({
      confirm: true,
      payment_method: "pm_card_visa",
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    const after = await stripe.setupIntents.update(id, { description: "Card", metadata: { a: "1" } });
    expect(after).toMatchObject({ description: "Card", metadata: { a: "1" }, status: "succeeded" });
    const refusals = [
      await refusal(stripe.setupIntents.update(id, { payment_method: "pm_card_visa" })),
      await refusal(stripe.setupIntents.confirm(id, { payment_method: "pm_card_visa" })),
      await refusal(stripe.setupIntents.cancel(id)),
    ];
    expect(refusals.map(({ message }) => message)).toEqual([
      "You cannot update this SetupIntent because it has already succeeded.",
      "You cannot confirm this SetupIntent because it has already succeeded.",
      "You cannot cancel this SetupIntent because it has a status of succeeded. Only a SetupIntent with one of the following statuses may be canceled: `requires_payment_method`, `requires_confirmation`, or `requires_action`.",
    ]);
    for (const error of refusals) {
      expect([error.statusCode, error.code]).toEqual([400, "setup_intent_unexpected_state"]);
      expect(raw(error).setup_intent).toMatchObject({ id, status: "succeeded" });
    }
  });

  it("says which method a refusal was about", async () => {
    const { stripe } = await connect();
    const error = await refusal(
      stripe.setupIntents.create({
        confirm: true,
        payment_method: "pm_card_chargeDeclinedExpiredCard",
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      }),
    );
    expect([error.statusCode, error.code, error.decline_code, error.param]).toEqual([
      402,
      "expired_card",
      "expired_card",
      "exp_month",
    ]);
    expect(raw(error).payment_method).toMatchObject({ object: "payment_method", card: { last4: "0069" } });
    expect(raw(error).setup_intent).toMatchObject({
      last_setup_error: { decline_code: "expired_card" },
      payment_method: null,
      status: "requires_payment_method",
    });
  });
});

describe("a decline", () => {
  it.each([
    ["pm_card_chargeDeclined", "card_declined", "generic_decline", undefined],
    ["pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds", undefined],
    ["pm_card_chargeDeclinedLostCard", "card_declined", "lost_card", undefined],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card", "exp_month"],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc", "cvc"],
    ["pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error", undefined],
  ])("of %s has a code and a decline code", async (card, code, decline_code, param) => {
    const { stripe } = await connect();
    const error = await refusal(paid(stripe, card));
    expect([error.statusCode, error.code, error.decline_code, error.param]).toEqual([
      402,
      code,
      decline_code,
      param,
    ]);
    expect(error.doc_url).toBe(`https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`);
  });

  it("carries what the network said, and leaves a charge that says it too", async () => {
    const { stripe } = await connect();
    const error = await refusal(paid(stripe, "pm_card_chargeDeclined"));
    expect(raw(error)).toMatchObject({ advice_code: "try_again_later", network_decline_code: "01" });
    const charge = await stripe.charges.retrieve(error.charge as string);
    expect(charge).toMatchObject({
      amount_captured: 0,
      failure_code: "card_declined",
      outcome: {
        advice_code: "try_again_later",
        network_decline_code: "01",
        network_status: "declined_by_network",
        reason: "generic_decline",
        type: "issuer_declined",
      },
      payment_method_details: { card: { amount_authorized: null } },
      status: "failed",
    });
  });
});

describe("a charge", () => {
  it("says what the card's network said", async () => {
    const { stripe } = await connect();
    const { latest_charge } = await paid(stripe);
    const { payment_method_details } = await stripe.charges.retrieve(latest_charge as string);
    expect(payment_method_details?.card).toMatchObject({
      amount_authorized: 1000,
      electronic_commerce_indicator: "07",
      extended_authorization: { status: "disabled" },
      incremental_authorization: { status: "unavailable" },
      multicapture: { status: "unavailable" },
      network: "visa",
      network_token: { used: false },
      overcapture: { maximum_amount_capturable: 1000, status: "unavailable" },
    });
    expect(payment_method_details?.card?.authorization_code).toMatch(/^\d{6}$/);
    expect(payment_method_details?.card?.network_transaction_id).toMatch(/^\d{15}$/);
  });
});

describe("an invoice's payment", () => {
  it("names the invoice as its order, and leaves the methods to it", async () => {
    const { stripe } = await connect();
    const { id: customer } = await payer(stripe);
    const invoice = await stripe.invoices.create({ customer });
    const id = invoice.id as string;
    await stripe.invoiceItems.create({ customer, invoice: id, amount: 700, currency: "usd" });
    await stripe.invoices.pay(id);
    const [intent] = (await stripe.paymentIntents.list({ customer })).data;
    expect(intent).toMatchObject({
      automatic_payment_methods: null,
      payment_details: { customer_reference: null, order_reference: id },
      status: "succeeded",
    });
  });

  it("that waits for 3-D Secure is no attempt yet, and one once it is made", async () => {
    const { stripe } = await connect();
    const { id: customer } = await payer(stripe, "pm_card_threeDSecure2Required");
    const price = await stripe.prices.create({
      currency: "usd",
      unit_amount: 900,
      recurring: { interval: "month" },
      product_data: { name: "Pro" },
    });
    const { id, latest_invoice, status } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
    });
    expect(status).toBe("incomplete");
    expect(await stripe.invoices.retrieve(latest_invoice as string)).toMatchObject({
      attempt_count: 0,
      attempted: true,
      next_payment_attempt: null,
      status: "open",
    });
    expect((await stripe.subscriptions.retrieve(id)).billing_mode).toMatchObject({
      type: "flexible",
      updated_at: expect.any(Number),
    });
  });
});

describe("an intent that names its types", () => {
  it.each(["payment", "setup"] as const)("leaves nothing to choose: %s", async (kind) => {
    const { stripe } = await connect();
    const make = (fields: { allowed_payment_method_types?: ["card"] }) =>
      kind === "payment"
        ? stripe.paymentIntents.create({ amount: 900, currency: "usd", ...fields })
        : stripe.setupIntents.create(fields);
    expect(await make({ allowed_payment_method_types: ["card"] })).toMatchObject({
      allowed_payment_method_types: ["card"],
      automatic_payment_methods: null,
      payment_method_types: ["card"],
    });
    expect(await make({})).toMatchObject({
      allowed_payment_method_types: null,
      automatic_payment_methods: { allow_redirects: "always", enabled: true },
    });
  });
});

describe("a customer that is not there", () => {
  it("is a 404, also where a body names it", async () => {
    const { stripe } = await connect();
    const error = await refusal(
      stripe.subscriptions.create({ customer: "cus_none", items: [{ price: "price_none" }] }),
    );
    expect([error.statusCode, error.code, error.param, error.message]).toEqual([
      404,
      "resource_missing",
      "customer",
      "No such customer: 'cus_none'",
    ]);
  });

  it("can still be billed by its subscription with nothing on the invoice", async () => {
    const { stripe } = await connect();
    const { id: customer } = await payer(stripe);
    const price = await stripe.prices.create({
      currency: "usd",
      unit_amount: 900,
      recurring: { interval: "month" },
      product_data: { name: "Pro" },
    });
    const { id: subscription } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
    });
    const draft = await stripe.invoices.create({ customer, subscription });
    expect(draft).toMatchObject({ amount_due: 0, billing_reason: "manual", status: "draft", total: 0 });
    expect(draft.lines.data).toEqual([]);
  });
});
