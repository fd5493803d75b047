import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { hours, inProcess, pass } from "../../../test/in-process.js";

// Stripe's test accounts at US banks, their tokens and what each does:
// https://docs.stripe.com/payments/ach-direct-debit/set-up-payment#test-account-numbers
// A code of a failure is one that the SDK declares for an intent's last_payment_error; that of deposits which do not
// arrive, and its text: https://docs.stripe.com/error-codes#payment-method-microdeposit-failed

const debit = (
  stripe: Stripe,
  payment_method: string,
  fields: Partial<Stripe.PaymentIntentCreateParams> = {},
) =>
  stripe.paymentIntents.create({
    amount: 4500,
    currency: "usd",
    confirm: true,
    allowed_payment_method_types: ["us_bank_account"],
    payment_method,
    ...fields,
  });

const open = () => {
  const { sandbox, stripe } = inProcess();
  const told = () => sandbox.events().map(({ type }) => type);
  return { sandbox, stripe, told };
};

const charged = async (stripe: Stripe, intent: Stripe.PaymentIntent) =>
  stripe.charges.retrieve(intent.latest_charge as string);

describe("Stripe's test accounts", () => {
  it("are debited in a while, which is told", async () => {
    const { sandbox, stripe, told } = open();
    const { id, status, payment_method } = await debit(stripe, "pm_usBankAccount_success");
    expect(status).toBe("processing");
    expect(await stripe.paymentMethods.retrieve(payment_method as string)).toMatchObject({
      type: "us_bank_account",
      us_bank_account: { last4: "6789", routing_number: "110000000", bank_name: "STRIPE TEST BANK" },
    });
    pass(sandbox, hours(1));
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: "succeeded",
      amount_received: 4500,
    });
    expect(told()).toEqual(
      expect.arrayContaining(["payment_intent.processing", "charge.pending", "charge.succeeded"]),
    );
  });

  it.each([
    ["accountClosed", "000111111113", "account_closed"],
    ["noAccount", "000111111116", "no_account"],
    ["insufficientFunds", "000222222227", "insufficient_funds"],
    ["debitNotAuthorized", "000333333335", "debit_not_authorized"],
    ["invalidCurrency", "000444444440", "payment_method_currency_mismatch"],
    ["weeklyLimitExceeded", "000777777771", "charge_exceeds_source_limit"],
  ])("pm_usBankAccount_%s (%s) fails in a while: %s", async (name, number, code) => {
    const { sandbox, stripe } = open();
    const typed = await stripe.paymentMethods.create({
      type: "us_bank_account",
      billing_details: { name: "Ada" },
      us_bank_account: {
        account_holder_type: "individual",
        account_number: number,
        routing_number: "110000000",
      },
    });
    for (const method of [`pm_usBankAccount_${name}`, typed.id]) {
      const { id, status } = await debit(stripe, method);
      expect(status).toBe("processing");
      pass(sandbox, hours(1));
      const failed = await stripe.paymentIntents.retrieve(id);
      expect(failed).toMatchObject({ status: "requires_payment_method", last_payment_error: { code } });
      expect(await charged(stripe, failed)).toMatchObject({
        status: "failed",
        paid: false,
        failure_code: code,
      });
    }
  });

  it("may be blocked by Radar, before their bank hears of it", async () => {
    const { sandbox, stripe } = open();
    const { statusCode, rawType, payment_intent } = await refusal(
      debit(stripe, "pm_usBankAccount_riskLevelHighest"),
    );
    expect({ statusCode, rawType }).toEqual({ statusCode: 402, rawType: "card_error" });
    expect(payment_intent?.status).toBe("requires_payment_method");
    const blocked = await stripe.charges.retrieve(payment_intent?.latest_charge as string);
    expect(blocked).toMatchObject({
      status: "failed",
      outcome: { type: "blocked", network_status: "not_sent_to_network", risk_level: "highest" },
      payment_method_details: { type: "us_bank_account", us_bank_account: { last4: "4954" } },
    });
    pass(sandbox, hours(1));
    expect((await stripe.paymentIntents.retrieve(payment_intent?.id ?? "")).status).toBe(
      "requires_payment_method",
    );
  });

  it("may contest what was taken", async () => {
    const { sandbox, stripe, told } = open();
    const intent = await debit(stripe, "pm_usBankAccount_dispute");
    pass(sandbox, hours(1));
    expect(await charged(stripe, intent)).toMatchObject({ paid: true, disputed: true });
    expect(told()).toContain("charge.dispute.created");
  });

  it("may stay on their way, until the payment is called off", async () => {
    const { sandbox, stripe } = open();
    const { id } = await debit(stripe, "pm_usBankAccount_processing");
    pass(sandbox, hours(24 * 30));
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe("processing");
    expect((await stripe.paymentIntents.cancel(id)).status).toBe("canceled");
    const other = await debit(stripe, "pm_usBankAccount_success");
    expect((await refusal(stripe.paymentIntents.cancel(other.id))).code).toBe(
      "payment_intent_unexpected_state",
    );
  });

  it("may not take small deposits", async () => {
    const { sandbox, stripe, told } = open();
    const payment_method_options = { us_bank_account: { verification_method: "microdeposits" as const } };
    const payment_method = "pm_usBankAccount_failMicrodeposits";
    const payment = await debit(stripe, payment_method, { payment_method_options });
    const setup = await stripe.setupIntents.create({
      confirm: true,
      allowed_payment_method_types: ["us_bank_account"],
      payment_method,
      payment_method_options,
    });
    expect([payment.status, setup.status]).toEqual(["requires_action", "requires_action"]);
    pass(sandbox, hours(48));
    const error = { code: "payment_method_microdeposit_failed" };
    expect(await stripe.paymentIntents.retrieve(payment.id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: error,
    });
    expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({
      status: "requires_payment_method",
      last_setup_error: error,
    });
    expect(told()).toEqual(
      expect.arrayContaining(["payment_intent.payment_failed", "setup_intent.setup_failed"]),
    );
  });

  it("pay a subscription, which counts until its first debit fails", async () => {
    const { sandbox, stripe } = open();
    const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });
    const method = await stripe.paymentMethods.attach("pm_usBankAccount_noAccount", { customer });
    const price = await stripe.prices.create({
      currency: "usd",
      unit_amount: 900,
      recurring: { interval: "month" },
      product_data: { name: "Pro" },
    });
    const { id, status } = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      default_payment_method: method.id,
    });
    expect(status).toBe("active");
    pass(sandbox, hours(1));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
  });

  it("are the only ones there are: any other number is refused, and so is an unknown token", async () => {
    const { stripe } = open();
    const typed = stripe.paymentMethods.create({
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: "individual",
        account_number: "123456789",
        routing_number: "110000000",
      },
    });
    expect((await refusal(typed)).code).toBe("account_number_invalid");
    expect((await refusal(debit(stripe, "pm_usBankAccount_nobody"))).code).toBe("resource_missing");
  });
});
