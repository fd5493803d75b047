import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect } from "../../../test/connect.js";

const pay = async (stripe: Stripe, card = "pm_card_createIssuerFraudRecord") => {
  const intent = await stripe.paymentIntents.create({
    amount: 2000,
    currency: "usd",
    confirm: true,
    payment_method: card,
  });
  return { intent: intent.id, charge: intent.latest_charge as string };
};

describe("an early fraud warning", () => {
  it("follows a payment with Stripe's card for it, by its number and its tokens", async () => {
    const { sandbox, stripe } = await connect();
    const { intent, charge } = await pay(stripe);
    const { data } = await stripe.radar.earlyFraudWarnings.list({ charge });
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^issfr_1/),
        object: "radar.early_fraud_warning",
        actionable: true,
        charge,
        created: expect.any(Number),
        fraud_type: "misc",
        livemode: false,
        payment_intent: intent,
      },
    ]);
    const types = sandbox.events().map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("radar."))).toEqual(["radar.early_fraud_warning.created"]);
    for (const token of ["tok_createIssuerFraudRecord", "tok_visa_createIssuerFraudRecord"]) {
      const { card } = await stripe.paymentMethods.create({ type: "card", card: { token } });
      expect(card?.last4).toBe("5423");
    }
  });

  it("is read by its id and found by its payment, with its charge expanded", async () => {
    const { stripe } = await connect();
    const { intent, charge } = await pay(stripe);
    await pay(stripe);
    const { data } = await stripe.radar.earlyFraudWarnings.list({ payment_intent: intent });
    expect(data).toHaveLength(1);
    const read = await stripe.radar.earlyFraudWarnings.retrieve(data[0]?.id ?? "", { expand: ["charge"] });
    expect((read.charge as Stripe.Charge).id).toBe(charge);
    await expect(stripe.radar.earlyFraudWarnings.retrieve("issfr_nope")).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
    });
  });

  it.each(["part", "all"])("asks for nothing more once its charge is given back: %s", async (amount) => {
    const { sandbox, stripe } = await connect();
    const { charge } = await pay(stripe);
    await stripe.refunds.create({ charge, ...(amount === "part" ? { amount: 500 } : {}) });
    const [warning] = (await stripe.radar.earlyFraudWarnings.list()).data;
    expect(warning?.actionable).toBe(amount === "part");
    const last = sandbox.events().findLast(({ type }) => type === "radar.early_fraud_warning.updated");
    expect(last?.data.previous_attributes).toEqual(amount === "part" ? undefined : { actionable: true });
  });

  it("comes to any charge that a test names, and is over when the dispute is there", async () => {
    const { stripe } = await connect();
    const { charge } = await pay(stripe, "pm_card_visa");
    await stripe.rawRequest("POST", `/v1/sandbox/charges/${charge}/early_fraud_warning`);
    expect((await stripe.radar.earlyFraudWarnings.list({ charge })).data[0]?.actionable).toBe(true);
    await stripe.rawRequest("POST", `/v1/sandbox/charges/${charge}/dispute`, { kind: "dispute_fraudulent" });
    expect((await stripe.radar.earlyFraudWarnings.list({ charge })).data[0]?.actionable).toBe(false);
  });

  it("is heard by an endpoint that asks for it", async () => {
    const { sandbox, stripe } = await connect();
    await stripe.webhookEndpoints.create({
      url: "http://127.0.0.1:9/hook",
      enabled_events: ["radar.early_fraud_warning.created"],
    });
    await pay(stripe);
    expect(sandbox.deliveries().map(({ eventType }) => eventType)).toEqual([
      "radar.early_fraud_warning.created",
    ]);
  });
});
