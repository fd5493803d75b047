import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const at = (year: number, month: number) => new Date(Date.UTC(year, month - 1, 15, 12));
const clock = () => at(2026, 9);

describe("a card that a test token stands for", () => {
  it.each(["tok_visa", "tok_mastercard", "tok_visa_chargeDeclined", "tok_visa_createDispute"])(
    "is good until this month of next year: %s",
    async (token) => {
      const { stripe } = await connect({ clock });
      const { card } = await stripe.paymentMethods.create({ type: "card", card: { token } });
      expect(card).toMatchObject({ exp_month: 9, exp_year: 2027, checks: { cvc_check: "unchecked" } });
    },
  );

  it("has the date also where a token is named in the place of a payment method or a source", async () => {
    const { stripe } = await connect({ clock });
    const customer = await stripe.customers.create({ source: "tok_visa" });
    const source = await stripe.customers.createSource(customer.id, { source: "tok_amex" });
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    expect(source).toMatchObject({ exp_month: 9, exp_year: 2027 });
    expect(method.card).toMatchObject({ exp_month: 9, exp_year: 2027 });
  });

  it.each([
    ["tok_visa_createDispute", "0259"],
    ["tok_visa_createDisputeInquiry", "1976"],
    ["tok_visa_createDisputeProductNotReceived", "2685"],
    ["tok_visa_chargeCustomerFail", "0341"],
    ["tok_chargeDeclinedExpiredCard", "0069"],
    ["tok_visa_chargeDeclinedExpiredCard", "0069"],
    ["tok_visa_refundFail", "5126"],
    ["tok_threeDSecure2Required", "3220"],
  ])("may be named with its brand and without: %s", async (token, last4) => {
    const { stripe } = await connect();
    const { card } = await stripe.paymentMethods.create({ type: "card", card: { token } });
    expect([card?.brand, card?.last4]).toEqual(["visa", last4]);
  });

  it("is refused under a name that nobody gave it", async () => {
    const { stripe } = await connect();
    for (const token of ["tok_visa_mastercard", "tok_mastercard_createDispute"]) {
      const error = await refusal(stripe.paymentMethods.create({ type: "card", card: { token } }));
      expect(error.message).toBe(`No such token: '${token}'`);
    }
  });

  it("pays beyond its date until somebody gives it one", async () => {
    const { stripe, sandbox } = await connect({ clock });
    const [{ id: customer, invoice_settings }, price] = [
      await payer(stripe),
      await recurringPrice(stripe, 900, "year"),
    ];
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    sandbox.advance(at(2028, 10));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    const method = invoice_settings.default_payment_method as string;
    await stripe.paymentMethods.update(method, { card: { exp_month: 1, exp_year: 2029 } });
    sandbox.advance(at(2029, 10));
    expect((await stripe.subscriptions.retrieve(id)).status).not.toBe("active");
  });
});

describe("the code of a card", () => {
  const card = { number: "4242424242424242", exp_month: 12, exp_year: 2040 };

  it("is checked when the issuer is first asked, and not before", async () => {
    const { stripe } = await connect({ settings: { rawCardData: true } });
    const { id } = await stripe.paymentMethods.create({ type: "card", card: { ...card, cvc: "123" } });
    const check = async () => (await stripe.paymentMethods.retrieve(id)).card?.checks?.cvc_check;
    expect(await check()).toBe("unchecked");
    await stripe.paymentIntents.create({ amount: 500, currency: "usd", payment_method: id });
    expect(await check()).toBe("unchecked");
    await stripe.paymentIntents.create({ amount: 500, currency: "usd", payment_method: id, confirm: true });
    expect(await check()).toBe("pass");
  });

  it.each([
    ["attached", "tok_visa", "pass"],
    ["set up", "tok_visa", "pass"],
    ["charged", "tok_visa_chargeDeclined", "pass"],
    ["charged", "tok_cvcCheckFail", "fail"],
  ] as const)("that was %s with %s has the answer %s", async (way, token, answer) => {
    const { stripe } = await connect({ settings: { rawCardData: true } });
    const { id } = await stripe.paymentMethods.create({ type: "card", card: { token } });
    const customer = (await stripe.customers.create({})).id;
    if (way === "attached") await stripe.paymentMethods.attach(id, { customer });
    if (way === "set up") await stripe.setupIntents.create({ payment_method: id, customer, confirm: true });
    if (way === "charged")
      await stripe.paymentIntents
        .create({ amount: 500, currency: "usd", payment_method: id, confirm: true })
        .catch(() => undefined);
    expect((await stripe.paymentMethods.retrieve(id)).card?.checks?.cvc_check).toBe(answer);
  });

  it("is not checked where none was given", async () => {
    const { stripe } = await connect({ settings: { rawCardData: true } });
    const { id } = await stripe.paymentMethods.create({ type: "card", card });
    const { latest_charge } = await stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      payment_method: id,
      confirm: true,
      expand: ["latest_charge"],
    });
    const { payment_method_details } = latest_charge as Stripe.Charge;
    expect(payment_method_details?.card?.checks?.cvc_check).toBeNull();
  });
});
