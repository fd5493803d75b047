import type { CustomerLink, StoredCustomer, StoreTransaction } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { customerLock } from "./locks.js";

/**
 * Links a customer that nobody made first, because somebody's checkout made it or because it is known by the app's own
 * id. Whoever it is linked to already keeps it.
 */
export async function linkPayer({ store }: BillingContext, wanted: CustomerLink): Promise<StoredCustomer> {
  const { provider, providerCustomerId } = wanted;
  const known = await store.findCustomerByProviderId(providerCustomerId, provider);
  if (known !== null) return known;
  return store.transaction(async (tx) => {
    await tx.lock(customerLock(provider, providerCustomerId));
    return linkLatest(tx, wanted);
  });
}

/** The one that was made last is billed from now on; what those before it subscribe to stays theirs. */
export async function linkLatest(tx: StoreTransaction, wanted: CustomerLink): Promise<StoredCustomer> {
  const linked = await tx.linkCustomer(wanted);
  if (linked.providerCustomerId === wanted.providerCustomerId) return linked;
  await tx.retireCustomer(linked);
  return tx.linkCustomer(wanted);
}
