import { writeMoney } from "../money/currency.js";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import type { MetadataChange } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Charge, PaymentIntent, Refund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookRefund } from "./balance-transaction.js";
import { answerWarnings } from "./early-fraud-warning.js";
import { newRefund } from "./new-refund.js";
import { endOf } from "./refund-dues.js";
import { releaseCharge } from "./release-charge.js";
import { type ConnectRefund, checkConnectRefund, feeBackOf, undoPassingOn } from "./undo-passing-on.js";

export type NewRefund = {
  charge?: string;
  payment_intent?: string;
  amount?: number;
  metadata?: MetadataChange;
  reason?: "duplicate" | "fraudulent" | "requested_by_customer";
} & ConnectRefund;

const chargeOf = (world: World, fields: NewRefund): Charge => {
  if (fields.charge !== undefined) return need(world.charges, "charge", fields.charge);
  if (fields.payment_intent === undefined)
    throw invalidRequest(
      "One of the following params should be provided for this request: payment_intent or charge.",
    );
  const intent = need<PaymentIntent>(
    world.paymentIntents,
    "payment_intent",
    fields.payment_intent,
    "payment_intent",
  );
  const charge = find<Charge>(world.charges, intent.latest_charge as string | null);
  if (charge?.status !== "succeeded" || !charge.captured)
    throw invalidRequest(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      undefined,
      "payment_intent",
    );
  return charge;
};

/** A dispute has taken the money already, unless it was won. An inquiry has not. */
const isChargedBack = (world: World, charge: Charge): boolean =>
  charge.disputed &&
  Object.values(world.disputes).some(
    (dispute) => dispute.charge === charge.id && !dispute.is_charge_refundable && dispute.status !== "won",
  );

const checkRefundable = (world: World, charge: Charge): void => {
  if (charge.status !== "succeeded")
    throw invalidRequest(
      `Charge ${charge.id} has a status of ${charge.status} and cannot be refunded.`,
      "charge_not_refundable",
      "charge",
    );
  if (!charge.captured && charge.payment_intent !== null)
    throw invalidRequest(
      `This uncaptured Charge was created by a PaymentIntent (${charge.payment_intent as string}). You must cancel the ` +
        "PaymentIntent to reverse the authorization instead of refunding the Charge directly. For more information, " +
        "see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method",
    );
  if (isChargedBack(world, charge))
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      "charge_disputed",
    );
};

/** How much is given back: all that is left, or the part that was asked for. */
const amountOf = (charge: Charge, wanted: number | undefined): number => {
  const left = (charge.captured ? charge.amount_captured : charge.amount) - charge.amount_refunded;
  if (left <= 0)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  const amount = wanted ?? left;
  if (!charge.captured && amount !== left)
    throw invalidRequest(
      "You cannot partially refund an uncaptured charge. Instead, capture the charge for an amount less than the original amount.",
      undefined,
      "amount",
    );
  const written = (minor: number): string => writeMoney(String(minor), charge.currency);
  if (amount > left || amount < 1)
    throw invalidRequest(
      `Refund amount (${written(amount)}) is greater than unrefunded amount on charge (${written(left)})`,
      undefined,
      "amount",
    );
  return amount;
};

/** Gives a charge's money back, whole or in part. */
export const createRefund = (world: World, given: Context, fields: NewRefund): Refund => {
  const charge = chargeOf(world, fields);
  const ctx = atCustomer(world, given, charge.customer as string | null);
  checkRefundable(world, charge);
  const amount = amountOf(charge, fields.amount);
  checkConnectRefund(charge, fields);
  const reason = fields.reason ?? null;
  const released = charge.captured ? undefined : releaseCharge(world, ctx, charge, reason);
  if (released) return released;
  const refund = newRefund(ctx, charge, { amount, metadata: fields.metadata, reason });
  if (endOf(world, refund, charge)?.outcome === "succeeded") {
    refund.status = "pending";
    refund.pending_reason = "processing";
  }
  const feeBack = feeBackOf(world, charge, amount, fields);
  bookRefund(world, ctx, refund, charge, world.connected ? feeBack : 0);
  refund.transfer_reversal = undoPassingOn(
    world,
    ctx,
    { charge, refund: refund.id, amount, feeBack },
    fields,
  );
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  world.refunds[refund.id] = refund;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  emit(world, ctx, "refund.created", refund);
  emit(world, ctx, "charge.refunded", charge, before);
  if (charge.refunded) answerWarnings(world, ctx, charge);
  return refund;
};
