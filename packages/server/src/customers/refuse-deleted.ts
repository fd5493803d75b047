import { BillingError } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { digest } from "../idempotency/digest.js";

/** By which a deletion is known again, on this database only. */
export function deletionDigest(
  { owner }: Pick<BillingContext, "owner">,
  customerId: string,
): Promise<string> {
  return digest(["deletion", owner.database, customerId]);
}

/**
 * Nothing is sold to somebody who is being deleted.
 *
 * @throws BillingError `customer_missing`
 */
export async function refuseDeleted({ store }: BillingContext, customerId: string): Promise<void> {
  if (!(await store.isBeingDeleted(customerId))) return;
  throw new BillingError("customer_missing", "This customer is being deleted.");
}
