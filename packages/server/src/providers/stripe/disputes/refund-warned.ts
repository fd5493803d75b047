import type { ProviderDisputes } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import { refusalCode } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { idOf } from "../language/id-of.js";
import { metadataKeys } from "../language/names.js";
import { nothingLeft } from "../subscriptions/payments.js";

/**
 * Refunds what is left of the charge that a warning is about. The reason makes Stripe block the card and the email as
 * well (https://docs.stripe.com/api/refunds/create#create_refund-reason).
 */
export async function refundWarned(
  call: CallStripe,
  { warningId, idempotencyKey }: Parameters<ProviderDisputes["refundWarned"]>[0],
): Promise<void> {
  const warning = await call((client) => client.radar.earlyFraudWarnings.retrieve(warningId));
  // It was acted upon: paid back, or disputed. https://docs.stripe.com/api/radar/early_fraud_warnings/object
  if (!warning.actionable) return;
  // Without an `amount` it is all that is left.
  const params = {
    charge: idOf(warning.charge),
    reason: "fraudulent",
    metadata: { [metadataKeys.refund]: warningId, [metadataKeys.access]: "end" },
  } as const;
  try {
    await underOwnKey(call((client) => client.refunds.create(params, { idempotencyKey })));
  } catch (error) {
    // Somebody was faster.
    if (!nothingLeft.has(refusalCode(error))) throw error;
  }
}
