import type Stripe from "stripe";
import { needCustomer } from "../customers/customer.js";
import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Charge, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { intentShippingOf } from "./update-payment-intent.js";

type Params = Pick<
  Given<Stripe.ChargeUpdateParams>,
  "customer" | "description" | "fraud_details" | "metadata" | "receipt_email" | "shipping" | "transfer_group"
>;

/** Changes what may still be said about a charge. */
export const updateCharge = (world: World, given: Context, id: string, params: Params): Charge => {
  const charge = need<Charge>(world.charges, "charge", id);
  if (params.customer && charge.customer !== null && params.customer !== charge.customer)
    throw invalidRequest("You cannot change the customer of a charge that has one.", undefined, "customer");
  if (params.transfer_group !== undefined && charge.payment_intent !== null)
    throw invalidRequest(
      `This Charge was created by a PaymentIntent (${charge.payment_intent as string}). You must update the ` +
        "`transfer_group` on the PaymentIntent instead of updating the Charge directly. " +
        "See https://stripe.com/docs/api#update_payment_intent",
    );
  if (params.customer) needCustomer(world, params.customer);
  const ctx = atCustomer(world, given, params.customer ?? (charge.customer as string | null));
  return change(world, ctx, "charge.updated", charge, (draft) => {
    if (params.customer) draft.customer = params.customer;
    if (params.description !== undefined) draft.description = params.description || null;
    if (params.receipt_email !== undefined) draft.receipt_email = params.receipt_email || null;
    if (params.transfer_group !== undefined) draft.transfer_group = params.transfer_group || null;
    if (params.shipping) draft.shipping = intentShippingOf(params.shipping);
    if (params.fraud_details)
      draft.fraud_details = params.fraud_details.user_report
        ? { user_report: params.fraud_details.user_report }
        : {};
    draft.metadata = mergeMetadata(draft.metadata, params.metadata);
  });
};
