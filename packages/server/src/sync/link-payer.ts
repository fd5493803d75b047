import type { CustomerLink, StoredCustomer } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/**
 * Links a customer that nobody made first, because somebody's checkout made it or because it is known by the app's own
 * id. Whoever it is linked to already keeps it.
 */
export async function linkPayer({ store }: BillingContext, wanted: CustomerLink): Promise<StoredCustomer> {
  const { provider, providerCustomerId } = wanted;
  const known = await store.findCustomerByProviderId(providerCustomerId, provider);
  if (known !== null) return known;
  // The one that was made last is billed from now on; what those before it subscribe to stays theirs.
  return store.linkCustomer(wanted, { wins: "last" });
}
