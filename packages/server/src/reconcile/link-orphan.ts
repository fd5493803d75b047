import { type CustomerClaim, decideOwnership, type FoundSubscription } from "@tollgate/core";
import { linkSubscribed } from "../customers/link-subscribed.js";
import type { RunningReconcile } from "./reconcile-run.js";

/**
 * Links a provider's customer to whomever it says it belongs to, with its subscriptions, and applies the events that
 * waited for it. The first link of either side stays.
 *
 * @returns whether it is linked; if not, it stays an orphan
 */
export async function linkOrphan(
  { context, pace }: RunningReconcile,
  { id: subscriptionId, customer }: FoundSubscription,
  claim: CustomerClaim | null,
): Promise<boolean> {
  if (claim === null || claim.customerId === null || claim.linkedTo !== null) return false;
  const { providerCustomerId } = customer;
  const { customerId } = claim;
  const owner = await context.bindDatabase();
  // Before the link: whoever is linked is not looked at again, and would stay without our name.
  const { customers } = context.provider;
  if (customers.kind === "made_first" && decideOwnership(customer.stamp, owner) !== "ours") {
    const { database } = owner;
    const named = { customerId, providerCustomerId, subscriptionId, database };
    await pace(() => customers.claim(named));
  }
  const wanted = { customerId, provider: context.provider.id, providerCustomerId };
  return (await linkSubscribed(context, wanted, pace)) !== null;
}
