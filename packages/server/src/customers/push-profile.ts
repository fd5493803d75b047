import type { CustomersMadeFirst, StoredCustomer } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { Identity } from "../context/identity.js";
import { digest } from "../idempotency/digest.js";

/**
 * Gives the provider's customer the email and name that the app has now. What the provider already has, or has refused,
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
  const { customers } = context.provider;
  if (customers.kind !== "made_first") return;
  if (email === null && name === null) return;
  const profile = await digest([email, name]);
  if (profile === link.profile) return;
  const { customerId, providerCustomerId } = link;
  const { refused } = await updateCustomer(customers, { providerCustomerId, email, name });
  if (refused.length > 0) {
    const fields = { customerId, providerCustomerId, refused };
    context.logger.warn(fields, "The provider refused part of what `identify` says of a customer");
  }
  const { store } = context;
  await store.saveCustomerProfile(link, profile);
}

type Profile = Parameters<CustomersMadeFirst["update"]>[0];

/** Text with half a character in it can't even be sent: the provider is not asked, and it counts as refused. */
async function updateCustomer(
  customers: CustomersMadeFirst,
  profile: Profile,
): ReturnType<CustomersMadeFirst["update"]> {
  const unsendable = (["email", "name"] as const).filter((one) => /\p{Surrogate}/u.test(profile[one] ?? ""));
  const sendable = { ...profile, ...Object.fromEntries(unsendable.map((one) => [one, null])) };
  if (sendable.email === null && sendable.name === null) return { refused: unsendable };
  const { refused } = await customers.update(sendable);
  return { refused: [...unsendable, ...refused] };
}
