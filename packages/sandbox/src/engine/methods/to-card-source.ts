import type { Card, PaymentMethod } from "../world/wire.js";

/**
 * A card of the old kind, `card_…`. It is stored as a payment method, as Stripe also shows it, and this is
 * how the sources API shows it.
 */
export const toCardSource = (method: PaymentMethod): Card => {
  const { address, name } = method.billing_details;
  const { card } = method;
  return {
    id: method.id,
    object: "card",
    address_city: address?.city ?? null,
    address_country: address?.country ?? null,
    address_line1: address?.line1 ?? null,
    address_line1_check: card?.checks?.address_line1_check ?? null,
    address_line2: address?.line2 ?? null,
    address_state: address?.state ?? null,
    address_zip: address?.postal_code ?? null,
    address_zip_check: card?.checks?.address_postal_code_check ?? null,
    allow_redisplay: "unspecified",
    brand: card?.brand ?? "unknown",
    country: card?.country ?? null,
    customer: method.customer,
    cvc_check: card?.checks?.cvc_check ?? null,
    dynamic_last4: null,
    exp_month: card?.exp_month ?? 1,
    exp_year: card?.exp_year ?? 1970,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? "unknown",
    last4: card?.last4 ?? "",
    metadata: method.metadata,
    name,
    regulated_status: card?.regulated_status ?? null,
    tokenization_method: null,
  };
};
