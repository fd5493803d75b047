import type { Refund } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";

/** At every provider, the latest first. */
export async function listRefunds(everyone: BillingContext, customerId: string): Promise<readonly Refund[]> {
  const lists: (readonly Refund[])[] = [];
  for (const { store, provider } of atEachProvider(everyone)) {
    const link = await store.findCustomer(customerId, provider.id);
    const ids = await store.listRetiredCustomers(customerId, provider.id);
    for (const id of link === null ? ids : [link.providerCustomerId, ...ids])
      lists.push((await provider.refunds?.list(id)) ?? []);
  }
  return lists.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
