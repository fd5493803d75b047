import { isLive, type StoredCustomer, type Subscription } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** A customer's running subscriptions, oldest first, whoever bills them. */
export async function listRunning({ store }: BillingContext, customerId: string): Promise<Subscription[]> {
  return (await store.listSubscriptions(customerId)).filter(isLive);
}

/**
 * As whom a customer is billed: at the provider of a running subscription, otherwise at the first that knows them.
 *
 * @param running the first of them counts most
 * @returns `null` when no provider that is configured knows them
 */
export async function findAccount(
  { store, providers }: BillingContext,
  customerId: string,
  running: readonly Subscription[],
): Promise<StoredCustomer | null> {
  const billing = running.map(({ provider }) => provider);
  const ids = [...new Set([...billing, ...providers.ids])].filter((id) => providers.find(id) !== null);
  for (const id of ids) {
    const found = await store.findCustomer(customerId, id);
    if (found !== null) return found;
  }
  return null;
}
