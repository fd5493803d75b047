import type { StoredCustomer } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { digest } from "../digest.js";
import type { Identity } from "../identity.js";

/**
 * Gives the provider's customer the email and name that the app has now. What the provider has already
 * costs nothing.
 *
 * @throws BillingError `customer_missing`
 */
export async function pushProfile(
  context: BillingContext,
  link: StoredCustomer,
  identity: Identity,
): Promise<void> {
  const { email = null, name = null } = identity;
  if (email === null && name === null) return;
  const profile = await digest([email, name]);
  if (profile === link.profile) return;
  await context.provider.updateCustomer({ providerCustomerId: link.providerCustomerId, email, name });
  const store = await context.openStore();
  await store.transaction((tx) => tx.saveCustomerProfile(link, profile));
}
