import { type Context, day, seconds } from "../world/context.js";
import { touch } from "../world/touch.js";
import type { BalanceTransaction } from "../world/wire.js";
import type { World } from "../world/world.js";

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
    | "application_fee"
    | "application_fee_refund"
    | "charge"
    | "payment"
    | "payment_failure_refund"
    | "payment_refund"
    | "payout"
    | "payout_cancel"
    | "payout_failure"
    | "refund"
    | "refund_failure"
    | "transfer"
    | "transfer_refund";
  reporting_category:
    | "charge"
    | "dispute"
    | "dispute_reversal"
    | "fee"
    | "payout"
    | "payout_reversal"
    | "platform_earning"
    | "platform_earning_refund"
    | "refund"
    | "refund_failure"
    | "transfer"
    | "transfer_reversal";
  /** What the platform takes of it, beside Stripe's fee; negative where it gives some back. @default 0 */
  applicationFee?: number;
  /** Whether the money can be paid out at once. */
  atOnce?: boolean;
};

type FeeDetails = BalanceTransaction["fee_details"];

const feeDetailsOf = ({ applicationFee = 0, currency, fee, type }: Move): FeeDetails => [
  ...(applicationFee === 0
    ? []
    : [
        {
          amount: applicationFee,
          application: null,
          currency,
          description: applicationFee > 0 ? "Application fee" : "Application fee refund",
          type: "application_fee",
        },
      ]),
  ...(fee === 0
    ? []
    : [
        {
          amount: fee,
          application: null,
          currency,
          description: type === "adjustment" ? "Dispute fee" : "Stripe processing fees",
          type: "stripe_fee",
        },
      ]),
];

/** Books money that comes or goes. */
export const bookMove = (world: World, ctx: Context, given: Move): BalanceTransaction => {
  const { applicationFee = 0, atOnce, fee: own, ...told } = given;
  const fee = own + applicationFee;
  const transaction: BalanceTransaction = {
    id: ctx.ids.id("txn").replace("txn_1", "txn_3"),
    object: "balance_transaction",
    ...told,
    available_on: atOnce ? seconds(ctx) : availableOn(ctx),
    balance_type: "payments",
    created: seconds(ctx),
    exchange_rate: null,
    fee,
    fee_details: feeDetailsOf(given),
    net: told.amount - fee,
    status: atOnce ? "available" : "pending",
  };
  world.balanceTransactions[transaction.id] = transaction;
  if (!atOnce) touch(world, transaction.id);
  return transaction;
};
