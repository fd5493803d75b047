import type { CheckoutRecord, StoreTransaction } from "@tollgate/core";
import { checkoutLock } from "./locks.js";

/**
 * Records how a checkout of ours was closed, according to the provider. What is complete never expires; its money may
 * still fail to arrive.
 */
export async function settleRecord(
  tx: StoreTransaction,
  { id: checkoutId, provider, customerId }: Pick<CheckoutRecord, "id" | "provider" | "customerId">,
  status: Exclude<CheckoutRecord["status"], "open">,
): Promise<void> {
  await tx.lock(checkoutLock(customerId));
  const checkout = await tx.findCheckout(checkoutId, customerId);
  if (checkout === null || checkout.provider !== provider || checkout.status === status) return;
  if (status === "expired" && checkout.status !== "open") return;
  await tx.saveCheckout({ ...checkout, status, url: null });
}
