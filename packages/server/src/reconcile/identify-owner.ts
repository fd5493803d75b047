import type { CustomerClaim, ProviderCustomer } from "@tollgate/core";
import { askApp } from "../customers/find-owner.js";
import type { CustomersContext } from "../customers/identify-customer.js";
import { describeError } from "../log/logger.js";

/**
 * To whom a provider's customer would belong: by what `createCustomer` left there, or according to the app. Never to
 * somebody who is already linked to another; that is for an operator to decide.
 */
export async function identifyOwner(
  context: CustomersContext,
  customer: ProviderCustomer,
): Promise<CustomerClaim> {
  const customerId = customer.customerId ?? (await askOnceMore(context, customer));
  if (customerId === null) return { customerId, linkedTo: null };
  // Each checkout may have made one.
  if (context.provider.customers.kind === "made_by_checkout") return { customerId, linkedTo: null };
  const link = await context.store.findCustomer(customerId, context.provider.id);
  return { customerId, linkedTo: link?.providerCustomerId ?? null };
}

/** What the app's function throws concerns one customer, and must not keep the others from being compared. */
async function askOnceMore(context: CustomersContext, customer: ProviderCustomer): Promise<string | null> {
  if (customer.deleted) return null;
  try {
    return await askApp(context, customer);
  } catch (error) {
    const { providerCustomerId } = customer;
    context.logger.error({ providerCustomerId, error: describeError(error) }, "identifyCustomer failed");
    return null;
  }
}
