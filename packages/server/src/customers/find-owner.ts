import type { StoreTransaction } from "@tollgate/core";

/** The lock under which a provider's customer is linked, or found not to be. */
export function customerLock(provider: string, providerCustomerId: string): string {
  return `customer:${provider}:${providerCustomerId}`;
}

/**
 * The app's id of a provider's customer, or `null`. A `null` holds until the transaction ends: a link
 * that is being made waits, so that an event kept as unmatched is never missed by it.
 */
export async function findOwner(
  tx: StoreTransaction,
  provider: string,
  providerCustomerId: string,
): Promise<string | null> {
  const known = await tx.findCustomerByProviderId(providerCustomerId, provider);
  if (known !== null) return known.customerId;
  await tx.lock(customerLock(provider, providerCustomerId));
  const linkedMeanwhile = await tx.findCustomerByProviderId(providerCustomerId, provider);
  return linkedMeanwhile?.customerId ?? null;
}
