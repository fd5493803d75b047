import type Stripe from "stripe";
import { expect, test } from "vitest";
import { connect, refusal } from "../../../test/connect.js";

const card = (number: string) => ({
  type: "card",
  card: { number, exp_month: 12, exp_year: 2040, cvc: "123" },
});

type NewToken = NonNullable<Parameters<Stripe["testHelpers"]["confirmationTokens"]["create"]>[0]>;

/** What Stripe.js does in the page: only it may send a card's number. */
const tokenOf = (stripe: Stripe, number: string, more: NewToken = {}): Promise<Stripe.ConfirmationToken> =>
  stripe.testHelpers.confirmationTokens.create({
    ...more,
    payment_method_data: card(number) as NonNullable<NewToken["payment_method_data"]>,
  });

test("keeps what was typed until a payment is confirmed with it, and then no longer", async () => {
  const { stripe } = await connect({ settings: { rawCardData: true } });
  const token = await tokenOf(stripe, "4242424242424242", {
    return_url: "https://app.test/done",
    setup_future_usage: "off_session",
  });
  expect(token.payment_method_preview).toMatchObject({
    type: "card",
    card: { last4: "4242", brand: "visa" },
  });
  const customer = await stripe.customers.create();
  const intent = await stripe.paymentIntents.create({
    amount: 2900,
    currency: "usd",
    customer: customer.id,
    confirm: true,
    confirmation_token: token.id,
  });
  expect(intent).toMatchObject({ status: "succeeded", setup_future_usage: "off_session" });
  const saved = await stripe.customers.listPaymentMethods(customer.id);
  expect(saved.data.map((method) => method.card?.last4)).toEqual(["4242"]);
  expect(await stripe.confirmationTokens.retrieve(token.id)).toMatchObject({
    payment_intent: intent.id,
    expires_at: null,
  });
  const again = stripe.paymentIntents.create({
    amount: 100,
    currency: "usd",
    confirm: true,
    confirmation_token: token.id,
  });
  expect((await refusal(again)).message).toMatch(/already been used/);
});

test("confirms a payment and a setup that existed before", async () => {
  const { stripe } = await connect({ settings: { rawCardData: true } });
  const intent = await stripe.paymentIntents.create({ amount: 2900, currency: "usd" });
  const paid = await stripe.paymentIntents.confirm(intent.id, {
    confirmation_token: (await tokenOf(stripe, "4242424242424242")).id,
  });
  expect(paid.status).toBe("succeeded");
  const setup = await stripe.setupIntents.create({});
  const token = await tokenOf(stripe, "4242424242424242");
  const kept = await stripe.setupIntents.confirm(setup.id, { confirmation_token: token.id });
  expect(kept.status).toBe("succeeded");
  expect((await stripe.confirmationTokens.retrieve(token.id)).setup_intent).toBe(setup.id);
});

test("leads to the bank's step in the page, and is used up by a refusal too", async () => {
  const { stripe } = await connect({ settings: { rawCardData: true } });
  const strict = await stripe.paymentIntents.create({
    amount: 2900,
    currency: "usd",
    confirm: true,
    return_url: "https://app.test/done",
    use_stripe_sdk: true,
    confirmation_token: (await tokenOf(stripe, "4000002500003155")).id,
  });
  expect(strict).toMatchObject({ status: "requires_action", next_action: { type: "use_stripe_sdk" } });
  const token = await tokenOf(stripe, "4000000000000002");
  const intent = await stripe.paymentIntents.create({ amount: 2900, currency: "usd" });
  const declined = await refusal(stripe.paymentIntents.confirm(intent.id, { confirmation_token: token.id }));
  expect(declined.code).toBe("card_declined");
  expect((await stripe.confirmationTokens.retrieve(token.id)).payment_intent).toBe(intent.id);
});

test("refuses a token along with a payment method, without a confirmation, and after twelve hours", async () => {
  const { sandbox, stripe } = await connect({ settings: { rawCardData: true } });
  const token = await tokenOf(stripe, "4242424242424242");
  const both = { payment_method: "pm_card_visa", confirmation_token: token.id };
  const intent = await stripe.paymentIntents.create({ amount: 2900, currency: "usd" });
  expect((await refusal(stripe.paymentIntents.confirm(intent.id, both))).param).toBe("confirmation_token");
  const unconfirmed = { amount: 2900, currency: "usd", confirmation_token: token.id };
  expect((await refusal(stripe.paymentIntents.create(unconfirmed))).param).toBe("confirmation_token");
  await sandbox.advance(new Date(sandbox.now().getTime() + 13 * 3_600_000));
  const late = stripe.paymentIntents.confirm(intent.id, { confirmation_token: token.id });
  expect((await refusal(late)).message).toMatch(/expired/);
});
