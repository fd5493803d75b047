import { find } from "../world/find.js";
import { missing } from "../world/stripe-error.js";
import type { Customer, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Whatever may name a card that pays for it: an invoice, a subscription, a customer's settings. */
type Names = { default_payment_method?: unknown; default_source?: unknown } | undefined;

/**
 * The card that pays, by the first that names one. Each names a payment method before a source of the old kind.
 * https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority
 */
export const cardOnFile = (world: World, ...owners: readonly Names[]): PaymentMethod | undefined => {
  for (const owner of owners) {
    const found =
      find(world.paymentMethods, owner?.default_payment_method as string | null | undefined) ??
      find(world.paymentMethods, owner?.default_source as string | null | undefined);
    if (found) return found;
  }
  return undefined;
};

/** What a customer's settings name. */
export const namedBy = (customer: Customer | undefined): Names =>
  customer && { ...customer.invoice_settings, default_source: customer.default_source };

/** Refuses a default source that is not one of the customer's cards of the old kind. */
export const checkOwnSource = (
  world: World,
  customer: string | undefined,
  id: string | null | undefined,
): void => {
  if (!id) return;
  const method = find(world.paymentMethods, id);
  if (!method?.id.startsWith("card_") || method.customer === null || method.customer !== customer)
    throw missing("source", id, "default_source");
};
