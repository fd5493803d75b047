import type Stripe from "stripe";
import { addressOf } from "../customers/write-customer.js";
import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Given, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { meanDate } from "./card-expiry.js";

type Params = Given<Stripe.PaymentMethodUpdateParams>;
type BillingDetails = NonNullable<Params["billing_details"]>;

/** Writes the given parts of a payer's details; an empty value clears one. */
export const writeBillingDetails = (method: PaymentMethod, given: BillingDetails): void => {
  const details = method.billing_details;
  for (const key of ["email", "name", "phone", "tax_id"] as const) {
    const value = given[key];
    if (value !== undefined) details[key] = value || null;
  }
  if (given.address !== undefined)
    details.address = given.address ? { ...details.address, ...addressOf(given.address) } : addressOf({});
};

const checkExpiry = ({ exp_month, exp_year }: NonNullable<Params["card"]>): void => {
  if (exp_month !== undefined && (exp_month < 1 || exp_month > 12))
    throw invalidRequest(
      "Your card's expiration month is invalid.",
      "invalid_expiry_month",
      "card[exp_month]",
    );
  if (exp_year !== undefined && (exp_year < 1970 || exp_year > 9999))
    throw invalidRequest("Your card's expiration year is invalid.", "invalid_expiry_year", "card[exp_year]");
};

/** Changes a customer's payment method. Throws before anything is done. */
export const updatePaymentMethod = (
  world: World,
  given: Context,
  id: string,
  params: Pick<Params, "allow_redisplay" | "billing_details" | "card" | "metadata">,
): PaymentMethod => {
  const method = need(world.paymentMethods, "PaymentMethod", id);
  if (method.customer === null)
    throw invalidRequest("You must save this PaymentMethod to a customer before you can update it.");
  if (params.card) checkExpiry(params.card);
  const ctx = atCustomer(world, given, method.customer as string);
  return change(world, ctx, "payment_method.updated", method, (draft) => {
    draft.metadata = mergeMetadata(draft.metadata ?? {}, params.metadata);
    if (params.billing_details) writeBillingDetails(draft, params.billing_details);
    if (params.allow_redisplay) draft.allow_redisplay = params.allow_redisplay;
    if (params.card) meanDate(world, id);
    if (draft.card && params.card?.exp_month !== undefined) draft.card.exp_month = params.card.exp_month;
    if (draft.card && params.card?.exp_year !== undefined) draft.card.exp_year = params.card.exp_year;
  });
};
