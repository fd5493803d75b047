import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { send } from "../world/letters.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Charge, Refund, Transfer, TransferReversal } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookMove } from "./book-move.js";

export type NewTransfer = {
  amount: number;
  currency: string;
  destination: string;
  description?: string | null;
  metadata?: MetadataChange | undefined;
  /** The charge whose money it is. */
  source_transaction?: string | null;
  transfer_group?: string | null;
  /** What the platform takes back of it at once. */
  fee?: { id: string; amount: number } | null;
};

const emptyDetails = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** What the account gets: a payment of its own, whose source is the transfer. The SDK knows no event for it. */
const paymentOf = (ctx: Context, transfer: Transfer, fee: NewTransfer["fee"]): Charge => ({
  id: transfer.destination_payment as string,
  object: "charge",
  amount: transfer.amount,
  amount_captured: transfer.amount,
  amount_refunded: 0,
  application: null,
  application_fee: fee?.id ?? null,
  application_fee_amount: fee?.amount ?? null,
  balance_transaction: null,
  billing_details: emptyDetails,
  calculated_statement_descriptor: null,
  captured: true,
  created: seconds(ctx),
  currency: transfer.currency,
  customer: null,
  description: null,
  disputed: false,
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  fraud_details: {},
  livemode: false,
  metadata: {},
  on_behalf_of: null,
  outcome: null,
  paid: true,
  payment_intent: null,
  payment_method: null,
  payment_method_details: null,
  radar_options: {},
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: transfer.id,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: "succeeded",
  transfer_data: null,
  transfer_group: transfer.transfer_group,
});

/** Sends money of the platform to a connected account. https://docs.stripe.com/connect/destination-charges */
export const createTransfer = (world: World, ctx: Context, given: NewTransfer): Transfer => {
  const id = ctx.ids.id("tr").replace("tr_1", "tr_3");
  const booked = bookMove(world, ctx, {
    amount: -given.amount,
    fee: 0,
    currency: given.currency,
    source: id,
    description: given.description ?? null,
    type: "transfer",
    reporting_category: "transfer",
    atOnce: !given.source_transaction,
  });
  const transfer: Transfer = {
    id,
    object: "transfer",
    amount: given.amount,
    amount_reversed: 0,
    balance_transaction: booked.id,
    created: seconds(ctx),
    currency: given.currency,
    description: given.description ?? null,
    destination: given.destination,
    destination_payment: ctx.ids.id("py"),
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    reversals: { object: "list", data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: given.source_transaction ?? null,
    source_type: "card",
    transfer_group: given.transfer_group ?? null,
  };
  world.transfers[id] = transfer;
  emit(world, ctx, "transfer.created", transfer);
  const atOnce = !given.source_transaction;
  send(world, ctx, {
    to: given.destination,
    run: (own, there) => {
      const payment = paymentOf(there, transfer, given.fee);
      own.charges[payment.id] = payment;
      payment.balance_transaction = bookMove(own, there, {
        amount: transfer.amount,
        fee: 0,
        applicationFee: given.fee?.amount ?? 0,
        currency: transfer.currency,
        source: payment.id,
        description: null,
        type: "payment",
        reporting_category: "charge",
        atOnce,
      }).id;
    },
  });
  return transfer;
};

/** The account's side of a reversal: its payment is refunded. */
const refundOf = (ctx: Context, reversal: TransferReversal, payment: Charge): Refund => ({
  id: reversal.destination_payment_refund as string,
  object: "refund",
  amount: reversal.amount,
  balance_transaction: null,
  charge: payment.id,
  created: seconds(ctx),
  currency: reversal.currency,
  customer: null,
  customer_account: null,
  metadata: {},
  payment_intent: null,
  payment_method: null,
  reason: null,
  receipt_number: null,
  source_transfer_reversal: reversal.id,
  status: "succeeded",
  transfer_reversal: null,
});

export type Reversing = {
  amount?: number | undefined;
  metadata?: MetadataChange | undefined;
  /** The refund that asks for it. */
  refund?: string | null;
  /** What of the application fee comes back with it. @default 0 */
  feeBack?: number;
};

/** Takes a transfer's money back, whole or in part. https://docs.stripe.com/api/transfer_reversals/create */
export const reverseTransfer = (
  world: World,
  ctx: Context,
  transfer: Transfer,
  { amount: wanted, metadata, refund = null, feeBack = 0 }: Reversing,
): TransferReversal => {
  const left = transfer.amount - transfer.amount_reversed;
  const amount = wanted ?? left;
  if (amount < 1 || amount > left)
    throw invalidRequest(
      left === 0
        ? `Transfer ${transfer.id} is already fully reversed.`
        : `Reversal amount (${amount}) is greater than the unreversed amount of the transfer (${left})`,
      undefined,
      "amount",
    );
  const id = ctx.ids.id("trr");
  const reversal: TransferReversal = {
    id,
    object: "transfer_reversal",
    amount,
    balance_transaction: bookMove(world, ctx, {
      amount,
      fee: 0,
      currency: transfer.currency,
      source: id,
      description: null,
      type: "transfer_refund",
      reporting_category: "transfer_reversal",
      atOnce: true,
    }).id,
    created: seconds(ctx),
    currency: transfer.currency,
    destination_payment_refund: ctx.ids.id("pyr"),
    metadata: mergeMetadata({}, metadata),
    source_refund: refund,
    transfer: transfer.id,
  };
  world.transferReversals[id] = reversal;
  transfer.amount_reversed += amount;
  transfer.reversed = transfer.amount_reversed === transfer.amount;
  transfer.reversals.data = [structuredClone(reversal), ...transfer.reversals.data];
  emit(world, ctx, "transfer.reversed", transfer);
  send(world, ctx, {
    to: transfer.destination as string,
    run: (own, there) =>
      takeBack(own, there, { payment: transfer.destination_payment as string, reversal, feeBack }),
  });
  return reversal;
};

type TakenBack = { payment: string; reversal: TransferReversal; feeBack: number };

const takeBack = (world: World, ctx: Context, { payment: id, reversal, feeBack }: TakenBack): void => {
  const payment = find(world.charges, id);
  if (!payment) return;
  const refund = refundOf(ctx, reversal, payment);
  refund.balance_transaction = bookMove(world, ctx, {
    amount: -reversal.amount,
    fee: 0,
    applicationFee: -feeBack,
    currency: reversal.currency,
    source: refund.id,
    description: "REFUND FOR PAYMENT",
    type: "payment_refund",
    reporting_category: "refund",
    atOnce: true,
  }).id;
  world.refunds[refund.id] = refund;
  payment.amount_refunded += reversal.amount;
  payment.refunded = payment.amount_refunded === payment.amount;
};
