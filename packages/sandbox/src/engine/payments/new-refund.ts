import { type Context, seconds } from "../world/context.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import type { Charge, Refund } from "../world/wire.js";

/** A refund of a charge, not stored yet. */
export const newRefund = (
  ctx: Context,
  charge: Charge,
  fields: { amount: number; metadata?: MetadataChange | undefined; reason: Refund["reason"] },
): Refund => {
  const type = charge.payment_method_details?.type ?? "card";
  return {
    id: ctx.ids.id("re").replace("re_1", "re_3"),
    object: "refund",
    amount: fields.amount,
    balance_transaction: null,
    charge: charge.id,
    created: seconds(ctx),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details:
      type === "card"
        ? {
            type,
            card: {
              reference_status: "pending",
              reference_type: "acquirer_reference_number",
              type: "refund",
            },
          }
        : { type: type === "us_bank_account" ? "us_bank_transfer" : type },
    metadata: mergeMetadata({}, fields.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: fields.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
};
