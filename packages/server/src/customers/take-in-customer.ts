import { decideOwnership, type ProviderCustomer, type StoredCustomer } from "@tollgate/core";
import type { CustomersContext } from "./identify-customer.js";
import { linkSubscribed } from "./link-subscribed.js";

/**
 * Leaves our name on a provider's customer and links it to its owner, with what it subscribes to. The first link on
 * either side stays.
 *
 * @returns `null` when it belongs to someone else, or the person already has another one
 */
export async function takeInCustomer(
  context: CustomersContext,
  customer: ProviderCustomer,
  customerId: string,
): Promise<StoredCustomer | null> {
  const { providerCustomerId } = customer;
  const { provider, store } = context;
  const mayHaveSeveral = provider.customers.kind === "made_by_checkout";
  if (!mayHaveSeveral && (await store.findCustomer(customerId, provider.id)) !== null) return null;
  const owner = await context.bindDatabase();
  // Before the link: a customer that is linked is not looked at again, and would be left without our name.
  if (provider.customers.kind === "made_first" && decideOwnership(customer.stamp, owner) !== "ours") {
    const { database } = owner;
    await provider.customers.claim({ customerId, providerCustomerId, subscriptionId: null, database });
  }
  return linkSubscribed(context, { customerId, provider: provider.id, providerCustomerId });
}
