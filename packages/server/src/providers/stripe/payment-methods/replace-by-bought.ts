import type { ProviderPaymentMethods } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { idOrNull } from "../language/id-of.js";

/**
 * A checkout saves its card as the subscription's alone, and leaves the customer's default as it was
 * (https://docs.stripe.com/api/subscriptions/object#subscription_object-payment_settings-save_default_payment_method).
 */
export async function replaceByBought(
  call: CallStripe,
  {
    providerCustomerId,
    subscriptionId,
  }: Parameters<NonNullable<ProviderPaymentMethods["replaceDefault"]>>[0],
): Promise<void> {
  const bought = await call((client) =>
    client.subscriptions.retrieve(subscriptionId, { expand: ["customer"] }),
  ).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (bought === null || typeof bought.customer === "string" || bought.customer.deleted) return;
  const { id, invoice_settings, default_source } = bought.customer;
  const before = idOrNull(invoice_settings.default_payment_method) ?? idOrNull(default_source);
  const default_payment_method = idOrNull(bought.default_payment_method);
  if (id !== providerCustomerId || before === null || default_payment_method === null) return;
  if (before === default_payment_method) return;
  await call((client) => client.customers.update(id, { invoice_settings: { default_payment_method } }));
}
