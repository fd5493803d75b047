import type { Agreement, IsoTime } from "@tollgate/core";
import type Stripe from "stripe";

const choices = ["opt_in", "opt_out"] as const;

/**
 * What was agreed to in a session (https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-consent);
 * `null`: nothing was asked. Stripe says of no consent when it was given.
 */
export function toAgreement(
  { consent }: Pick<Stripe.Checkout.Session, "consent">,
  at: IsoTime | null,
): Agreement | null {
  const terms = consent?.terms_of_service === "accepted";
  const promotions = choices.find((one) => one === consent?.promotions) ?? null;
  return terms || promotions !== null ? { terms, promotions, at } : null;
}
