import { checkTaxId, type NewTaxId } from "../../customers/give-tax-id.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { answerField, judgeAnswer } from "../terms/checkout-field.js";
import type { ShippingDetails } from "../terms/checkout-order.js";
import { chooseShipping } from "../terms/checkout-shipping.js";
import { recomputeCheckout } from "../terms/checkout-totals.js";
import type { CheckoutPayer, TypedAddress } from "./checkout-payer.js";
import type { Desk } from "./identify-payer.js";

/** An address with all its parts. */
export const toAddress = (given: TypedAddress): ShippingDetails["address"] => ({
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
  ...given,
});

/** Refuses what the session must not be completed with. */
export const checkPayer = ({ session }: Desk, payer: CheckoutPayer): void => {
  if (session.consent_collection?.terms_of_service === "required" && !payer.acceptsTerms)
    throw invalidRequest(
      "The customer must accept the terms of service.",
      "parameter_missing",
      "consent[terms_of_service]",
    );
  if (payer.taxId && session.tax_id_collection?.enabled)
    checkTaxId({ type: payer.taxId.type as NewTaxId["type"], value: payer.taxId.value }, "tax_id[value]");
  for (const [index, field] of session.custom_fields.entries()) {
    const problem = judgeAnswer(field, payer.answers?.[field.key] ?? "");
    if (problem)
      throw invalidRequest(
        `The custom field \`${field.key}\` is missing or invalid.`,
        problem === "missing" ? "parameter_missing" : undefined,
        `custom_fields[${index}]`,
      );
  }
};

const consentOf = ({ session }: Desk, payer: CheckoutPayer): Desk["session"]["consent"] => {
  const asked = session.consent_collection;
  if (!asked) return null;
  const promotions = payer.wantsPromotions ? "opt_in" : "opt_out";
  return {
    promotions: asked.promotions === "auto" ? promotions : null,
    terms_of_service: asked.terms_of_service === "required" && payer.acceptsTerms ? "accepted" : null,
  };
};

/** Writes what was typed into the session; who pays, and with what, is decided elsewhere. */
export const fillIn = (desk: Desk, payer: CheckoutPayer): void => {
  const { world, session, hidden } = desk;
  const { progress } = hidden;
  for (const field of session.custom_fields) answerField(field, payer.answers?.[field.key] ?? "");
  session.consent = consentOf(desk, payer);
  if (payer.phone) progress.phone = payer.phone;
  if (payer.billingAddress) progress.address = toAddress(payer.billingAddress);
  if (payer.taxId && session.tax_id_collection?.enabled) progress.taxIds = [payer.taxId];
  progress.businessName = payer.businessName ?? progress.businessName;
  progress.individualName = payer.individualName ?? progress.individualName;
  progress.returnUrl = payer.returnUrl ?? progress.returnUrl;
  if (payer.shippingRate !== undefined) chooseShipping(world, session, payer.shippingRate);
  const shipping = payer.shipping && { ...payer.shipping, address: toAddress(payer.shipping.address) };
  session.collected_information = {
    business_name: progress.businessName,
    individual_name: progress.individualName,
    shipping_details: shipping ?? session.collected_information?.shipping_details ?? null,
  };
  // A bill whose shipping address is the only one known is taxed there.
  if (!progress.address && shipping) progress.address = shipping.address;
  recomputeCheckout(world, session, hidden);
};
