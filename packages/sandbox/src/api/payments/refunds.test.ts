import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

const pay = (stripe: Stripe, payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ amount: 5000, currency: "usd", confirm: true, payment_method, ...more });

const later = (sandbox: Connected["sandbox"], minutes: number) =>
  sandbox.advance(new Date(sandbox.now().getTime() + minutes * 60_000));

const told = (sandbox: Connected["sandbox"], about: string) =>
  sandbox.events().flatMap(({ type }) => (type.includes(about) ? [type] : []));

const chargeOf = (stripe: Stripe, { latest_charge }: Stripe.PaymentIntent) =>
  stripe.charges.retrieve(String(latest_charge));

describe("refunds", () => {
  it("arrive at once on most cards", async () => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_visa");
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 2000 });
    expect(refund).toMatchObject({ status: "succeeded", amount: 2000 });
    const charge = await chargeOf(stripe, intent);
    expect([charge.amount_refunded, charge.refunded]).toEqual([2000, false]);
    expect(told(sandbox, "refund")).toEqual(["refund.created", "charge.refunded"]);
  });

  it("wait some time on a card whose refunds are pending", async () => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_pendingRefund");
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect([refund.status, refund.pending_reason]).toEqual(["pending", "processing"]);
    later(sandbox, 4);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("pending");
    later(sandbox, 2);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
    expect(told(sandbox, "refund").slice(2)).toEqual(["charge.refund.updated", "refund.updated"]);
    const last = sandbox.events().at(-1);
    expect(last?.data.previous_attributes).toMatchObject({ status: "pending" });
  });

  it("fail some time later on a card that can't be refunded, and put the charge back", async () => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_refundFail");
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe("succeeded");
    expect((await chargeOf(stripe, intent)).refunded).toBe(true);
    later(sandbox, 6);
    const failed = await stripe.refunds.retrieve(refund.id, { expand: ["failure_balance_transaction"] });
    expect(failed).toMatchObject({
      status: "failed",
      failure_balance_transaction: { type: "refund_failure", amount: 5000 },
    });
    const charge = await chargeOf(stripe, intent);
    expect([charge.amount_refunded, charge.refunded]).toEqual([0, false]);
    expect(told(sandbox, "refund").slice(2)).toEqual([
      "charge.refund.updated",
      "refund.updated",
      "refund.failed",
    ]);
  });

  it("take days to reach a bank account", async () => {
    const { sandbox, stripe } = await connect();
    const { id } = await stripe.paymentMethods.create({
      type: "us_bank_account",
      billing_details: { name: "Ada" },
      us_bank_account: {
        account_holder_type: "individual",
        account_number: "000123456789",
        routing_number: "110000000",
      },
    });
    const intent = await pay(stripe, id);
    expect(intent.status).toBe("processing");
    const early = await refusal(stripe.refunds.create({ charge: String(intent.latest_charge) }));
    expect(early.code).toBe("charge_not_refundable");
    later(sandbox, 10 * 24 * 60);
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe("pending");
    later(sandbox, 4 * 24 * 60);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
  });

  it.each([
    ["pm_card_createDispute", "charge_disputed"],
    ["pm_card_createDisputeInquiry", undefined],
  ])("of a payment by %s are refused with %s", async (card, code) => {
    const { stripe } = await connect();
    const { id } = await pay(stripe, card);
    const refund = stripe.refunds.create({ payment_intent: id });
    if (code === undefined) expect((await refund).status).toBe("succeeded");
    else expect((await refusal(refund)).code).toBe(code);
  });

  it("are possible again once the dispute has been won", async () => {
    const { sandbox, stripe } = await connect();
    const { id } = await pay(stripe, "pm_card_createDispute");
    const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data;
    const evidence = { uncategorized_text: "winning_evidence" };
    await stripe.disputes.update(dispute?.id ?? "", { evidence });
    later(sandbox, 1);
    expect((await stripe.refunds.create({ payment_intent: id })).status).toBe("succeeded");
  });

  it("can't be cancelled or expire: none waits for its customer", async () => {
    const { stripe } = await connect();
    const intent = await pay(stripe, "pm_card_pendingRefund");
    const { id } = await stripe.refunds.create({ payment_intent: intent.id });
    expect((await refusal(stripe.refunds.cancel(id))).message).toBe("Canceling this refund is unsupported.");
    const expire = stripe.testHelpers.refunds.expire(id);
    expect((await refusal(expire)).message).toContain("requires_action can be expired");
  });

  it("announce that their metadata changed, once and in both events", async () => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_visa");
    const { id } = await stripe.refunds.create({ payment_intent: intent.id, metadata: { order: "1" } });
    await stripe.refunds.update(id, { metadata: { order: "2" } });
    await stripe.refunds.update(id, { metadata: { order: "2" } });
    expect(told(sandbox, "refund").slice(2)).toEqual(["charge.refund.updated", "refund.updated"]);
    expect(sandbox.events().at(-1)?.data.previous_attributes).toEqual({ metadata: { order: "1" } });
  });

  it("are listed by their charge and by their payment", async () => {
    const { stripe } = await connect();
    const [one, two] = [await pay(stripe, "pm_card_visa"), await pay(stripe, "pm_card_visa")];
    const first = await stripe.refunds.create({ payment_intent: one.id });
    const second = await stripe.refunds.create({ payment_intent: two.id });
    const ids = async (params: Stripe.RefundListParams) =>
      (await stripe.refunds.list(params)).data.map(({ id }) => id);
    expect(await ids({ payment_intent: one.id })).toEqual([first.id]);
    expect(await ids({ charge: String(two.latest_charge) })).toEqual([second.id]);
    expect(await ids({})).toEqual([second.id, first.id]);
  });
});
