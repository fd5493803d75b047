import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

const order = { amount: 5000, currency: "usd", confirm: true, payment_method: "pm_card_visa" } as const;

const hold = (stripe: Stripe, payment_method = "pm_card_visa") =>
  stripe.paymentIntents.create({ ...order, payment_method, capture_method: "manual" });

const later = ({ sandbox }: Connected, days: number) =>
  sandbox.advance(new Date(sandbox.now().getTime() + days * 86_400_000));

const told = ({ sandbox }: Connected, from = 0) =>
  sandbox
    .events()
    .map(({ type }) => type)
    .slice(from);

describe("money on hold", () => {
  it("is released after seven days", async () => {
    const shop = await connect();
    const { id, latest_charge } = await hold(shop.stripe);
    const charge = await shop.stripe.charges.retrieve(String(latest_charge));
    expect(charge.payment_method_details?.card?.capture_before).toBe(charge.created + 7 * 86_400);
    later(shop, 6.9);
    expect((await shop.stripe.paymentIntents.retrieve(id)).status).toBe("requires_capture");
    later(shop, 0.2);
    const intent = await shop.stripe.paymentIntents.retrieve(id);
    expect([intent.status, intent.cancellation_reason, intent.amount_capturable]).toEqual([
      "canceled",
      "automatic",
      0,
    ]);
    expect(told(shop, 3)).toEqual([
      "refund.created",
      "charge.refunded",
      "charge.expired",
      "payment_intent.canceled",
    ]);
  });

  it("is released when the payment is cancelled", async () => {
    const shop = await connect();
    const { id, latest_charge } = await hold(shop.stripe);
    const canceled = await shop.stripe.paymentIntents.cancel(id, { cancellation_reason: "abandoned" });
    expect([canceled.status, canceled.cancellation_reason]).toEqual(["canceled", "abandoned"]);
    expect((await shop.stripe.charges.retrieve(String(latest_charge))).refunded).toBe(true);
    expect(told(shop, 3)).toEqual(["refund.created", "charge.refunded", "payment_intent.canceled"]);
    expect((await shop.stripe.balanceTransactions.list()).data).toEqual([]);
  });

  it("is taken in parts when a capture is not the final one", async () => {
    const shop = await connect();
    const { id } = await hold(shop.stripe);
    const part = { amount_to_capture: 1000, final_capture: false };
    const first = await shop.stripe.paymentIntents.capture(id, part);
    expect([first.status, first.amount_received, first.amount_capturable]).toEqual([
      "requires_capture",
      1000,
      4000,
    ]);
    const last = await shop.stripe.paymentIntents.capture(id, { amount_to_capture: 2000 });
    expect([last.status, last.amount_received, last.amount_capturable]).toEqual(["succeeded", 3000, 0]);
    const moves = (await shop.stripe.balanceTransactions.list()).data.map(({ amount }) => amount);
    expect(moves).toEqual([2000, 1000]);
  });

  it("that was taken in part stays paid when the rest is given up", async () => {
    const shop = await connect();
    const { id } = await hold(shop.stripe);
    await shop.stripe.paymentIntents.capture(id, { amount_to_capture: 1000, final_capture: false });
    later(shop, 8);
    const { status, amount_received } = await shop.stripe.paymentIntents.retrieve(id);
    expect([status, amount_received]).toEqual(["succeeded", 1000]);
    expect((await shop.stripe.refunds.create({ payment_intent: id })).amount).toBe(1000);
  });

  it("can't be taken twice, nor refunded before it is taken", async () => {
    const { stripe } = await connect();
    const { id, latest_charge } = await hold(stripe);
    const early = await refusal(stripe.refunds.create({ charge: String(latest_charge) }));
    expect(early.message).toContain("You must cancel the PaymentIntent");
    await stripe.paymentIntents.capture(id);
    expect((await refusal(stripe.paymentIntents.capture(id))).code).toBe("payment_intent_unexpected_state");
  });

  it("can be disputed once it has been taken, not before", async () => {
    const { stripe } = await connect();
    const { id } = await hold(stripe, "pm_card_createDispute");
    const disputes = async () => (await stripe.disputes.list({ payment_intent: id })).data.length;
    expect(await disputes()).toBe(0);
    await stripe.paymentIntents.capture(id);
    expect(await disputes()).toBe(1);
  });
});

describe("the least that can be charged", () => {
  it.each([
    ["usd", 49, "Amount must be at least $0.50 usd"],
    ["gbp", 29, "Amount must be at least £0.30 gbp"],
    ["jpy", 49, "Amount must be at least ¥50 jpy"],
    ["huf", 17_499, "Amount must be at least 175.00 huf"],
  ])("in %s is more than %i", async (currency, amount, message) => {
    const { stripe } = await connect();
    const error = await refusal(stripe.charges.create({ amount, currency, source: "tok_visa" }));
    expect([error.code, error.param, error.message]).toEqual(["amount_too_small", "amount", message]);
    const intent = await stripe.paymentIntents.create({ amount: amount + 1, currency });
    const less = refusal(stripe.paymentIntents.update(intent.id, { amount }));
    expect((await less).code).toBe("amount_too_small");
  });
});

describe("confirming a payment", () => {
  it("fails where it would ask, when the request wants no question", async () => {
    const shop = await connect();
    const payment_method = "pm_card_authenticationRequired";
    const error = await refusal(
      shop.stripe.paymentIntents.create({ ...order, payment_method, error_on_requires_action: true }),
    );
    expect([error.statusCode, error.code]).toEqual([402, "authentication_required"]);
    expect(error.payment_intent?.status).toBe("requires_payment_method");
    expect(told(shop)).not.toContain("payment_intent.requires_action");
  });

  it.each(["off_session", "error_on_requires_action"] as const)("is what %s is about", async (param) => {
    const { stripe } = await connect();
    const error = await refusal(
      stripe.paymentIntents.create({ amount: 500, currency: "usd", [param]: true }),
    );
    expect(error.param).toBe(param);
  });

  it.each([
    [{ statement_descriptor: "Book shop" }, "statement_descriptor"],
    [{ statement_descriptor_suffix: "a text that is too long for banks" }, "statement_descriptor_suffix"],
    [{ statement_descriptor_suffix: "12345" }, "statement_descriptor_suffix"],
    [{ statement_descriptor_suffix: "a*b" }, "statement_descriptor_suffix"],
  ])("with %j by card is refused", async (params, param) => {
    const shop = await connect();
    expect((await refusal(shop.stripe.paymentIntents.create({ ...order, ...params }))).param).toBe(param);
    expect(shop.sandbox.events()).toEqual([]);
  });

  it("gives the charge what the customer reads, and where goods and receipt go", async () => {
    const { stripe } = await connect();
    const shipping = { name: "Ada", address: { line1: "1 High Street", country: "GB" } };
    const { latest_charge } = await stripe.paymentIntents.create({
      ...order,
      receipt_email: "ada@example.com",
      shipping,
      statement_descriptor_suffix: "Books",
    });
    expect(await stripe.charges.retrieve(String(latest_charge))).toMatchObject({
      calculated_statement_descriptor: "SANDBOX* BOOKS",
      receipt_email: "ada@example.com",
      shipping,
    });
  });
});
