import type { StoredCustomer } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { digest } from "../digest.js";
import type { Identity } from "../identity.js";

/**
 * Gives the provider's customer the email and name that the app has now. What the provider has already, or
 * has refused, costs nothing.
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
  const { customerId, providerCustomerId } = link;
  const { refused } = await context.provider.updateCustomer({ providerCustomerId, email, name });
  if (refused.length > 0) {
    const fields = { customerId, providerCustomerId, refused };
    context.logger.warn(fields, "The provider refused part of what `identify` says of a customer");
  }
  const store = await context.openStore();
  await store.transaction((tx) => tx.saveCustomerProfile(link, profile));
}
