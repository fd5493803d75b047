import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect } from "../../../test/connect.js";

/** 20 September 2026, a little after four in the afternoon. */
const clock = () => new Date(Date.UTC(2026, 8, 20, 16, 10, 36));

const disputed = async (card: string, person: Stripe.CustomerCreateParams = {}) => {
  const { sandbox, stripe } = await connect({ clock });
  const { id: customer } = await stripe.customers.create({ email: "ada@example.com", ...person });
  const intent = await stripe.paymentIntents.create({
    amount: 6000,
    currency: "usd",
    confirm: true,
    customer,
    description: "Order 7",
    payment_method: card,
  });
  const [dispute] = (await stripe.disputes.list({ charge: intent.latest_charge as string })).data;
  if (!dispute) throw new Error("The card opened no dispute.");
  const later = (seconds: number) => sandbox.advance(new Date(sandbox.now().getTime() + seconds * 1000));
  const told = () =>
    sandbox.events().flatMap(({ type }) => (/dispute|charge.updated/.test(type) ? [type] : []));
  return { dispute, later, stripe, told };
};

describe("a dispute", () => {
  it("says what the network called it, and has a day to be answered by", async () => {
    const { dispute } = await disputed("pm_card_createDispute");
    expect(dispute.payment_method_details).toEqual({
      type: "card",
      card: { brand: "visa", case_type: "chargeback", network: "visa", network_reason_code: "10.4" },
    });
    expect(dispute.evidence_details.due_by).toBe(Date.UTC(2026, 8, 28, 23, 59, 59) / 1000);
    expect(dispute.is_charge_refundable).toBe(false);
  });

  it("is filled in with what is known of the customer and the charge", async () => {
    const { dispute } = await disputed("pm_card_createDispute", { description: "Account 12" });
    expect(dispute.evidence).toMatchObject({
      customer_email_address: "ada@example.com",
      customer_name: "Account 12",
      product_description: "Order 7",
    });
    const named = await disputed("pm_card_createDispute", {
      description: "Account 12",
      name: "Ada Lovelace",
    });
    expect(named.dispute.evidence.customer_name).toBe("Ada Lovelace");
  });

  it("is counted by its list, which no other list does, and named where it is not found", async () => {
    const { dispute, stripe } = await disputed("pm_card_createDispute");
    const charge = dispute.charge as string;
    expect(await stripe.disputes.list({ charge, limit: 1 })).toMatchObject({ count: 1, has_more: false });
    expect(await stripe.disputes.list({ created: { lt: 5 } })).toMatchObject({ count: 0, data: [] });
    expect(await stripe.charges.list()).not.toHaveProperty("count");
    await expect(stripe.disputes.retrieve("du_nope")).rejects.toMatchObject({
      statusCode: 404,
      message: "No such dispute: 'du_nope'",
      param: "dispute",
    });
    const { latest_charge } = await stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      confirm: true,
      payment_method: "pm_card_visa",
    });
    const none = stripe.rawRequest("GET", `/v1/charges/${latest_charge}/dispute`);
    await expect(none).rejects.toMatchObject({
      statusCode: 404,
      code: undefined,
      message: `No dispute for charge: ${latest_charge}`,
    });
    await expect(stripe.rawRequest("GET", "/v1/charges/ch_nope/dispute")).rejects.toMatchObject({
      statusCode: 404,
      message: "No such charge: 'ch_nope'",
      param: "charge",
    });
  });

  it("is told of between the charge and the payment that it contests", async () => {
    const { stripe } = await disputed("pm_card_createDispute");
    const { data } = await stripe.events.list({ limit: 100 });
    const types = data.map(({ type }) => type).reverse();
    expect(types.slice(types.indexOf("charge.succeeded"))).toEqual([
      "charge.succeeded",
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "payment_intent.succeeded",
    ]);
  });

  it("that only asks takes the money some seconds after evidence that escalates it", async () => {
    const { dispute, later, stripe, told } = await disputed("pm_card_createDisputeInquiry");
    const early = await stripe.refunds.create({ charge: dispute.charge as string, amount: 1000 });
    const before = told().length;
    const evidence = { uncategorized_text: "escalate_inquiry_evidence" };
    const asked = await stripe.disputes.update(dispute.id, { evidence });
    expect(asked.status).toBe("warning_under_review");
    later(5);
    expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({
      balance_transactions: [{ amount: -6000, fee: 1500, type: "adjustment" }],
      is_charge_refundable: false,
      payment_method_details: { card: { case_type: "chargeback", network_reason_code: "10.4" } },
      status: "needs_response",
    });
    const disputes = told()
      .slice(before)
      .filter((type) => type.includes("dispute"));
    expect(disputes).toEqual([
      "charge.dispute.updated",
      "charge.dispute.updated",
      "charge.dispute.funds_withdrawn",
    ]);
    // What was given back meanwhile does not arrive: the issuer took it all.
    expect(await stripe.refunds.retrieve(early.id)).toMatchObject({
      failure_reason: "charge_for_pending_refund_disputed",
      status: "failed",
    });
    await expect(stripe.refunds.create({ charge: dispute.charge as string })).rejects.toMatchObject({
      code: "charge_disputed",
    });
    const lost = await stripe.disputes.close(dispute.id);
    expect(lost.status).toBe("lost");
  });

  it("that only asks has taken nothing, and the charge can still be refunded", async () => {
    const { dispute } = await disputed("pm_card_createDisputeInquiry");
    expect(dispute).toMatchObject({
      balance_transactions: [],
      is_charge_refundable: true,
      payment_method_details: { card: { case_type: "inquiry", network_reason_code: "10" } },
      status: "warning_needs_response",
    });
    expect(dispute.evidence.product_description).toBeNull();
  });

  it("is under review when winning evidence was handed in, and won some seconds later", async () => {
    const { dispute, later, stripe, told } = await disputed("pm_card_createDispute");
    const answer = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: "winning_evidence" },
    });
    expect(answer).toMatchObject({
      evidence: { uncategorized_text: "winning_evidence" },
      evidence_details: { has_evidence: true, submission_count: 1 },
      is_charge_refundable: false,
      status: "under_review",
    });
    later(1);
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("under_review");
    later(5);
    const won = await stripe.disputes.retrieve(dispute.id);
    expect(won).toMatchObject({
      balance_transactions: [
        { amount: -6000, fee: 1500, net: -7500, reporting_category: "dispute" },
        { amount: 6000, fee: 0, net: 6000, reporting_category: "dispute_reversal" },
      ],
      is_charge_refundable: true,
      status: "won",
    });
    expect(told().filter((type) => type.includes("dispute"))).toEqual([
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.updated",
      "charge.dispute.funds_reinstated",
      "charge.dispute.closed",
    ]);
    const refund = await stripe.refunds.create({ charge: dispute.charge as string, amount: 100 });
    expect(refund.status).toBe("succeeded");
  });

  it("that is lost or accepted ends at once, and its charge says that something changed", async () => {
    for (const end of ["close", "losing_evidence"]) {
      const { dispute, stripe, told } = await disputed("pm_card_createDispute");
      const answer =
        end === "close"
          ? await stripe.disputes.close(dispute.id)
          : await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: end } });
      expect([answer.status, answer.is_charge_refundable]).toEqual(["lost", false]);
      expect(told().slice(-2)).toEqual(["charge.dispute.closed", "charge.updated"]);
    }
  });

  it.each(["a test clock", "the sandbox's own clock"])(
    "is decided by the clock of its customer: %s",
    async (kind) => {
      const { sandbox, stripe } = await connect({ clock });
      const own = kind === "a test clock";
      const frozen_time = Date.UTC(2027, 0, 1) / 1000;
      const test_clock = own ? (await stripe.testHelpers.testClocks.create({ frozen_time })).id : undefined;
      const { id: customer } = await stripe.customers.create(test_clock ? { test_clock } : {});
      await stripe.paymentIntents.create({
        amount: 6000,
        currency: "usd",
        confirm: true,
        customer,
        payment_method: "pm_card_createDispute",
      });
      const id = (await stripe.disputes.list()).data[0]?.id ?? "";
      await stripe.disputes.update(id, { evidence: { uncategorized_text: "winning_evidence" } });
      sandbox.advance(new Date(sandbox.now().getTime() + 60_000));
      expect((await stripe.disputes.retrieve(id)).status).toBe(own ? "under_review" : "won");
      if (test_clock)
        await stripe.testHelpers.testClocks.advance(test_clock, { frozen_time: frozen_time + 60 });
      expect((await stripe.disputes.retrieve(id)).status).toBe("won");
    },
  );
});
