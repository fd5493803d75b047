import { shareOf } from "../money/share.js";
import type { Context } from "../world/context.js";
import { find } from "../world/find.js";
import { send } from "../world/letters.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Charge, Transfer, TransferReversal } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookFeeBack, returnFee } from "./application-fee.js";
import { type Reversing, reverseTransfer } from "./transfer.js";

export type ConnectRefund = { refund_application_fee?: boolean; reverse_transfer?: boolean };

/** Refuses to give back what was never taken, and to reverse what was never sent; in Stripe's words. */
export const checkConnectRefund = (charge: Charge, given: ConnectRefund): void => {
  if (given.refund_application_fee && charge.application_fee === null)
    throw invalidRequest(
      `Attempting to refund_application_fee on ${charge.id}, but it has no application fee`,
      undefined,
      "refund_application_fee",
    );
  if (given.reverse_transfer && charge.transfer === undefined)
    throw invalidRequest(
      `Cannot reverse transfer on charge ${charge.id} because it does not have an associated transfer.`,
      undefined,
      "reverse_transfer",
    );
};

/** A refund's share of what was taken or sent, as long as some of it is left. */
const share = (whole: number, refunded: number, charge: Charge, gone: number): number =>
  Math.min(shareOf(whole, refunded, charge.amount_captured), whole - gone);

/** How much of a charge's application fee a refund gives back. */
export const feeBackOf = (world: World, charge: Charge, refunded: number, given: ConnectRefund): number => {
  if (!given.refund_application_fee) return 0;
  const taken = Math.min(charge.application_fee_amount ?? 0, charge.amount_captured);
  return share(taken, refunded, charge, find(world.hidden.feesReturned, charge.id) ?? 0);
};

type Undone = { charge: Charge; refund: string; amount: number; feeBack: number };

/** Gives the application fee back in the platform's books, which a direct charge has to write to. */
const giveFeeBack = (
  world: World,
  ctx: Context,
  { charge, refund, feeBack }: Undone,
  apart: boolean,
): void => {
  const run = (platform: World, there: Context): void => {
    const fee = find(platform.applicationFees, charge.application_fee as string);
    if (!fee) return;
    const back = returnFee(platform, there, fee, {
      amount: Math.min(feeBack, fee.amount - fee.amount_refunded),
    });
    if (apart) bookFeeBack(platform, there, fee, back.amount, refund);
  };
  world.hidden.feesReturned[charge.id] = (find(world.hidden.feesReturned, charge.id) ?? 0) + feeBack;
  if (world.connected) send(world, ctx, { to: null, run });
  else run(world, ctx);
};

/**
 * Moves the transfer and the fee back as far as a refund asks; the answer is the reversal's id. Each goes in proportion
 * to what of the charge is refunded. https://docs.stripe.com/api/refunds/create
 */
export const undoPassingOn = (
  world: World,
  ctx: Context,
  undone: Undone,
  given: ConnectRefund,
): string | null => {
  const { charge, amount, feeBack } = undone;
  const transfer = find<Transfer>(world.transfers, charge.transfer as string | undefined);
  const back =
    given.reverse_transfer && transfer ? share(transfer.amount, amount, charge, transfer.amount_reversed) : 0;
  const reversal =
    transfer && back > 0
      ? reverseTransfer(world, ctx, transfer, { amount: back, refund: undone.refund, feeBack })
      : null;
  if (feeBack > 0) giveFeeBack(world, ctx, undone, !world.connected && !reversal);
  return reversal?.id ?? null;
};

/** Reverses a transfer, and gives back the application fee in proportion to what of the transfer is reversed. */
export const returnShareOfFee = (
  world: World,
  ctx: Context,
  { transfer, charge }: { transfer: Transfer; charge: Charge | undefined },
  reversing: Reversing,
): TransferReversal => {
  if (!charge) return reverseTransfer(world, ctx, transfer, reversing);
  checkConnectRefund(charge, { refund_application_fee: true });
  const amount = reversing.amount ?? transfer.amount - transfer.amount_reversed;
  const taken = Math.min(charge.application_fee_amount ?? 0, charge.amount_captured);
  const gone = find(world.hidden.feesReturned, charge.id) ?? 0;
  const feeBack = Math.min(shareOf(taken, amount, transfer.amount), taken - gone);
  const reversal = reverseTransfer(world, ctx, transfer, { ...reversing, feeBack });
  if (feeBack > 0) giveFeeBack(world, ctx, { charge, refund: reversal.id, amount, feeBack }, false);
  return reversal;
};
