import { type Context, seconds } from "./context.js";
import { emit } from "./emit.js";
import { find, need } from "./find.js";
import { type MetadataChange, mergeMetadata } from "./metadata.js";
import { invalidRequest } from "./stripe-error.js";
import type { Charge, PaymentIntent, Refund } from "./wire.js";
import type { World } from "./world.js";

export type NewRefund = {
  charge?: string;
  payment_intent?: string;
  amount?: number;
  metadata?: MetadataChange;
  reason?: "duplicate" | "fraudulent" | "requested_by_customer";
};

const chargeOf = (world: World, fields: NewRefund): Charge => {
  if (fields.charge !== undefined) return need(world.charges, "charge", fields.charge, "charge");
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
  if (charge?.status !== "succeeded")
    throw invalidRequest(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      undefined,
      "payment_intent",
    );
  return charge;
};

/** Gives a charge's money back, whole or in part. */
export const createRefund = (world: World, ctx: Context, fields: NewRefund): Refund => {
  const charge = chargeOf(world, fields);
  const left = charge.amount_captured - charge.amount_refunded;
  const amount = fields.amount ?? left;
  if (left <= 0)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  if (amount > left || amount < 1)
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      undefined,
      "amount",
    );
  const refund: Refund = {
    id: ctx.ids.id("re").replace("re_1", "re_3"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: seconds(ctx),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { type: "card" } as NonNullable<Refund["destination_details"]>,
    metadata: mergeMetadata({}, fields.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: fields.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  world.refunds[refund.id] = refund;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  emit(world, ctx, "refund.created", refund);
  emit(world, ctx, "charge.refunded", charge, before);
  return refund;
};
