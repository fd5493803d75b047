import { type CustomerClaim, decideOwnership, type FoundSubscription } from "@tollgate/core";
import { customerLock } from "../customers/customer-lock.js";
import { applyUnmatchedEvents } from "../webhook/apply-unmatched.js";
import type { RunningReconcile } from "./reconcile-run.js";

/**
 * Links a provider's customer to whom it says it belongs to, then applies the events that waited for it. The
 * first link of either stays.
 *
 * @returns the app's id of whom it is linked to; `null` when it stays an orphan
 */
export async function linkOrphan(
  { context, store, pace }: RunningReconcile,
  { id: subscriptionId, customer }: FoundSubscription,
  claim: CustomerClaim | null,
): Promise<string | null> {
  const provider = context.provider.id;
  if (claim === null || claim.customerId === null || claim.linkedTo !== null) return null;
  const { providerCustomerId } = customer;
  const { customerId } = claim;
  const owner = await context.bindDatabase();
  // Before the link: whoever is linked is not looked at again, and would stay without our name.
  if (decideOwnership(customer.stamp, owner) !== "ours") {
    const { database } = owner;
    const named = { customerId, providerCustomerId, subscriptionId, database };
    await pace(() => context.provider.claimCustomer(named));
  }
  const wanted = { customerId, provider, providerCustomerId };
  const link = await store.transaction(async (tx) => {
    await tx.lock(customerLock(provider, providerCustomerId));
    return tx.linkCustomer(wanted);
  });
  if (link.customerId !== wanted.customerId || link.providerCustomerId !== providerCustomerId) return null;
  await pace(() => applyUnmatchedEvents(context, link));
  return link.customerId;
}
