import type { World } from "../../world/world.js";
import { recomputeCheckout } from "../terms/checkout-totals.js";
import { needOpen } from "../terms/need-open-checkout.js";
import type { CheckoutPayer } from "./checkout-payer.js";
import { toAddress } from "./fill-in-checkout.js";

type Details = Pick<
  CheckoutPayer,
  "billingAddress" | "businessName" | "email" | "phone" | "shipping" | "taxId"
>;

/** Notes what was typed into an app's own page so far; taxes follow from the address. */
export const updatePaymentPage = (world: World, id: string, details: Partial<Details>): void => {
  const { session, hidden } = needOpen(world, id);
  const { progress } = hidden;
  if (details.email !== undefined) progress.email = details.email;
  if (details.phone !== undefined) progress.phone = details.phone;
  if (details.businessName !== undefined) progress.businessName = details.businessName;
  if (details.taxId) progress.taxIds = [details.taxId];
  if (details.billingAddress) progress.address = toAddress(details.billingAddress);
  if (details.shipping) {
    const shipping = { name: details.shipping.name, address: toAddress(details.shipping.address) };
    session.collected_information = {
      business_name: progress.businessName,
      individual_name: progress.individualName,
      shipping_details: shipping,
    };
    progress.address ??= shipping.address;
  }
  recomputeCheckout(world, session, hidden);
};
