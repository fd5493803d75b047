import { type Context, day, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import { touch } from "../world/touch.js";
import type { BalanceTransaction, Charge, Dispute, Refund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { disputeFee, isBankDebit, paymentFee } from "./payment-fee.js";

/** Midnight (UTC) two days later, when money that came in can be paid out. */
const availableOn = (ctx: Context): number => (Math.floor(seconds(ctx) / day) + 2) * day;

type Move = {
  amount: number;
  fee: number;
  currency: string;
  source: string;
  description: string | null;
  type:
    | "adjustment"
    | "charge"
    | "payment"
    | "payment_failure_refund"
    | "payment_refund"
    | "refund"
    | "refund_failure";
  reporting_category: "charge" | "dispute" | "dispute_reversal" | "refund" | "refund_failure";
  /** Whether the money can be paid out at once. */
  atOnce?: boolean;
};

const move = (world: World, ctx: Context, given: Move): BalanceTransaction => {
  const { atOnce, fee, ...told } = given;
  const feeDetails = { application: null, currency: given.currency, type: "stripe_fee" };
  const description = told.type === "adjustment" ? "Dispute fee" : "Stripe processing fees";
  const transaction: BalanceTransaction = {
    id: ctx.ids.id("txn").replace("txn_1", "txn_3"),
    object: "balance_transaction",
    ...told,
    available_on: atOnce ? seconds(ctx) : availableOn(ctx),
    balance_type: "payments",
    created: seconds(ctx),
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ ...feeDetails, amount: fee, description }],
    net: told.amount - fee,
    status: atOnce ? "available" : "pending",
  };
  world.balanceTransactions[transaction.id] = transaction;
  if (!atOnce) touch(world, transaction.id);
  return transaction;
};

/** Books what was taken of a charge, less Stripe's fee. */
export const bookCharge = (
  world: World,
  ctx: Context,
  charge: Charge,
  amount = charge.amount_captured,
): void => {
  const bank = isBankDebit(charge);
  const transaction = move(world, ctx, {
    amount,
    fee: paymentFee(amount, bank ? "bank" : "card"),
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    type: bank ? "payment" : "charge",
    reporting_category: "charge",
    atOnce: find(world.hidden.cards, charge.payment_method)?.aftermath === "bypass_pending",
  });
  // What is captured in parts is booked in parts; the charge names the first.
  charge.balance_transaction ??= transaction.id;
};

/** Books money that goes back to a customer; Stripe keeps its fee. */
export const bookRefund = (world: World, ctx: Context, refund: Refund, charge: Charge): void => {
  const transaction = move(world, ctx, {
    amount: -refund.amount,
    fee: 0,
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
  const transaction = move(world, ctx, {
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
  const transaction = move(world, ctx, {
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
