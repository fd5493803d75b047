import { BillingError, type CustomerLink, isLive } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyRead } from "../sync/apply-read.js";

/** Whether the provider refused because the customer was deleted there. */
export function isCustomerMissing(error: unknown): boolean {
  return error instanceof BillingError && error.code === "customer_missing";
}

/**
 * Makes history of a customer that the provider no longer has, and reads their subscriptions again: those ended with
 * them.
 */
export async function forgetCustomer(context: BillingContext, link: CustomerLink): Promise<void> {
  const { customerId, provider, providerCustomerId } = link;
  const { store } = context;
  await store.retireCustomer(link);
  context.logger.warn({ customerId, providerCustomerId }, "A customer was deleted at the provider");
  for (const one of await store.listSubscriptions(customerId)) {
    if (one.provider !== provider || one.providerCustomerId !== providerCustomerId || !isLive(one)) continue;
    await applyRead(context, { provider, subscriptionId: one.id, customerId });
  }
}
