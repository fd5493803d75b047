import type { StoreTransaction } from "@tollgate/core";
import { slotLock } from "./checkout-slot.js";

/** Writes down that a checkout is over, if it is one of ours. What is complete stays complete. */
export async function closeCheckout(
  tx: StoreTransaction,
  checkoutId: string,
  customerId: string,
  status: "complete" | "expired",
): Promise<void> {
  const found = await tx.findCheckout(checkoutId, customerId);
  if (found === null) return;
  await tx.lock(slotLock(customerId, found.slot));
  const checkout = await tx.findCheckout(checkoutId, customerId);
  if (checkout === null || checkout.status === "complete" || checkout.status === status) return;
  await tx.saveCheckout({ ...checkout, status, url: null });
}
