import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

const bill = { amount: 5000, currency: "usd", source: "tok_visa" } as const;

const told = ({ sandbox }: Connected, about = "charge") =>
  sandbox.events().flatMap(({ type }) => (type.startsWith(about) ? [type] : []));

const later = ({ sandbox }: Connected, days: number) =>
  sandbox.advance(new Date(sandbox.now().getTime() + days * 86_400_000));

describe("charges without an intent", () => {
  it("take the money of a token's card", async () => {
    const shop = await connect();
    const charge = await shop.stripe.charges.create({
      ...bill,
      description: "A book",
      metadata: { order: "1" },
      receipt_email: "ada@example.com",
      statement_descriptor_suffix: "Book",
    });
    expect(charge).toMatchObject({
      amount_captured: 5000,
      calculated_statement_descriptor: "SANDBOX* BOOK",
      captured: true,
      description: "A book",
      metadata: { order: "1" },
      paid: true,
      payment_intent: null,
      receipt_email: "ada@example.com",
      source: { object: "card", last4: "4242" },
      status: "succeeded",
    });
    expect(charge.balance_transaction).toMatch(/^txn_/);
    expect(told(shop)).toEqual(["charge.succeeded"]);
  });

  it("take a customer's default card, or the one that is named", async () => {
    const { stripe } = await connect();
    const { id: customer } = await stripe.customers.create();
    const none = await refusal(stripe.charges.create({ amount: 500, currency: "usd", customer }));
    expect([none.statusCode, none.code]).toEqual([402, "missing"]);
    const first = await stripe.customers.createSource(customer, { source: "tok_visa" });
    const second = await stripe.customers.createSource(customer, { source: "tok_mastercard" });
    const paidBy = async (source?: string) => {
      const params = { amount: 500, currency: "usd", customer, ...(source ? { source } : {}) };
      return ((await stripe.charges.create(params)).source as Stripe.Card).id;
    };
    expect([await paidBy(), await paidBy(second.id)]).toEqual([first.id, second.id]);
    expect((await refusal(stripe.charges.create({ ...bill, customer }))).code).toBe("missing");
  });

  it("leave a failed charge behind when the issuer refuses", async () => {
    const shop = await connect();
    const error = await refusal(shop.stripe.charges.create({ ...bill, source: "tok_chargeDeclined" }));
    expect([error.statusCode, error.code]).toEqual([402, "card_declined"]);
    const charge = await shop.stripe.charges.retrieve(String(error.charge));
    expect(charge).toMatchObject({ status: "failed", failure_code: "card_declined", paid: false });
    expect(told(shop)).toEqual(["charge.failed"]);
    const refund = shop.stripe.refunds.create({ charge: charge.id });
    expect((await refusal(refund)).code).toBe("charge_not_refundable");
  });

  it.each([
    [{ currency: "usd", source: "tok_visa" }, "parameter_missing", "amount"],
    [{ amount: 500, source: "tok_visa" }, "parameter_missing", "currency"],
    [{ amount: 500, currency: "usd" }, "parameter_missing", undefined],
    [{ amount: 49, currency: "usd", source: "tok_visa" }, "amount_too_small", "amount"],
    [{ amount: 500, currency: "usd", source: "tok_none" }, "resource_missing", "source"],
    [{ amount: 500, currency: "usd", customer: "cus_none" }, "resource_missing", "customer"],
  ])("%j is refused with %s for %s", async (params, code, param) => {
    const shop = await connect();
    const error = await refusal(shop.stripe.charges.create(params));
    expect([error.code, error.param]).toEqual([code, param]);
    expect(shop.sandbox.events()).toEqual([]);
  });

  it("are captured later, in part, and only once", async () => {
    const shop = await connect();
    const { stripe } = shop;
    const held = await stripe.charges.create({ ...bill, capture: false });
    expect([held.captured, held.balance_transaction]).toEqual([false, null]);
    const over = stripe.charges.capture(held.id, { amount: 5001 });
    expect((await refusal(over)).code).toBe("amount_too_large");
    const captured = await stripe.charges.capture(held.id, { amount: 3000 });
    expect([captured.captured, captured.amount_captured]).toEqual([true, 3000]);
    expect((await refusal(stripe.charges.capture(held.id))).code).toBe("charge_already_captured");
    expect(told(shop)).toEqual(["charge.succeeded", "charge.captured"]);
    expect((await stripe.refunds.create({ charge: held.id })).amount).toBe(3000);
  });

  it("release what nobody captures within seven days", async () => {
    const shop = await connect();
    const { id } = await shop.stripe.charges.create({ ...bill, capture: false });
    later(shop, 6.9);
    expect((await shop.stripe.charges.retrieve(id)).refunded).toBe(false);
    later(shop, 0.2);
    expect(await shop.stripe.charges.retrieve(id)).toMatchObject({ refunded: true, amount_refunded: 5000 });
    expect(told(shop)).toEqual(["charge.succeeded", "charge.refunded", "charge.expired"]);
    const [refund] = (await shop.stripe.refunds.list({ charge: id })).data;
    expect([refund?.reason, refund?.balance_transaction]).toEqual(["expired_uncaptured_charge", null]);
    expect((await refusal(shop.stripe.charges.capture(id))).code).toBe("charge_expired_for_capture");
  });

  it("are released by a refund of all that is held, and of no less", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.charges.create({ ...bill, capture: false });
    expect((await refusal(stripe.refunds.create({ charge: id, amount: 1 }))).message).toContain("partially");
    expect((await stripe.refunds.create({ charge: id })).amount).toBe(5000);
    expect((await stripe.balanceTransactions.list()).data).toEqual([]);
  });

  it("can be disputed", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.charges.create({ ...bill, source: "tok_createDispute" });
    expect((await stripe.disputes.list({ charge: id })).data).toHaveLength(1);
  });

  it("may be given a customer once", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.charges.create(bill);
    const [ada, bob] = [await stripe.customers.create(), await stripe.customers.create()];
    expect((await stripe.charges.update(id, { customer: ada.id })).customer).toBe(ada.id);
    expect((await refusal(stripe.charges.update(id, { customer: bob.id }))).param).toBe("customer");
  });
});
