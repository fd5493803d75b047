import type { CustomerClaim, SubscriptionCustomer } from "@tollgate/core";
import { askApp } from "../customers/find-owner.js";
import type { CustomersContext } from "../customers/identify-customer.js";
import { describeError } from "../log/logger.js";

/**
 * Whose a provider's customer would be: by what `createCustomer` left there, or by the app's word. Never
 * somebody who is linked to another already; that is for an operator to decide.
 */
export async function identifyOwner(
  context: CustomersContext,
  customer: SubscriptionCustomer,
): Promise<CustomerClaim> {
  const customerId = customer.customerId ?? (await askOnceMore(context, customer));
  if (customerId === null) return { customerId, linkedTo: null };
  const link = await context.store.findCustomer(customerId, context.provider.id);
  return { customerId, linkedTo: link?.providerCustomerId ?? null };
}

/** What the app's function throws is about one customer, and must not keep the others from being compared. */
async function askOnceMore(
  context: CustomersContext,
  customer: SubscriptionCustomer,
): Promise<string | null> {
  if (customer.deleted) return null;
  try {
    return await askApp(context, customer);
  } catch (error) {
    const { providerCustomerId } = customer;
    context.logger.error({ providerCustomerId, error: describeError(error) }, "identifyCustomer failed");
    return null;
  }
}
