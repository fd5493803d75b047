import fc from "fast-check";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect } from "../../../test/connect.js";
import { paymentFee } from "../../engine/payments/payment-fee.js";

const day = 86_400_000;

const pay = (stripe: Stripe, payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ amount: 5000, currency: "usd", confirm: true, payment_method, ...more });

const later = (sandbox: Connected["sandbox"], days: number) =>
  sandbox.advance(new Date(sandbox.now().getTime() + days * day));

/** Long enough for Stripe to book what it captured by itself. */
const aMoment = (sandbox: Connected["sandbox"]) => later(sandbox, 10 / 86_400);

const balance = async (stripe: Stripe) => {
  const { available, pending } = await stripe.balance.retrieve();
  return { available: available[0]?.amount, pending: pending[0]?.amount };
};

describe("Stripe's fee", () => {
  it.each([
    [2000, "card", 88],
    [500, "card", 45],
    [50, "card", 31],
    [5000, "bank", 40],
    [1_000_000, "bank", 500],
  ] as const)("for %i by %s is %i", (amount, kind, fee) => {
    expect(paymentFee(amount, kind)).toBe(fee);
  });
});

describe("the balance", () => {
  it("of an account in which nothing has happened is zero", async () => {
    const { stripe } = await connect();
    expect(await balance(stripe)).toEqual({ available: 0, pending: 0 });
  });

  it("gets a payment less its fee, which can be paid out two days later", async () => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_visa", { capture_method: "automatic" });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge), {
      expand: ["balance_transaction"],
    });
    expect(charge.balance_transaction).toMatchObject({
      amount: 5000,
      fee: 175,
      net: 4825,
      status: "pending",
      type: "charge",
      source: charge.id,
    });
    expect(await balance(stripe)).toEqual({ available: 0, pending: 4825 });
    later(sandbox, 2);
    expect(await balance(stripe)).toEqual({ available: 4825, pending: 0 });
  });

  it("hears of a payment a moment later, when it is captured asynchronously", async () => {
    const { sandbox, stripe } = await connect();
    await pay(stripe, "pm_card_visa");
    expect(await balance(stripe)).toEqual({ available: 0, pending: 0 });
    aMoment(sandbox);
    expect(await balance(stripe)).toEqual({ available: 0, pending: 4825 });
    const events = sandbox.events().map(({ type }) => type);
    expect(events).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "charge.updated",
    ]);
    const [charged, updated] = [sandbox.events()[1], sandbox.events()[3]];
    expect(charged?.data.object).toMatchObject({ balance_transaction: null });
    expect(updated?.data.previous_attributes).toEqual({ balance_transaction: null });
  });

  it("has the money at once when the card skips the wait", async () => {
    const { sandbox, stripe } = await connect();
    await pay(stripe, "pm_card_bypassPending");
    aMoment(sandbox);
    expect(await balance(stripe)).toEqual({ available: 4825, pending: 0 });
  });

  it("gives a refund from the whole, and gets it back when it fails", async () => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_refundFail");
    await stripe.refunds.create({ payment_intent: intent.id, amount: 2000 });
    aMoment(sandbox);
    expect((await balance(stripe)).pending).toBe(2825);
    later(sandbox, 0.1);
    expect((await balance(stripe)).pending).toBe(4825);
  });

  it.each([
    ["winning_evidence", 4825 - 1500],
    ["losing_evidence", -175 - 1500],
  ])("ends a dispute with %s at %i", async (uncategorized_text, left) => {
    const { sandbox, stripe } = await connect();
    const intent = await pay(stripe, "pm_card_createDispute");
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
    expect(dispute?.balance_transactions).toMatchObject([{ amount: -5000, fee: 1500, type: "adjustment" }]);
    await stripe.disputes.update(dispute?.id ?? "", { evidence: { uncategorized_text } });
    aMoment(sandbox);
    expect((await balance(stripe)).pending).toBe(left);
  });

  it("does not move for an inquiry", async () => {
    const { sandbox, stripe } = await connect();
    await pay(stripe, "pm_card_createDisputeInquiry");
    aMoment(sandbox);
    expect((await stripe.balanceTransactions.list()).data.map(({ type }) => type)).toEqual(["charge"]);
  });

  it("is kept in each currency, and its moves are found by currency, type and source", async () => {
    const { sandbox, stripe } = await connect();
    const dollars = await pay(stripe, "pm_card_visa");
    await pay(stripe, "pm_card_visa", { currency: "eur" });
    aMoment(sandbox);
    const refund = await stripe.refunds.create({ payment_intent: dollars.id });
    const sources = async (params: Stripe.BalanceTransactionListParams) =>
      (await stripe.balanceTransactions.list(params)).data.map(({ source }) => source);
    expect(await sources({ type: "refund" })).toEqual([refund.id]);
    expect(await sources({ currency: "eur" })).toHaveLength(1);
    expect(await sources({ source: String(dollars.latest_charge) })).toEqual([dollars.latest_charge]);
    expect(await sources({ payout: "po_1" })).toEqual([]);
    expect((await stripe.balance.retrieve()).pending.map(({ currency }) => currency)).toEqual(["eur", "usd"]);
  });
});

const cards = [
  "pm_card_visa",
  "pm_card_bypassPending",
  "pm_card_createDispute",
  "pm_card_refundFail",
  "pm_card_pendingRefund",
  "pm_card_chargeDeclined",
] as const;

describe("after any history", () => {
  it("the balance is the sum of its moves", async () => {
    const { sandbox, stripe } = await connect();
    const step = fc.record({
      card: fc.constantFrom(...cards),
      amount: fc.integer({ min: 50, max: 9_999 }),
      manual: fc.boolean(),
      refund: fc.integer({ min: 0, max: 120 }),
      days: fc.constantFrom(0, 0.5, 1, 3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const { card, amount, manual, refund, days } of steps) {
          const capture_method = manual ? "manual" : "automatic";
          const intent = await pay(stripe, card, { amount, capture_method }).catch(() => undefined);
          if (intent?.status === "requires_capture")
            await stripe.paymentIntents.capture(intent.id, { amount_to_capture: Math.ceil(amount / 2) });
          const back = Math.floor((amount * refund) / 100);
          if (intent && back > 0)
            await stripe.refunds.create({ payment_intent: intent.id, amount: back }).catch(() => undefined);
          if (days > 0) later(sandbox, days);
        }
        const rows = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 5000 });
        const nets = rows.reduce((total, { net }) => total + net, 0);
        const { available = 0, pending = 0 } = await balance(stripe);
        expect(available + pending).toBe(nets);
        for (const row of rows) expect(row.net).toBe(row.amount - row.fee);
        const charges = await stripe.charges.list({ limit: 100 }).autoPagingToArray({ limit: 5000 });
        const kept = charges.reduce((total, row) => total + row.amount_captured - row.amount_refunded, 0);
        const disputes = rows.filter(({ type }) => type === "adjustment");
        const moved = rows.reduce((total, { amount }) => total + amount, 0);
        expect(moved).toBe(kept + disputes.reduce((total, { amount }) => total + amount, 0));
      }),
      { numRuns: 12, seed: 20_261_121 },
    );
  }, 60_000);
});
