import type { StoreTransaction } from "@tollgate/core";
import { checkoutLock } from "./checkout-slot.js";

/** Writes down that a checkout is over, if it is one of ours. What is complete stays complete. */
export async function closeCheckout(
  tx: StoreTransaction,
  checkoutId: string,
  customerId: string,
  status: "complete" | "expired",
): Promise<void> {
  await tx.lock(checkoutLock(customerId));
  const checkout = await tx.findCheckout(checkoutId, customerId);
  if (checkout === null || checkout.status === "complete" || checkout.status === status) return;
  await tx.saveCheckout({ ...checkout, status, url: null });
}
