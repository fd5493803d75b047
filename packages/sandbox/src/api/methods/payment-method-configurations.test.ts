import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { inProcess } from "../../../test/in-process.js";

// What a configuration is and does: the declarations of stripe 23.1.0 (PaymentMethodConfigurations.d.ts), and the
// example at https://docs.stripe.com/api/payment_method_configurations/object. That sessions and intents name the
// one they used, with a null parent: bodies that public code and its tests recorded in 2024 to 2026.

const off = { display_preference: { preference: "off" } } as const;
const on = { display_preference: { preference: "on" } } as const;

const own = async (stripe: Stripe): Promise<Stripe.PaymentMethodConfiguration> => {
  const { data } = await stripe.paymentMethodConfigurations.list();
  const found = data.find(({ is_default }) => is_default);
  if (!found) throw new Error("The account has no configuration.");
  return found;
};

const sell = (stripe: Stripe, fields: Stripe.Checkout.SessionCreateParams = {}) =>
  stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      { price_data: { currency: "usd", unit_amount: 900, product_data: { name: "Cap" } }, quantity: 1 },
    ],
    success_url: "https://app.test/done",
    ...fields,
  });

describe("payment method configurations", () => {
  it("the account has one, which offers what the sandbox plays", async () => {
    const { stripe } = inProcess();
    const row = { display_preference: { overridable: null, preference: "on", value: "on" } };
    const known = await own(stripe);
    expect(known).toMatchObject({
      object: "payment_method_configuration",
      active: true,
      application: null,
      name: "Default",
      parent: null,
      card: { available: true, ...row },
      us_bank_account: { available: true, ...row },
      klarna: { available: false, display_preference: { preference: "off", value: "off" } },
    });
    expect(await stripe.paymentMethodConfigurations.retrieve(known.id)).toEqual(known);
    expect((await stripe.paymentMethodConfigurations.list()).data).toHaveLength(1);
  });

  it("are made and changed; what is on is available only where the account can take it", async () => {
    const { stripe } = inProcess();
    const made = await stripe.paymentMethodConfigurations.create({
      name: "Cards",
      us_bank_account: off,
      klarna: on,
    });
    expect(made).toMatchObject({
      is_default: false,
      name: "Cards",
      us_bank_account: { available: false, display_preference: { preference: "off", value: "off" } },
      klarna: { available: false, display_preference: { preference: "on", value: "on" } },
      card: { available: true, display_preference: { preference: "none", value: "on" } },
    });
    const renamed = await stripe.paymentMethodConfigurations.update(made.id, { name: "Old", active: false });
    expect(renamed).toMatchObject({ active: false, name: "Old", us_bank_account: made.us_bank_account });
    const ids = async (active: boolean) =>
      (await stripe.paymentMethodConfigurations.list({ active })).data.map(({ id }) => id);
    expect([await ids(true), await ids(false)]).toEqual([[(await own(stripe)).id], [made.id]]);
  });

  it("a child has its parent's setting where it has none of its own", async () => {
    const { stripe } = inProcess();
    const parent = await stripe.paymentMethodConfigurations.create({ us_bank_account: off });
    const child = await stripe.paymentMethodConfigurations.create({ parent: parent.id, sepa_debit: off });
    expect(child).toMatchObject({
      parent: parent.id,
      us_bank_account: {
        available: false,
        display_preference: { overridable: true, preference: "none", value: "off" },
      },
    });
    await stripe.paymentMethodConfigurations.update(parent.id, { us_bank_account: on, sepa_debit: on });
    expect(await stripe.paymentMethodConfigurations.retrieve(child.id)).toMatchObject({
      us_bank_account: { available: true, display_preference: { preference: "none", value: "on" } },
      sepa_debit: { available: false, display_preference: { preference: "off", value: "off" } },
    });
  });

  it("sessions and intents name the one they used", async () => {
    const { stripe } = inProcess();
    const { id } = await own(stripe);
    const details = { id, parent: null };
    const base = await stripe.paymentMethodConfigurations.create({ us_bank_account: off });
    const child = await stripe.paymentMethodConfigurations.create({ parent: base.id });
    const given = { payment_method_configuration: child.id };
    const payment = { amount: 900, currency: "usd" };
    expect([
      (await sell(stripe)).payment_method_configuration_details,
      (await stripe.paymentIntents.create(payment)).payment_method_configuration_details,
      (await stripe.setupIntents.create()).payment_method_configuration_details,
    ]).toEqual([details, details, details]);
    const used = { id: child.id, parent: base.id };
    expect([
      await sell(stripe, given),
      await stripe.paymentIntents.create({ ...payment, ...given }),
      await stripe.setupIntents.create(given),
    ]).toMatchObject([
      { payment_method_configuration_details: used, payment_method_types: ["card"] },
      { payment_method_configuration_details: used, payment_method_types: ["card"] },
      { payment_method_configuration_details: used, payment_method_types: ["card", "sepa_debit"] },
    ]);
  });

  it("sessions and intents name none where the request names the types, or an invoice is paid", async () => {
    const { stripe } = inProcess();
    const allowed_payment_method_types: Array<"card"> = ["card"];
    const session = await sell(stripe, { allowed_payment_method_types });
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      allowed_payment_method_types,
    });
    expect([session, intent].map((one) => one.payment_method_configuration_details)).toEqual([null, null]);
  });

  it("the account's own decides for whoever names none", async () => {
    const { stripe } = inProcess();
    await stripe.paymentMethodConfigurations.update((await own(stripe)).id, { us_bank_account: off });
    expect((await sell(stripe)).payment_method_types).toEqual(["card"]);
    await stripe.paymentMethodConfigurations.update((await own(stripe)).id, {
      us_bank_account: on,
      card: off,
    });
    expect((await sell(stripe)).payment_method_types).toEqual(["us_bank_account"]);
  });

  it("refuse what offers nothing, what does not exist, and an account without one", async () => {
    const { stripe } = inProcess();
    const none = await stripe.paymentMethodConfigurations.create({ card: off, us_bank_account: off });
    const given = { payment_method_configuration: none.id };
    expect((await refusal(sell(stripe, given))).message).toMatch(
      /^No valid payment method types for this Checkout Session\. Please ensure that you have activated/,
    );
    expect(
      (await refusal(stripe.paymentIntents.create({ amount: 900, currency: "usd", ...given }))).message,
    ).toMatch(/^No valid payment method types for this Payment Intent\./);
    expect(await refusal(sell(stripe, { payment_method_configuration: "pmc_x" }))).toMatchObject({
      statusCode: 400,
      code: "resource_missing",
      param: "payment_method_configuration",
    });
    expect(await refusal(stripe.paymentMethodConfigurations.retrieve("pmc_x"))).toMatchObject({
      statusCode: 404,
    });
    const { id } = await own(stripe);
    expect((await refusal(stripe.paymentMethodConfigurations.update(id, { active: false }))).param).toBe(
      "active",
    );
  });
});
