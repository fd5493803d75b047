import type Stripe from "stripe";
import type { Context } from "./context.js";
import { change } from "./emit.js";
import { need } from "./find.js";
import { mergeMetadata } from "./metadata.js";
import { atCustomer } from "./test-clock.js";
import { shippingOf } from "./update-payment-intent.js";
import type { Charge, Given } from "./wire.js";
import type { World } from "./world.js";

type Params = Pick<
  Given<Stripe.ChargeUpdateParams>,
  "description" | "fraud_details" | "metadata" | "receipt_email" | "shipping"
>;

/** Changes what may still be said of a charge. */
export const updateCharge = (world: World, given: Context, id: string, params: Params): Charge => {
  const charge = need<Charge>(world.charges, "charge", id);
  const ctx = atCustomer(world, given, charge.customer as string | null);
  return change(world, ctx, "charge.updated", charge, (draft) => {
    if (params.description !== undefined) draft.description = params.description || null;
    if (params.receipt_email !== undefined) draft.receipt_email = params.receipt_email || null;
    if (params.shipping) draft.shipping = shippingOf(params.shipping);
    if (params.fraud_details)
      draft.fraud_details = params.fraud_details.user_report
        ? { user_report: params.fraud_details.user_report }
        : {};
    draft.metadata = mergeMetadata(draft.metadata, params.metadata);
  });
};
