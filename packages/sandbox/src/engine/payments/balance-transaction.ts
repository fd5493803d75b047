import type { Context } from "../world/context.js";
import { find } from "../world/find.js";
import type { Charge, Dispute, Refund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookMove } from "./book-move.js";
import { passOn, takeOfDirectCharge } from "./pass-on.js";
import { disputeFee, isBankDebit, paymentFee } from "./payment-fee.js";

const comesAtOnce = (world: World, charge: Charge): boolean =>
  find(world.hidden.cards, charge.payment_method)?.aftermath === "bypass_pending";

/** Books what was taken of a charge, less Stripe's fee and what the platform takes. */
export const bookCharge = (
  world: World,
  ctx: Context,
  charge: Charge,
  amount = charge.amount_captured,
): void => {
  const bank = isBankDebit(charge);
  const transaction = bookMove(world, ctx, {
    amount,
    fee: paymentFee(amount, bank ? "bank" : "card"),
    applicationFee: world.connected ? takeOfDirectCharge(world, ctx, charge, amount) : 0,
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    type: bank ? "payment" : "charge",
    reporting_category: "charge",
    atOnce: comesAtOnce(world, charge),
  });
  // What is captured in parts is booked in parts; the charge names the first.
  charge.balance_transaction ??= transaction.id;
  if (!world.connected) passOn(world, ctx, charge, amount);
};

/** Books money that goes back to a customer; Stripe keeps its fee. */
export const bookRefund = (world: World, ctx: Context, refund: Refund, charge: Charge, feeBack = 0): void => {
  const transaction = bookMove(world, ctx, {
    amount: -refund.amount,
    fee: 0,
    applicationFee: -feeBack,
    currency: refund.currency,
    source: refund.id,
    description: charge.description ? `REFUND FOR CHARGE (${charge.description})` : "REFUND FOR CHARGE",
    type: isBankDebit(charge) ? "payment_refund" : "refund",
    reporting_category: "refund",
  });
  refund.balance_transaction = transaction.id;
};

/** Books money that could not be given back. */
export const bookFailedRefund = (world: World, ctx: Context, refund: Refund, charge: Charge): void => {
  const transaction = bookMove(world, ctx, {
    amount: refund.amount,
    fee: 0,
    currency: refund.currency,
    source: refund.id,
    description: "REFUND FAILURE",
    type: isBankDebit(charge) ? "payment_failure_refund" : "refund_failure",
    reporting_category: "refund_failure",
  });
  refund.failure_balance_transaction = transaction.id;
};

/** Books what a dispute takes, or what winning it brings back. */
export const bookDispute = (world: World, ctx: Context, dispute: Dispute, sign: -1 | 1): void => {
  const transaction = bookMove(world, ctx, {
    amount: sign * dispute.amount,
    // What was prevented costs no dispute fee.
    fee: sign < 0 && dispute.status !== "prevented" ? disputeFee : 0,
    currency: dispute.currency,
    source: dispute.id,
    description: `${sign < 0 ? "Chargeback withdrawal" : "Chargeback reversal"} for ${dispute.charge as string}`,
    type: "adjustment",
    reporting_category: sign < 0 ? "dispute" : "dispute_reversal",
  });
  dispute.balance_transactions.push(structuredClone(transaction));
};
