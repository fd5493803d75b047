import type Stripe from "stripe";
import type { Context } from "./context.js";
import { needCustomer } from "./customer.js";
import { change } from "./emit.js";
import { need } from "./find.js";
import { mergeMetadata } from "./metadata.js";
import { invalidRequest } from "./stripe-error.js";
import { atCustomer } from "./test-clock.js";
import { shippingOf } from "./update-payment-intent.js";
import type { Charge, Given } from "./wire.js";
import type { World } from "./world.js";

type Params = Pick<
  Given<Stripe.ChargeUpdateParams>,
  "customer" | "description" | "fraud_details" | "metadata" | "receipt_email" | "shipping"
>;

/** Changes what may still be said of a charge. */
export const updateCharge = (world: World, given: Context, id: string, params: Params): Charge => {
  const charge = need<Charge>(world.charges, "charge", id);
  if (params.customer && charge.customer !== null && params.customer !== charge.customer)
    throw invalidRequest("You cannot change the customer of a charge that has one.", undefined, "customer");
  if (params.customer) needCustomer(world, params.customer);
  const ctx = atCustomer(world, given, params.customer ?? (charge.customer as string | null));
  return change(world, ctx, "charge.updated", charge, (draft) => {
    if (params.customer) draft.customer = params.customer;
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
