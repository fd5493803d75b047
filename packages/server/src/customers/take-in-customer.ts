import { decideOwnership, type ProviderCustomer, type StoredCustomer } from "@tollgate/core";
import type { CustomersContext } from "./identify-customer.js";
import { linkSubscribed } from "./link-subscribed.js";

/**
 * Leaves our name on a provider's customer and links it to whom it belongs to, with what it subscribes to. The
 * first link of either stays.
 *
 * @returns `null` when it is another's, or the person has another one already
 */
export async function takeInCustomer(
  context: CustomersContext,
  customer: ProviderCustomer,
  customerId: string,
): Promise<StoredCustomer | null> {
  const { providerCustomerId } = customer;
  const { provider, store } = context;
  if ((await store.findCustomer(customerId, provider.id)) !== null) return null;
  const owner = await context.bindDatabase();
  // Before the link: whoever is linked is not looked at again, and would stay without our name.
  if (decideOwnership(customer.stamp, owner) !== "ours") {
    const { database } = owner;
    await provider.claimCustomer({ customerId, providerCustomerId, subscriptionId: null, database });
  }
  return linkSubscribed(context, { customerId, provider: provider.id, providerCustomerId });
}
