import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, refusal } from "../../../test/connect.js";

const pay = (stripe: Stripe, payment_method: string) =>
  stripe.paymentIntents.create({ amount: 5000, currency: "usd", confirm: true, payment_method });

const disputed = async (card: string) => {
  const { sandbox, stripe } = await connect();
  const intent = await pay(stripe, card);
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  if (!dispute) throw new Error("The card opened no dispute.");
  const told = () => sandbox.events().flatMap(({ type }) => (type.includes("dispute") ? [type] : []));
  return { sandbox, stripe, dispute, intent, told };
};

describe("disputes", () => {
  it.each([
    ["pm_card_createDispute", "fraudulent", "needs_response"],
    ["pm_card_createDisputeProductNotReceived", "product_not_received", "needs_response"],
    ["pm_card_createDisputeInquiry", "fraudulent", "warning_needs_response"],
  ])("%s pays and is then disputed as %s", async (card, reason, status) => {
    const { stripe, dispute, intent } = await disputed(card);
    expect(dispute).toMatchObject({ amount: 5000, currency: "usd", reason, status });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge));
    expect([intent.status, charge.disputed, charge.paid]).toEqual(["succeeded", true, true]);
  });

  it("takes the money when it opens, but not for an inquiry", async () => {
    expect((await disputed("pm_card_createDispute")).told()).toEqual([
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
    ]);
    expect((await disputed("pm_card_createDisputeInquiry")).told()).toEqual(["charge.dispute.created"]);
  });

  it.each([
    ["winning_evidence", "won", ["charge.dispute.funds_reinstated", "charge.dispute.closed"]],
    ["losing_evidence", "lost", ["charge.dispute.closed"]],
  ])("%s ends it as %s", async (uncategorized_text, status, events) => {
    const { sandbox, stripe, dispute, told } = await disputed("pm_card_createDispute");
    await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text } });
    sandbox.advance(new Date(sandbox.now().getTime() + 10_000));
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe(status);
    expect(told().slice(2)).toEqual(["charge.dispute.updated", ...events]);
  });

  it("keeps evidence as a draft until it is handed in", async () => {
    const { stripe, dispute } = await disputed("pm_card_createDispute");
    const evidence = { uncategorized_text: "They used it.", customer_name: "Ada" };
    const draft = await stripe.disputes.update(dispute.id, { evidence, submit: false });
    expect([draft.status, draft.evidence_details.has_evidence, draft.evidence.customer_name]).toEqual([
      "needs_response",
      true,
      "Ada",
    ]);
    const sent = await stripe.disputes.update(dispute.id, { submit: true });
    expect([sent.status, sent.evidence_details.submission_count]).toEqual(["under_review", 1]);
  });

  it("is lost when it is accepted, and can no longer be answered", async () => {
    const { stripe, dispute } = await disputed("pm_card_createDispute");
    expect((await stripe.disputes.close(dispute.id)).status).toBe("lost");
    expect((await refusal(stripe.disputes.close(dispute.id))).statusCode).toBe(400);
    const late = stripe.disputes.update(dispute.id, { evidence: { customer_name: "Ada" } });
    expect((await refusal(late)).message).toContain("already closed");
  });
});

it("announces a dispute at the time of the customer's clock", async () => {
  const { sandbox, stripe } = await connect();
  const frozen_time = Math.floor(sandbox.now().getTime() / 1000) + 90 * 86_400;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time });
  const { id: customer } = await stripe.customers.create({ test_clock: clock.id });
  await stripe.paymentIntents.create({
    amount: 5000,
    currency: "usd",
    customer,
    confirm: true,
    payment_method: "pm_card_createDispute",
  });
  const [dispute] = (await stripe.disputes.list()).data;
  await stripe.disputes.close(dispute?.id ?? "");
  const closed = sandbox.events().find(({ type }) => type === "charge.dispute.closed");
  expect(closed?.created).toBe(frozen_time);
});

describe("test cards", () => {
  it.each([
    ["pm_card_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded"],
    ["pm_card_radarBlock", "card_declined", "fraudulent"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
  ])("%s is declined as %s %s", async (card, code, decline) => {
    const { stripe } = await connect();
    const error = await refusal(pay(stripe, card));
    expect([error.code, error.decline_code]).toEqual([code, decline]);
  });

  it("shows the card's country, brand, kind and risk", async () => {
    const { stripe } = await connect();
    const cardOf = async (name: string) => (await stripe.paymentMethods.attach(name, await owner())).card;
    const owner = async () => ({ customer: (await stripe.customers.create()).id });
    expect(await cardOf("pm_card_de")).toMatchObject({ country: "DE", brand: "visa" });
    expect(await cardOf("pm_card_mastercard_prepaid")).toMatchObject({ funding: "prepaid" });
    expect((await cardOf("pm_card_avsZipFail"))?.checks?.address_postal_code_check).toBe("fail");
    const { latest_charge } = await pay(stripe, "pm_card_riskLevelHighest");
    const charge = await stripe.charges.retrieve(String(latest_charge));
    expect(charge.outcome?.risk_level).toBe("highest");
  });

  it("asks its holder and is declined all the same, if it is such a card", async () => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds");
    expect(intent.status).toBe("requires_action");
    await sandbox.fetch(
      new Request(`${sandbox.url}/v1/sandbox/intents/${intent.id}/authenticate`, {
        method: "POST",
        headers: { authorization: `Bearer ${sandbox.secretKey}` },
        body: new URLSearchParams({ outcome: "succeed" }),
      }),
    );
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect([after.status, after.last_payment_error?.decline_code]).toEqual([
      "requires_payment_method",
      "insufficient_funds",
    ]);
  });
});

describe("cards of the old kind", () => {
  it("are added by a token, shown as sources, and become the default", async () => {
    const { sandbox, stripe } = await connect();
    const { id } = await stripe.customers.create();
    const source = await stripe.customers.createSource(id, { source: "tok_visa" });
    expect(source).toMatchObject({ object: "card", last4: "4242", customer: id });
    expect((await stripe.customers.retrieve(id)) as Stripe.Customer).toMatchObject({
      default_source: source.id,
    });
    await stripe.customers.updateSource(id, source.id, { metadata: { foo: "bar" } });
    expect((await stripe.customers.listSources(id)).data).toHaveLength(1);
    await stripe.customers.deleteSource(id, source.id);
    expect((await stripe.customers.listSources(id)).data).toHaveLength(0);
    expect(sandbox.events().flatMap(({ type }) => (type.includes("source") ? [type] : []))).toEqual([
      "customer.source.created",
      "customer.source.updated",
      "customer.source.deleted",
    ]);
  });

  it("keeps nothing of a card that its issuer refuses", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.customers.create();
    const error = await refusal(stripe.customers.createSource(id, { source: "tok_chargeDeclined" }));
    expect([error.statusCode, error.code]).toEqual([402, "card_declined"]);
    expect((await stripe.paymentMethods.list({ customer: id })).data).toEqual([]);
  });
});
