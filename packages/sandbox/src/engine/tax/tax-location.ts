import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { find } from "../world/find.js";
import { invalidRequest, type StripeError } from "../world/stripe-error.js";
import type { Customer, Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import { placeOf } from "./automatic-tax.js";
import { needHeadOffice } from "./tax-settings.js";

const unrecognized = (param?: string): StripeError =>
  invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    "customer_tax_location_invalid",
    param,
  );

/** Refuses, in Stripe's words, automatic tax of an account that is not ready, or for a customer whose place is unknown. */
export const needTaxLocation = (world: World, customer: Customer, enabled: boolean | undefined): void => {
  if (enabled) needHeadOffice(world);
  if (!enabled || customer.address?.country || customer.shipping?.address?.country) return;
  throw unrecognized("automatic_tax[enabled]");
};

/**
 * Refuses to finalize a taxed draft at somebody's request while its customer's place is unknown; one that finalizes by
 * itself gives up its tax instead. https://docs.stripe.com/tax/customer-locations
 */
export const needInvoicePlace = (world: World, invoice: Invoice): void => {
  if (invoice.status !== "draft" || !invoice.automatic_tax.enabled || placeOf(world, invoice)) return;
  throw unrecognized();
};

/**
 * An invoice that finalizes by itself while its customer's place is unknown goes out untaxed, and its
 * subscription stops taxing. https://docs.stripe.com/tax/subscriptions/update
 */
export const giveUpTax = (world: World, ctx: Context, invoice: Invoice): void => {
  if (!invoice.automatic_tax.enabled || placeOf(world, invoice)) return;
  invoice.automatic_tax = {
    disabled_reason: "finalization_requires_location_inputs",
    enabled: false,
    liability: null,
    provider: null,
    status: "requires_location_inputs",
  };
  const subscription = find<Subscription>(
    world.subscriptions,
    invoice.parent?.subscription_details?.subscription as string | undefined,
  );
  if (!subscription?.automatic_tax.enabled) return;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.automatic_tax = { disabled_reason: "requires_location_inputs", enabled: false, liability: null };
  });
};
