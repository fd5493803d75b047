import type { Callback, CheckoutEvent, StoreTransaction } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { closeCheckout } from "../checkouts/close-checkout.js";
import { findOwner } from "../customers/find-owner.js";
import { claimEvent, type EventOutcome, keepUnmatched } from "./claim-event.js";
import { enqueueCallbacks } from "./enqueue-callbacks.js";

/** Closes the checkout's record, and tells the app what was bought. */
export async function applyCheckoutEvent(
  tx: StoreTransaction,
  context: BillingContext,
  event: CheckoutEvent,
): Promise<EventOutcome> {
  const { providerCustomerId, checkoutId } = event;
  // Every checkout of ours is opened for a customer.
  if (providerCustomerId === null) return claimEvent(tx, context, event, "ignored");
  const customerId = await findOwner(tx, event.provider, providerCustomerId);
  if (customerId === null) return keepUnmatched(tx, context, event, providerCustomerId);
  const purchase = event.type === "checkout.completed" ? purchaseOf(event, customerId) : null;
  const ours = purchase !== null || (await tx.findCheckout(checkoutId, customerId)) !== null;
  return claimEvent(tx, context, event, ours ? "applied" : "ignored", async () => {
    const status = event.type === "checkout.completed" ? "complete" : "expired";
    await closeCheckout(tx, checkoutId, customerId, status);
    if (purchase !== null) await enqueueCallbacks(tx, context, [purchase]);
  });
}

function purchaseOf(event: CheckoutEvent, customerId: string): Callback | null {
  const { productId, quantity, checkoutId, amountTotal, currency } = event;
  if (productId === null || currency === null) return null;
  const data = { customerId, productId, quantity, checkoutId, amount: amountTotal ?? 0, currency };
  return { id: `${checkoutId}:product.purchased`, type: "product.purchased", data };
}
