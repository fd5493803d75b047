import type { SubscriptionRef } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** What the provider finds a subscription by: its id and, if it is stored, its customer. */
export async function findRef({ store, provider }: BillingContext, id: string): Promise<SubscriptionRef> {
  const stored = await store.findSubscription(id, provider.id);
  return { id, providerCustomerId: stored?.providerCustomerId ?? null };
}
